// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.HoldCause;
import java.util.Arrays;
import java.util.Optional;

/** Why people are called. The words stand in keys on disk. */
enum Occasion {
    /** The traffic isn't confirmed back in time. */
    ROLLBACK("rollback", null, true),
    /** Something broke that nobody may undo without a person. */
    FROZEN("frozen", HoldCause.FROZEN, true),
    /** An action of the procedure wasn't done. */
    PROCEDURE("procedure", null, false),
    /** The record can't be written. */
    JOURNAL("journal", null, false),
    /** The build is gone, and a person is to decide. */
    ORPHAN("orphan", HoldCause.PAUSED, false),
    UNDECIDED("undecided", HoldCause.UNDECIDED, false),
    APPROVAL("approval", HoldCause.APPROVAL, false),
    WARNING("warning", HoldCause.WARNING, false),
    NO_DATA("no-data", HoldCause.NO_DATA, false);

    private final String word;
    private final HoldCause hold;
    private final boolean repeated;

    Occasion(String word, HoldCause hold, boolean repeated) {
        this.word = word;
        this.hold = hold;
        this.repeated = repeated;
    }

    String word() {
        return word;
    }

    /** Whether people are called again until somebody takes it; else once is enough, as soon as a channel took it. */
    boolean isRepeated() {
        return repeated;
    }

    static Optional<Occasion> of(HoldCause cause) {
        return Arrays.stream(values())
                .filter(occasion -> occasion.hold != null && occasion.hold == cause)
                .findFirst();
    }

    static Optional<Occasion> of(String word) {
        return Arrays.stream(values())
                .filter(occasion -> occasion.word.equals(word))
                .findFirst();
    }
}
