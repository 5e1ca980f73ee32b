// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a release's promises, by its record: broken ones must not be called kept. */
class PromisesTest {
    private static final Event BREACH = Event.Breached.of(BreachCause.JOURNAL, "the disk is full");
    private static final Event STARTED = new Event.RollbackStarted("", 0.0, 0.0, false);
    private static final Event BACK = new Event.Ended(ReleaseOutcome.ROLLED_BACK, true, "");
    private static final Event PROMOTED = new Event.Ended(ReleaseOutcome.PROMOTED, true, "");

    private static Chaos.Strike strike(FaultKind kind, Instant from, Instant to) {
        return new Chaos.Strike(new Fault(kind, Moment.BAKING, 1, "5%", Duration.ZERO, Sample.PACE), from, to);
    }

    private static String told(List<Chaos.Strike> strikes, Event... events) {
        return String.join(
                "\n",
                new Promises(Sample.plan(), Sample.record(events), strikes)
                        .all().stream().map(Object::toString).toList());
    }

    private static Event confirmed(boolean within) {
        return new Event.RollbackConfirmed(1, within ? 2 : 90, within);
    }

    @Test
    void trafficThatComesBackLateBreaksThePromiseUnlessSomethingStoodInTheWay() {
        assertThat(told(List.of(), BREACH, STARTED, confirmed(true), BACK))
                .contains("kept: a breach brings the traffic back within 60 s: confirmed after 2 s");
        assertThat(told(List.of(), BREACH, STARTED, confirmed(false), BACK))
                .contains("BROKEN: a breach brings the traffic back within 60 s: confirmed after 90 s");
        assertThat(told(List.of(), BREACH, STARTED, BACK))
                .contains("BROKEN: a breach")
                .contains("never confirmed");
        // one that stood in the way then
        assertThat(told(
                        List.of(strike(FaultKind.ROUTER_HANGING, Sample.BEGIN, null)),
                        BREACH,
                        STARTED,
                        confirmed(false),
                        BACK))
                .contains("kept: a breach", "and this stood in the way: the router does not answer");
        // over before
        assertThat(told(
                        List.of(strike(
                                FaultKind.ROUTER_HANGING,
                                Sample.BEGIN.minusSeconds(60),
                                Sample.BEGIN.minusSeconds(30))),
                        BREACH,
                        STARTED,
                        confirmed(false),
                        BACK))
                .contains("BROKEN: a breach");
        // a disk is no excuse: going back waits for none
        assertThat(told(
                        List.of(strike(FaultKind.DISK_HANGING, Sample.BEGIN, null)),
                        BREACH,
                        STARTED,
                        confirmed(false),
                        BACK))
                .contains("BROKEN: a breach");
    }

    @Test
    void aPhaseThatPassedUnseenIsNoEvidence() {
        Event.Looked seen = new Event.Looked(
                0,
                Sample.BEGIN,
                Sample.BEGIN.plus(Duration.ofHours(1)),
                List.of(Event.Sample.rate("MON-001", 0, 100, 0, 900)),
                null);
        Event.Looked unseen = new Event.Looked(
                0,
                Sample.BEGIN,
                Sample.BEGIN.plus(Duration.ofHours(1)),
                List.of(Event.Sample.none("MON-001", "no series")),
                null);
        Event phase = new Event.PhaseStarted(1, "5%", 5, "");
        Event passed = new Event.PhaseEnded(1, PhaseVerdict.PASS, 900, "");
        Event end = new Event.CanaryEnded();
        Event router = new Event.RouterRead("read/1", 100, 1, 1, 0, true, null, null);

        assertThat(told(List.of(), phase, seen, passed, end, seen, router, PROMOTED))
                .contains("kept: nothing is promoted without evidence: 1 of 6 phases passed");
        assertThat(told(List.of(), phase, unseen, passed, end, seen, router, PROMOTED))
                .contains("BROKEN: nothing is promoted", "phase 2 passed, and nobody saw the new version");
        assertThat(told(List.of(), phase, seen, passed, end, router, PROMOTED))
                .contains("BROKEN: nothing is promoted", "watched for 0 s of 30 min");
        assertThat(told(List.of(), phase, seen, passed, end, seen, PROMOTED))
                .contains("BROKEN: nothing is promoted", "the router did not say so");
    }

    @Test
    void whoWaitsForAPersonCallsOne() {
        Event operated = new Event.Operated(OperatorCommand.OPERATOR, "rehearsal", "nobody decides", null);
        Event called = new Event.Done(EffectKey.call("undecided", 1).toString(), null, 0);
        assertThat(told(List.of(), operated, BREACH, STARTED, confirmed(true), BACK))
                .contains("BROKEN: it ends", "called nobody");
        assertThat(told(List.of(), called, operated, BREACH, STARTED, confirmed(true), BACK))
                .contains("kept: it ends", "who was called");
        assertThat(told(
                        List.of(strike(FaultKind.PEOPLE_REFUSED, Sample.BEGIN, null)),
                        operated,
                        BREACH,
                        STARTED,
                        confirmed(true),
                        BACK))
                .contains("kept: it ends", "whom no channel reached");
        assertThat(told(List.of(), BREACH, STARTED)).contains("BROKEN: it ends", "BROKEN: its record");
    }
}
