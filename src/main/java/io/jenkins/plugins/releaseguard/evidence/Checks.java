// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The checks by kind. */
public final class Checks {
    private final Map<String, Check> byKind = new LinkedHashMap<>();

    public Checks(Collection<? extends Check> checks) {
        for (Check check : checks) {
            if (byKind.put(check.kind(), check) != null) {
                throw new IllegalArgumentException("two checks of kind " + check.kind());
            }
        }
    }

    /** Every check that a contract may name. */
    public static Checks standard() {
        return new Checks(StandardChecks.ALL);
    }

    public Optional<Check> of(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    public Set<String> kinds() {
        return Set.copyOf(byKind.keySet());
    }
}
