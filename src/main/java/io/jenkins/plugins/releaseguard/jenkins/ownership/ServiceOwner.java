// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import io.jenkins.plugins.releaseguard.jenkins.config.ServiceSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose a service is.
 *
 * @param places full names of folders and jobs; {@link ServiceSetup#EVERYBODY} for all
 * @param formerly names that they had before: what was sealed then is theirs, but nobody releases by that name
 * @param how how it came about, for people
 */
record ServiceOwner(List<String> places, List<String> formerly, String how) {
    ServiceOwner {
        places = List.copyOf(places);
        formerly = List.copyOf(formerly);
    }

    /** A claim as it counts now: a folder around its place may have given it to something else below itself. */
    static ServiceOwner of(ServiceClaim claim) {
        String deleted = claim.deleted();
        Optional<ServiceOwner> given = claim.left().flatMap(place -> FolderClaims.around(place, claim.service()));
        if (given.isPresent()) {
            return new ServiceOwner(
                    given.get().places(), names(claim), given.get().how());
        }
        return deleted == null
                ? new ServiceOwner(List.of(claim.place()), claim.formerly(), claim.how())
                : new ServiceOwner(
                        List.of(),
                        names(claim),
                        "since " + deleted + " was deleted: what has that name now is another, and " + claim.place()
                                + " had it " + claim.how());
    }

    private static List<String> names(ServiceClaim claim) {
        List<String> names = new ArrayList<>(claim.formerly());
        names.add(claim.place());
        return names;
    }

    /** Whether a job may release it. */
    boolean covers(String job) {
        return isInOne(job, places);
    }

    /** Whether a job's sealed releases say something about it. */
    boolean believes(String job) {
        return covers(job) || isInOne(job, formerly);
    }

    private static boolean isInOne(String job, List<String> places) {
        return places.stream()
                .anyMatch(place -> place.equals(ServiceSetup.EVERYBODY) || JobPlaces.isInside(job, place));
    }

    String names() {
        return places.isEmpty() ? "nobody yet" : String.join(" and ", places);
    }
}
