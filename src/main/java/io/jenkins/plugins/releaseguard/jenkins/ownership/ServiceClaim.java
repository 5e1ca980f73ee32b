// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Who has a service, as it is kept.
 *
 * @param place full name of the folder or job whose it is; null where an administrator has freed it: its next release claims it
 * @param formerly full names that the place had before
 * @param origin how it came about
 * @param by the build's id, or the user's id who freed it
 * @param deleted full name of what was deleted, the place or what it lay in: what has that name now is another; null while it is there
 */
record ServiceClaim(
        String service, String place, List<String> formerly, Origin origin, String by, Instant at, String deleted) {
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
        if (deleted != null && (place == null || !JobPlaces.isInside(place, deleted))) {
            throw new IllegalArgumentException("'" + service + "' lost a place that it doesn't have");
        }
    }

    /** A new one. */
    ServiceClaim(String service, String place, Origin origin, String by, Instant at) {
        this(service, place, List.of(), origin, by, at, null);
    }

    boolean isFreed() {
        return place == null;
    }

    /** Something has another full name now; the same claim where it is neither the place nor above it. */
    ServiceClaim moved(String before, String now) {
        // what moves under the name of what was deleted is another
        if (place == null
                || !JobPlaces.isInside(place, before)
                || deleted != null && JobPlaces.isInside(before, deleted)) {
            return this;
        }
        List<String> names = new ArrayList<>(formerly);
        names.add(place);
        String lost = deleted == null ? null : now + deleted.substring(before.length());
        return new ServiceClaim(service, now + place.substring(before.length()), names, origin, by, at, lost);
    }

    /** Something was deleted; the same claim where it is neither the place nor above it, or another of the name of what was. */
    ServiceClaim without(String item) {
        boolean lost = place != null
                && JobPlaces.isInside(place, item)
                && (deleted == null || !JobPlaces.isInside(item, deleted));
        return lost ? new ServiceClaim(service, place, formerly, origin, by, at, item) : this;
    }

    /** What is there still of the place: itself, or the folders around what was deleted; empty where that lay in none. */
    Optional<String> left() {
        return deleted == null
                ? Optional.ofNullable(place)
                : Optional.of(deleted.lastIndexOf('/')).filter(at -> at > 0).map(at -> deleted.substring(0, at));
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
