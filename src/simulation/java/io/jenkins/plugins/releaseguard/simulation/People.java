// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;

/** Who presses buttons: at any moment, or because they were called. */
final class People {
    private People() {}

    static void press(FaultKind kind, Release release) {
        // what they saw when they pressed
        int phase = release.lives.now().phaseIndex();
        release.pressed |= release.lives.tell(runner -> {
            switch (kind) {
                case PAUSE -> operate(runner, OperatorCommand.PAUSE, null, null);
                case RESUME -> operate(runner, OperatorCommand.RESUME, null, null);
                case PROMOTE -> operate(runner, OperatorCommand.PROMOTE, "looks good", phase < 0 ? null : phase);
                case PROMOTE_LATE -> operate(runner, OperatorCommand.PROMOTE, null, phase > 0 ? phase - 1 : 1);
                case APPROVE -> operate(runner, OperatorCommand.APPROVE, null, null);
                case TAKE -> operate(runner, OperatorCommand.TAKE, null, null);
                case CLOSE -> {
                    release.closed = true;
                    operate(runner, OperatorCommand.CLOSE, "for a simulation", null);
                }
                case ROLL_BACK -> runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
                case ABORT -> runner.rollBack(BreachCause.ABORT, "ann", "stopped");
                case BUILD_KILLED -> runner.rollBack(BreachCause.KILLED, "system", "the build is gone");
                default -> throw new IllegalStateException(kind.toString());
            }
        });
    }

    private static void operate(Runner runner, OperatorCommand command, String reason, Integer phase) {
        runner.operate(command, "ann", reason, phase);
    }

    /** What a careful person does who was called, or who finds it still there. */
    static void come(Release release) {
        release.pressed |= release.lives.tell(runner -> {
            if (release.moment() == Moment.FROZEN || release.isTheirs()) {
                release.closed = true;
                runner.operate(OperatorCommand.CLOSE, "bob", "fixed forward", null);
            } else {
                runner.rollBack(BreachCause.OPERATOR, "bob", "nobody decides");
            }
        });
    }
}
