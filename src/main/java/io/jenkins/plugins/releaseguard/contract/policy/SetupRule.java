// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.policy;

/** What holds for whatever is set up under an id and named by a contract; docs/rules.md explains each. */
public enum SetupRule {
    MISSING("RG-SETUP-MISSING", "What a contract names is set up in a folder above the job, or at the controller"),
    USE("RG-SETUP-USE", "What a contract names is set up for the environment and the job that release"),
    ADDRESS(
            "RG-SETUP-ADDRESS",
            "What a folder has set up calls only where the administrator's list for folders lets it"),
    CALL("RG-SETUP-CALL", "A contract calls an endpoint by the methods and paths that it is set up for"),
    ABOVE(
            "RG-SETUP-ABOVE",
            "A check that a policy demands asks what is set up where the policy stands or above, never what a folder below has"),
    JOB(
            "RG-SETUP-JOB",
            "A procedure starts jobs that stand beside the release's own or below, or that a place's list has, and that its job may build");

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
