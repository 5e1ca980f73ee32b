// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.ExtensionList;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.springframework.security.access.AccessDeniedException;

/** What the form of a folder says of a service that others have already. */
final class ClaimField {
    private ClaimField() {}

    /** Asks for no permission: who calls it does. Names only what that person may see. */
    static FormValidation check(ServiceSetup setup, ItemGroup<?> folder) {
        Optional<String> place = setup.below(folder.getFullName());
        if (place.isEmpty() || setup.getService().isEmpty()) {
            // what is wrong is said there
            return FormValidation.ok();
        }
        try {
            for (ServiceClaims claims : ExtensionList.lookup(ServiceClaims.class)) {
                Optional<ServiceClaims.Elsewhere> elsewhere =
                        claims.elsewhere(setup.getService(), folder.getFullName(), place.get());
                if (elsewhere.isPresent()) {
                    return FormValidation.warning(said(elsewhere.get()));
                }
            }
            return FormValidation.ok();
        } catch (IOException e) {
            return FormValidation.warning(Messages.ServiceSetup_NobodyKnows());
        }
    }

    private static String said(ServiceClaims.Elsewhere elsewhere) {
        Stream<String> names = elsewhere.places().isEmpty()
                ? Stream.of(elsewhere.configured() ? Messages.ServiceSetup_Nobody() : Messages.ServiceSetup_Deleted())
                : elsewhere.places().stream().map(ClaimField::name).distinct();
        String whose = names.collect(Collectors.joining(", "));
        return elsewhere.configured() ? Messages.ServiceSetup_Configured(whose) : Messages.ServiceSetup_Claimed(whose);
    }

    private static String name(String place) {
        if (place.equals(ServiceSetup.EVERYBODY)) {
            return Messages.ServiceSetup_Everybody();
        }
        return isSeen(place) ? place : Messages.ServiceSetup_AnotherPlace();
    }

    /** An administrator sees also the name of what isn't there. */
    private static boolean isSeen(String place) {
        try {
            return Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                    || Jenkins.get().getItemByFullName(place) != null;
        } catch (AccessDeniedException e) {
            // who may know only that there is something of that name
            return false;
        }
    }
}
