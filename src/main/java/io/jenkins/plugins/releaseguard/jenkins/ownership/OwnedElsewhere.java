// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import hudson.Extension;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.releaseguard.jenkins.config.ServiceClaims;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Where what a folder says of a service counts for nothing, in the order in which {@link ServiceOwners} decides. */
@Extension
@Restricted(NoExternalUse.class)
public final class OwnedElsewhere implements ServiceClaims {
    @Override
    public Optional<Elsewhere> elsewhere(String service, String folder, String place) throws IOException {
        try (ACLContext ignored = ACL.as2(ACL.SYSTEM2)) {
            Optional<ServiceOwner> given = ServiceOwners.configured(service);
            Optional<ServiceOwner> owner = given.isPresent() ? given : before(service, folder);
            return owner.filter(one -> !one.places().contains(place))
                    .map(one -> new Elsewhere(one.places(), given.isPresent()));
        }
    }

    /** Who has it before a folder's line is looked at: by a claim that it lies outside of, or by a folder around it. */
    private static Optional<ServiceOwner> before(String service, String folder) throws IOException {
        Optional<ServiceClaim> known = ServiceOwners.get().claimOf(service);
        Optional<ServiceClaim> claim =
                known.isPresent() ? known.filter(one -> !one.isFreed()) : LastPromotion.of(service, Instant.now());
        if (claim.isPresent()
                && claim.get()
                        .left()
                        .filter(left -> JobPlaces.isInside(left, folder))
                        .isEmpty()) {
            return claim.map(ServiceOwner::of);
        }
        int slash = folder.lastIndexOf('/');
        return slash < 0 ? Optional.empty() : FolderClaims.around(folder.substring(0, slash), service);
    }
}
