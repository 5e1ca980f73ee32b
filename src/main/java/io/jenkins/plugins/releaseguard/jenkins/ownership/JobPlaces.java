// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import java.util.ArrayList;
import java.util.List;

/** JobPlaces by their full names. */
final class JobPlaces {
    private JobPlaces() {}

    /** What a job claims: its folder, a branch's multibranch project, or itself where it lies in none. */
    static String of(String job) {
        int slash = job.lastIndexOf('/');
        return slash < 0 ? job : job.substring(0, slash);
    }

    /** What the job of a build claims. */
    static String ofBuild(String build) {
        return of(build.substring(0, build.lastIndexOf('#')).strip());
    }

    static boolean isInside(String name, String place) {
        return name.equals(place) || name.startsWith(place + "/");
    }

    /** All that a name lies in, outermost first, itself last. */
    static List<String> around(String name) {
        List<String> around = new ArrayList<>();
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            around.add(name.substring(0, slash));
        }
        around.add(name);
        return around;
    }
}
