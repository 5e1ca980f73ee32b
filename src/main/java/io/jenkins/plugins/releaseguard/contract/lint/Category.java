// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import java.util.Locale;

/**
 * What a criterion or a rule is about. Of the first three a release must have criteria that block, of the others it
 * should.
 */
public enum Category {
    FUNCTIONAL(true),
    PERFORMANCE(true),
    SECURITY(true),
    OPERATIONAL(false),
    DOCUMENTATION(false);

    private final boolean must;

    Category(boolean must) {
        this.must = must;
    }

    /** Whether its criteria are must-haves; else should-haves. */
    public boolean must() {
        return must;
    }

    /** As it stands in the contract. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
