// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;

/** Users and groups as whoever lets them in knows them. Answers never fail: what can't be told is {@link Known#UNKNOWN}. */
@Beta
public interface People {
    /** Nothing is known of anybody, so that bare names mean nobody. */
    People STRANGERS = new People() {
        @Override
        public Known user(String name) {
            return Known.UNKNOWN;
        }

        @Override
        public Known group(String name) {
            return Known.UNKNOWN;
        }
    };

    /** Whether there is one of a name. */
    enum Known {
        YES,
        NO,
        UNKNOWN
    }

    /** Whether there is a user with this id. May ask a user directory, and take as long as that takes. */
    Known user(String name);

    /** Whether there is a group of this name. May ask a user directory, and take as long as that takes. */
    Known group(String name);

    /** Whether two spellings are one user's id. */
    default boolean sameUser(String a, String b) {
        return a.equals(b);
    }

    /** Whether two spellings are one group's name. */
    default boolean sameGroup(String a, String b) {
        return a.equals(b);
    }
}
