// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import io.jenkins.plugins.releaseguard.jenkins.config.ServiceSetup;
import java.util.List;

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

    /** Whether a job may release it. */
    boolean covers(String job) {
        return isInOne(job, places);
    }

    /** Whether a job's sealed releases say something about it. */
    boolean believes(String job) {
        return covers(job) || isInOne(job, formerly);
    }

    private static boolean isInOne(String job, List<String> places) {
        return places.stream().anyMatch(place -> place.equals(ServiceSetup.EVERYBODY) || Places.isInside(job, place));
    }

    String names() {
        return places.isEmpty() ? "nobody yet" : String.join(" and ", places);
    }
}
