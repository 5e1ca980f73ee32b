// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import java.util.Map;
import java.util.Set;

/**
 * What {@code ${NAME}} stands for. A name in {@code sensitive} is refused whatever its value; one that is undefined
 * is an
 * error, or with {@code open} (lint away from a build) stays as it stands.
 */
public record Variables(Map<String, String> values, Set<String> sensitive, boolean open) {
    public Variables {
        values = Map.copyOf(values);
        sensitive = Set.copyOf(sensitive);
    }

    public Variables(Map<String, String> values, Set<String> sensitive) {
        this(values, sensitive, false);
    }

    /** Nothing is defined. */
    public static Variables none() {
        return new Variables(Map.of(), Set.of(), false);
    }

    public static Variables of(Map<String, String> values) {
        return new Variables(values, Set.of(), false);
    }

    /**
     * For reading outside a build: what isn't defined stays {@code ${NAME}}, and is not held against its field's
     * type.
     */
    public static Variables unresolved(Map<String, String> values) {
        return new Variables(values, Set.of(), true);
    }

    /** Values may be parameters nobody marked; they do not belong in a log. */
    @Override
    public String toString() {
        return "Variables" + values.keySet();
    }
}
