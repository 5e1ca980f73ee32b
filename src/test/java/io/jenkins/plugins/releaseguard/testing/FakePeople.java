// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.evidence.People;
import java.util.Set;

/** A user directory of a few names; ids of users differ by more than case. */
public record FakePeople(Set<String> users, Set<String> groups, Set<String> untold) implements People {
    /** Nobody is called as a group is. */
    public static final FakePeople USUAL = new FakePeople(
            Set.of("ada", "root", "grace", "linus", "eve"), Set.of("release-managers", "others"), Set.of());

    @Override
    public Known user(String name) {
        return known(users, name);
    }

    @Override
    public Known group(String name) {
        return known(groups, name);
    }

    private Known known(Set<String> all, String name) {
        return untold.contains(name) ? Known.UNKNOWN : all.contains(name) ? Known.YES : Known.NO;
    }

    @Override
    public boolean sameUser(String a, String b) {
        return a.equalsIgnoreCase(b);
    }
}
