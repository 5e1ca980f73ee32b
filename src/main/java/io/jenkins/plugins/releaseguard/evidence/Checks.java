// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks by kind. Those that a contract may name: {@code StandardChecks} of the package {@code check}. */
public final class Checks {
    private final Map<String, Check> byKind = new LinkedHashMap<>();

    public Checks(Collection<? extends Check> checks) {
        for (Check check : checks) {
            if (byKind.put(check.kind(), check) != null) {
                throw new IllegalArgumentException("two checks of kind " + check.kind());
            }
        }
    }

    public Optional<Check> of(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    public Set<String> kinds() {
        return Set.copyOf(byKind.keySet());
    }
}
