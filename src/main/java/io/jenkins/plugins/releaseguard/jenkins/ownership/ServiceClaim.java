// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Who has a service, as it is kept.
 *
 * @param place full name of the folder or job whose it is; null where an administrator has freed it: its next release claims it
 * @param formerly full names that the place had before
 * @param origin how it came about
 * @param by the build's id, or the user's id who freed it
 */
record ServiceClaim(String service, String place, List<String> formerly, Origin origin, String by, Instant at) {
    enum Origin {
        FIRST_RELEASE,
        /** Releases of it were sealed before services had owners. */
        LAST_PROMOTION,
        FOLDER,
        FREED;

        @JsonCreator
        static Origin of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    ServiceClaim {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(at, "at");
        formerly = formerly == null ? List.of() : List.copyOf(formerly);
        if (place == null != (origin == Origin.FREED)) {
            throw new IllegalArgumentException("'" + service + "' has no place, or was freed and has one");
        }
    }

    boolean isFreed() {
        return place == null;
    }

    /** Something has another full name now; the same claim where it is neither the place nor above it. */
    ServiceClaim moved(String before, String now) {
        if (place == null || !Places.isInside(place, before)) {
            return this;
        }
        List<String> names = new ArrayList<>(formerly);
        names.add(place);
        return new ServiceClaim(service, now + place.substring(before.length()), names, origin, by, at);
    }

    /** How it came about, for people. */
    String how() {
        return switch (origin) {
            case FIRST_RELEASE -> "by its first release, " + by;
            case LAST_PROMOTION -> "where it was promoted last before services had owners, by " + by;
            case FOLDER -> "by a folder's configuration, as " + by + " released it first";
            case FREED -> "nobody's, since " + by + " freed it";
        };
    }
}
