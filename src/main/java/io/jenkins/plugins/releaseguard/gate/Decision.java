// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

/** What the gate answers. Only {@link #GO} and {@link #CONDITIONAL} let a release start. */
public enum Decision {
    /** Everything that must hold holds. */
    GO("go"),
    /** Something that must hold doesn't, or nobody knows. */
    NO_GO("no-go"),
    /** Only should-haves are missing. */
    CONDITIONAL("conditional"),
    /** Only people's sign-offs are missing. */
    WAITING("waiting");

    private final String text;

    Decision(String text) {
        this.text = text;
    }

    /** As it stands in journal and report. */
    public String text() {
        return text;
    }

    public boolean mayStart() {
        return this == GO || this == CONDITIONAL;
    }
}
