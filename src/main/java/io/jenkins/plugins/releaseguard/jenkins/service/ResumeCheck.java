// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.jenkins.scope.Failures;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.lane.Work;
import io.jenkins.plugins.releaseguard.rollout.Whereabouts;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.util.Timer;

/**
 * Asks the router where the traffic is before a record is taken up again. Where it was left, the release goes on; where somebody changed
 * it, it is brought back, for who did had a reason; while the router gives no answer nothing is moved, and it is asked again.
 */
final class ResumeCheck {
    private static final long[] PAUSES = {1, 2, 5, 10, 15, 30};
    private static final int UNANSWERED = 4;

    /** In nanoseconds; also where the question waits behind others that never end. */
    private static final long SILENT = TimeUnit.SECONDS.toNanos(90);

    private final OpenRelease release;
    private final Runner runner;
    private final ReleaseGuardService service;
    private volatile Duration down;
    private final long since = System.nanoTime();
    private final AtomicInteger tries = new AtomicInteger();
    private volatile boolean over;

    ResumeCheck(OpenRelease release, Runner runner, ReleaseGuardService service) {
        this.release = release;
        this.runner = runner;
        this.service = service;
    }

    /**
     * At once where there is no router that could contradict.
     *
     * @param last when the journal was last written; null for never
     */
    void begin(Instant last) {
        Instant now = Instant.now();
        down = last == null || last.isAfter(now) ? Duration.ZERO : Duration.between(last, now);
        if (Whereabouts.mustAsk(runner.plan(), runner.state())) {
            runner.hesitate();
            ask();
        } else {
            goOn();
        }
    }

    /** Whether the router has kept silent for a while. */
    boolean isUnanswered() {
        return !over && (tries.get() >= UNANSWERED || System.nanoTime() - since > SILENT);
    }

    private void ask() {
        if (isOver()) {
            return;
        }
        String router = release.contract().rollout().router();
        service.pools()
                .askRouter(
                        release.id(),
                        router,
                        Work.asynchronous(blocking -> release.router(router).readAsync(blocking)),
                        (reading, error, times) -> heard(reading, error));
    }

    private boolean isOver() {
        over |= runner.state().isRollingBack() || runner.state().outcome() != null;
        return over;
    }

    private void heard(RouterReading reading, Exception error) {
        // the controller goes down: the next start asks again
        if (isOver() || service.isGoingDown()) {
            return;
        }
        if (reading == null) {
            // whatever a router of another plugin throws: nobody else asks again, or calls people
            silent(error == null ? "it said nothing" : Failures.text(error));
            return;
        }
        Optional<String> against = Whereabouts.contradiction(runner.plan(), runner.state(), reading.weight());
        over = true;
        if (against.isPresent()) {
            runner.rollBack(BreachCause.ABORT, "Release Guard", against.get());
        } else {
            if (tries.get() > 0) {
                runner.record(new Event.Released(HoldCause.ROUTER));
            }
            goOn();
        }
    }

    private void silent(String why) {
        if (tries.get() == 0) {
            runner.record(new Event.Held(
                    HoldCause.ROUTER,
                    "nothing is moved before the router says where the traffic is after the restart: " + why));
        }
        long pause = PAUSES[Math.min(tries.getAndIncrement(), PAUSES.length - 1)];
        Timer.get().schedule(this::ask, pause, TimeUnit.SECONDS);
    }

    private void goOn() {
        over = true;
        runner.resume(down, "the controller was restarted");
        runner.arm();
    }
}
