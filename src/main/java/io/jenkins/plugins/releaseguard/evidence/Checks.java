// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks by kind. Those that every contract may name: {@code StandardChecks} of the room {@code catalog}. */
public final class Checks {
    private final Map<String, Check> byKind = new LinkedHashMap<>();

    /** @throws IllegalArgumentException two checks have one kind, or one declares what is no check */
    public Checks(Collection<? extends Check> checks) {
        for (Check check : checks) {
            if (check.kind().role() != SpecKind.Role.CHECK) {
                throw new IllegalArgumentException("the " + check.kind() + " is declared by a check");
            }
            if (byKind.putIfAbsent(check.kind().name(), check) != null) {
                throw new IllegalArgumentException("there are two of the " + check.kind());
            }
        }
    }

    public Optional<Check> of(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /** All of them, in the order of the reference. */
    public Collection<Check> all() {
        return List.copyOf(byKind.values());
    }

    /** What they declare. */
    public List<SpecKind> kinds() {
        return byKind.values().stream().map(Check::kind).toList();
    }
}
