// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.journal.GateWord;

/** What the gate answers. Only {@link #GO} and {@link #CONDITIONAL} let a release start. */
public enum Decision {
    /** Everything that must hold holds. */
    GO(GateWord.GO),
    /** Something that must hold doesn't, or nobody knows. */
    NO_GO(GateWord.NO_GO),
    /** Only should-haves are missing. */
    CONDITIONAL(GateWord.CONDITIONAL),
    /** Only people's sign-offs are missing. */
    WAITING(GateWord.WAITING);

    private final GateWord word;

    Decision(GateWord word) {
        this.word = word;
    }

    /** The journal's word for it. */
    public GateWord word() {
        return word;
    }

    /** As it stands in journal and report. */
    public String text() {
        return word.text();
    }

    public boolean mayStart() {
        return this == GO || this == CONDITIONAL;
    }
}
