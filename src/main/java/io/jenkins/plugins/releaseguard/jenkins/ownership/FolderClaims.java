// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import hudson.ExtensionList;
import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.jenkins.config.FolderScopes;
import io.jenkins.plugins.releaseguard.jenkins.config.ServiceSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jenkins.model.Jenkins;

/** What folders' configurations say of a service: each gives it to itself or to something below it, never to others. */
final class FolderClaims {
    private FolderClaims() {}

    /** The outermost of a place and what it lies in that says so; who may configure it may configure all below. */
    static Optional<ServiceOwner> around(String place, String service) {
        for (String name : JobPlaces.around(place)) {
            if (Jenkins.get().getItemByFullName(name) instanceof ItemGroup<?> folder) {
                for (FolderScopes folders : ExtensionList.lookup(FolderScopes.class)) {
                    Optional<ServiceOwner> owner = folders.at(folder).flatMap(scope -> owner(name, scope, service));
                    if (owner.isPresent()) {
                        return owner;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Each folder that says so and lies in no other one that does, by full name. */
    static Map<String, ServiceOwner> everywhere(String service) {
        Map<String, ServiceOwner> claims = new TreeMap<>();
        for (FolderScopes folders : ExtensionList.lookup(FolderScopes.class)) {
            for (SetupScope scope : folders.all()) {
                String name = scope.context().getFullName();
                owner(name, scope, service).ifPresent(owner -> claims.put(name, owner));
            }
        }
        List<String> names = List.copyOf(claims.keySet());
        claims.keySet()
                .removeIf(name ->
                        names.stream().anyMatch(other -> !other.equals(name) && JobPlaces.isInside(name, other)));
        return claims;
    }

    /** All services that a folder's configuration names. */
    static Set<String> services() {
        Set<String> services = new TreeSet<>();
        for (FolderScopes folders : ExtensionList.lookup(FolderScopes.class)) {
            for (SetupScope scope : folders.all()) {
                scope.getServices().forEach(setup -> services.add(setup.getService()));
            }
        }
        return services;
    }

    private static Optional<ServiceOwner> owner(String folder, SetupScope scope, String service) {
        List<String> places = new ArrayList<>();
        for (ServiceSetup setup : scope.getServices()) {
            if (setup.getService().equals(service)) {
                setup.below(folder).ifPresent(places::add);
            }
        }
        return places.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServiceOwner(places, List.of(), "by the configuration of the folder " + folder));
    }
}
