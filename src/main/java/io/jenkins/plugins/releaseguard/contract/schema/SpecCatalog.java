// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of checks and actions that a contract may name. Immutable. */
public final class SpecCatalog {
    private final Map<String, SpecKind> checks = new LinkedHashMap<>();
    private final Map<String, SpecKind> actions = new LinkedHashMap<>();
    private final boolean open;

    /**
     * @param kinds in the order of the reference
     * @throws IllegalArgumentException two kinds of checks, or of actions, have one name
     */
    public SpecCatalog(Collection<SpecKind> kinds) {
        this(kinds, false);
    }

    private SpecCatalog(Collection<SpecKind> kinds, boolean open) {
        this.open = open;
        for (SpecKind kind : kinds) {
            Map<String, SpecKind> all = kind.role() == SpecKind.Role.CHECK ? checks : actions;
            if (all.putIfAbsent(kind.name(), kind) != null) {
                throw new IllegalArgumentException("there are two of the " + kind);
            }
        }
    }

    /** The kinds of checks by name, in the order of the reference. */
    public Map<String, SpecKind> checks() {
        return Collections.unmodifiableMap(checks);
    }

    /** The kinds of actions by name, in the order of the reference. */
    public Map<String, SpecKind> actions() {
        return Collections.unmodifiableMap(actions);
    }

    public Optional<SpecKind> check(String name) {
        return Optional.ofNullable(checks.get(name));
    }

    public Optional<SpecKind> action(String name) {
        return Optional.ofNullable(actions.get(name));
    }

    /** The same kinds, beside which a contract may name others: it was read when more were installed. */
    public SpecCatalog open() {
        return new SpecCatalog(
                Stream.concat(checks.values().stream(), actions.values().stream())
                        .toList(),
                true);
    }

    /** Whether a kind that isn't here is no error; of its fields only those are read that all kinds have. */
    public boolean isOpen() {
        return open;
    }
}
