// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;

/** The five kinds of DEP- entries. */
@Beta
public enum EntryType {
    ENVIRONMENT("Environment"),
    CRITERIA("Criteria"),
    ROLLBACK("Rollback"),
    VALIDATION("Validation"),
    STEP("Step");

    private final String text;

    EntryType(String text) {
        this.text = text;
    }

    /** As it stands in the contract. */
    public String text() {
        return text;
    }
}
