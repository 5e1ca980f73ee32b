// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import io.jenkins.plugins.releaseguard.evidence.read.OwnTime;
import java.util.List;
import java.util.Set;

/**
 * A bill of materials: what it is of, by name and by the SHA-256 digests that it gives (lower-case hex, none where it gives
 * none), the components, how many were left out as excluded from what is delivered, and when it was made.
 */
public record Sbom(String of, Set<String> digests, List<Component> components, int excluded, OwnTime made) {
    /**
     * A component with its licences, each an SPDX expression or a name, all of which hold; none where nothing is said.
     *
     * @param counted whether it is one by number, too: a file that gives a licence is not
     */
    public record Component(String name, List<String> licences, boolean counted) {
        Component(String name, List<String> licences) {
            this(name, licences, true);
        }
    }

    /** How many components there are, without files and their like. */
    public long count() {
        return components.stream().filter(Component::counted).count();
    }
}
