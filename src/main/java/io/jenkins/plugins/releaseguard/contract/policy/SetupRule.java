// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.policy;

/** What holds for whatever is set up under an id and named by a contract; docs/rules.md explains each. */
public enum SetupRule {
    MISSING("RG-SETUP-MISSING", "What a contract names is set up in a folder above the job, or at the controller"),
    USE("RG-SETUP-USE", "What a contract names is set up for the environment and the job that release"),
    ADDRESS(
            "RG-SETUP-ADDRESS",
            "What a folder has set up calls only where the administrator's list for folders lets it"),
    CALL("RG-SETUP-CALL", "A contract calls an endpoint by the methods and paths that it is set up for");

    private final String id;
    private final String holds;

    SetupRule(String id, String holds) {
        this.id = id;
        this.holds = holds;
    }

    /** As findings carry it. */
    public String id() {
        return id;
    }

    /** In words. */
    public String holds() {
        return holds;
    }
}
