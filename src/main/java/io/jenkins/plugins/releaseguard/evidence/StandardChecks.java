// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import java.util.List;

/** The list that {@link Checks#standard()} hands out. */
final class StandardChecks {
    static final List<Check> ALL = List.of();

    private StandardChecks() {}
}
