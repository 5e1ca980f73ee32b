// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Stands for the people of a release: signs what waits for a signature, and ends a rehearsal that waits for a decision which
 * nobody will take.
 */
final class Attendant implements AutoCloseable {
    private final boolean approve;
    private final Duration patience;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "rehearsal-attendant");
        thread.setDaemon(true);
        return thread;
    });
    private Runner runner;
    private Future<?> giveUp;

    /** @param patience how long an undecided hold is borne, on the wall */
    Attendant(boolean approve, Duration patience) {
        this.approve = approve;
        this.patience = patience;
    }

    synchronized void attend(Runner toAttend) {
        runner = toAttend;
    }

    synchronized void happened(Event event) {
        if (event instanceof Event.Held held) {
            if (held.cause() == HoldCause.APPROVAL && approve) {
                runner.operate(OperatorCommand.APPROVE, RehearsedSignatures.PERSON, "signed in a rehearsal", null);
            } else if (held.cause() == HoldCause.APPROVAL || held.cause() == HoldCause.UNDECIDED) {
                waitNoLonger(held.reason());
            }
        } else if (event instanceof Event.PhaseEnded
                || event instanceof Event.Released
                || event instanceof Event.Breached) {
            if (giveUp != null) {
                giveUp.cancel(false);
            }
        }
    }

    private void waitNoLonger(String reason) {
        giveUp = timer.schedule(
                () -> runner.rollBack(
                        BreachCause.OPERATOR,
                        RehearsedSignatures.PERSON,
                        reason + "; nobody decides in a rehearsal, so it goes back"),
                patience.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
