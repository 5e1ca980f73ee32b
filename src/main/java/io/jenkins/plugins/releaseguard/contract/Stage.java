// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;

/** When in a release an entry counts. */
@Beta
public enum Stage {
    PRE_DEPLOY("Pre-deploy"),
    DEPLOY("Deploy"),
    POST_DEPLOY("Post-deploy"),
    ROLLBACK("Rollback");

    private final String text;

    Stage(String text) {
        this.text = text;
    }

    /** As it stands in the contract. */
    public String text() {
        return text;
    }
}
