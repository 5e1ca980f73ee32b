// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import java.time.Duration;

/**
 * Stands for the people of a release: signs what waits for a signature, and ends a rehearsal that waits for a decision which
 * nobody will take.
 */
final class Attendant {
    private final boolean approve;
    private final Duration patience;
    private final Timer timer;
    private Runner runner;
    private Timer.Scheduled giveUp;

    /** @param patience how long an undecided hold is borne, in the timer's time */
    Attendant(boolean approve, Duration patience, Timer timer) {
        this.approve = approve;
        this.patience = patience;
        this.timer = timer;
    }

    /** Also of a runner that goes on where another was interrupted: what the other was told to wait for is told nobody again. */
    synchronized void attend(Runner toAttend) {
        runner = toAttend;
        runner.state().holds().forEach((cause, reason) -> happened(new Event.Held(cause, reason)));
    }

    synchronized void happened(Event event) {
        if (event instanceof Event.Held held) {
            if (held.cause() == HoldCause.APPROVAL && approve) {
                runner.operate(OperatorCommand.APPROVE, RehearsedSignatures.PERSON, "signed in a rehearsal", null);
            } else if (held.cause() == HoldCause.APPROVAL
                    || held.cause() == HoldCause.UNDECIDED
                    || held.cause() == HoldCause.FROZEN) {
                waitNoLonger(held.reason());
            }
        } else if (event instanceof Event.PhaseEnded
                || event instanceof Event.Released
                || event instanceof Event.Breached) {
            if (giveUp != null) {
                giveUp.cancel();
            }
        }
    }

    private void waitNoLonger(String reason) {
        giveUp = timer.schedule(
                patience,
                () -> runner.rollBack(
                        BreachCause.OPERATOR,
                        RehearsedSignatures.PERSON,
                        reason + "; nobody decides in a rehearsal, so it goes back"));
    }
}
