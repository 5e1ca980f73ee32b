// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.rollout.Observation.Looks;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When the sources were asked, what they said, and what that counts for. */
class LooksTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Seen WORK = new Seen(true, false, 0, 0, true);

    private static Looks seen(long to, long counts) {
        return Looks.NONE.from(T).seen(T.plusSeconds(to), Duration.ofSeconds(counts), WORK);
    }

    @Test
    void aLookWithDataMovesEverythingOn() {
        Looks looks = seen(5, 5).seen(T.plusSeconds(10), Duration.ofSeconds(4), WORK);
        assertThat(looks.tiled()).isEqualTo(T.plusSeconds(10));
        assertThat(looks.lastData()).isEqualTo(T.plusSeconds(10));
        assertThat(looks.count()).isEqualTo(2);
        assertThat(looks.watched()).isEqualTo(Duration.ofSeconds(9));
        assertThat(looks.seen()).isEqualTo(WORK);
    }

    @Test
    void aLookThatWasAskedBeforeLookingBeganAnewTakesNothingBack() {
        Looks looks = Looks.NONE.since(T.plusSeconds(60)).seen(T.plusSeconds(5), Duration.ZERO, WORK);
        assertThat(looks.tiled()).isEqualTo(T.plusSeconds(60));
        assertThat(looks.lastData()).isEqualTo(T.plusSeconds(60));
    }

    @Test
    void silenceKeepsTheIntervalOpenAndDataEndsIt() {
        Looks silent = seen(5, 5).asked(T.plusSeconds(10)).silent("refused");
        assertThat(silent.error()).isEqualTo("refused");
        assertThat(silent.blind()).isFalse();
        assertThat(silent.tiled()).isEqualTo(T.plusSeconds(5));
        assertThat(silent.lastData()).isEqualTo(T.plusSeconds(5));
        assertThat(silent.asked()).isEqualTo(T.plusSeconds(10));
        assertThat(silent.seen(T.plusSeconds(15), Duration.ZERO, WORK).error()).isNull();
    }

    @Test
    void whatIsBlindIsAsSilentAsNoneUntilItSees() {
        Looks blind = seen(5, 5).blind(T, "the baseline is unknown");
        assertThat(blind.blind()).isTrue();
        assertThat(blind.lastData()).isEqualTo(T);
        assertThat(blind.error()).isEqualTo("the baseline is unknown");
        assertThat(blind.tiled()).isEqualTo(T.plusSeconds(5));
        assertThat(blind.silent("refused").blind()).isFalse();
        assertThat(blind.seen(T.plusSeconds(9), Duration.ZERO, WORK).blind()).isFalse();
    }

    @Test
    void anotherPhaseCountsItsOwnLooksAndRemembersWhenTheSourcesLastSpoke() {
        Looks next = seen(5, 5).from(T.plusSeconds(20));
        assertThat(next.count()).isZero();
        assertThat(next.tiled()).isEqualTo(T.plusSeconds(20));
        assertThat(next.asked()).isEqualTo(T.plusSeconds(20));
        assertThat(next.lastData()).isEqualTo(T.plusSeconds(5));
        assertThat(next.watched()).isEqualTo(Duration.ofSeconds(5));
        assertThat(next.unwatched().watched()).isZero();
        assertThat(next.unwatched().seen()).isEqualTo(Seen.NOTHING);
    }

    @Test
    void nobodyIsBlamedForTimeInWhichNobodyLooked() {
        Looks later = seen(5, 5).silent("refused").since(T.plusSeconds(600));
        assertThat(later.lastData()).isEqualTo(T.plusSeconds(600));
        assertThat(later.asked()).isEqualTo(T.plusSeconds(600));
        assertThat(later.tiled()).isEqualTo(T.plusSeconds(600));
    }

    /** C1: what we asked late is not the sources' silence. */
    @Test
    void ourOwnLatenessIsNotTheSourcesSilence() {
        Looks looks = seen(5, 5);
        assertThat(looks.late(Duration.ofSeconds(30), T.plusSeconds(60)).lastData())
                .isEqualTo(T.plusSeconds(35));
        assertThat(looks.late(Duration.ofSeconds(90), T.plusSeconds(60)).lastData())
                .as("never later than now")
                .isEqualTo(T.plusSeconds(60));
        assertThat(Looks.NONE.late(Duration.ofSeconds(1), T).lastData()).isEqualTo(T);
    }

    @Test
    void breachesAreOneByCauseAndEntry() {
        Event.Breached breach = Event.Breached.of(BreachCause.OPERATOR, "looks bad");
        Observation noted = Observation.NONE.withNoted(breach);
        assertThat(noted.noted()).hasSize(1);
        assertThat(noted.withNoted(Event.Breached.of(BreachCause.OPERATOR, "worse")))
                .isEqualTo(noted);
        assertThat(noted.withNoted(Event.Breached.of(BreachCause.ROUTER, "worse"))
                        .noted())
                .hasSize(2);
    }

    @Test
    void aGapForgetsRunsOfTriggersAndKeepsTheBaseline() {
        Observation before = Observation.NONE
                .withCapture(new Event.Armed(Map.of("MON-001", 0.01)))
                .withTrigger("DEP-003", io.jenkins.plugins.releaseguard.rollout.trigger.TriggerState.QUIET)
                .withSilence("refused");
        assertThat(before.triggers()).hasSize(1);
        Observation after = before.afterGap(T);
        assertThat(after.triggers()).isEmpty();
        assertThat(after.looks().error()).isNull();
        assertThat(after.looks().lastData()).isEqualTo(T);
        assertThat(after.captured()).isEqualTo(before.captured());
    }

    private static Event.Sample counts(Double canaryErrors, Double canary, Double baselineErrors, Double baseline) {
        return new Event.Sample(
                "MON-001", canaryErrors, canary, baselineErrors, baseline, null, null, null, null, null);
    }

    private static Event.Sample values(
            List<Double> canary, Map<String, Double> quantiles, List<Double> bounds, List<Double> buckets) {
        return new Event.Sample(
                "MON-001", null, null, null, null, canary, null, quantiles, null, bounds, buckets, null, null);
    }

    @Test
    void workIsWhatOnlyRequestsGive() {
        assertThat(Seen.canary(counts(0.0, 100.0, null, null))).isTrue();
        assertThat(Seen.canary(counts(0.0, 0.0, null, null))).isFalse();
        assertThat(Seen.canary(counts(1.0, 0.0, null, null)))
                .as("without requests there are no errors to believe")
                .isFalse();
        assertThat(Seen.canary(counts(3.0, null, null, null))).isTrue();
        assertThat(Seen.canary(counts(0.0, null, null, null)))
                .as("none may be none for want of any request")
                .isFalse();
        assertThat(Seen.canary(counts(null, null, 1.0, 100.0))).isFalse();
        assertThat(Seen.canary(values(List.of(120.0), null, null, null))).isTrue();
        assertThat(Seen.canary(values(List.of(), null, null, null))).isFalse();
        assertThat(Seen.canary(values(null, Map.of("p99", 120.0), null, null))).isTrue();
        assertThat(Seen.canary(values(null, Map.of(), null, null))).isFalse();
        assertThat(Seen.canary(values(null, null, List.of(10.0), Arrays.asList(null, 2.0))))
                .isTrue();
        assertThat(Seen.canary(values(null, null, List.of(10.0), List.of(0.0, 0.0))))
                .isFalse();
    }

    @Test
    void aTallyIsProvenByTheRoutersCounter() {
        Seen tally = new Seen(false, true, Double.NaN, 0, false);
        assertThat(tally.canaryAtWork()).isFalse();
        assertThat(tally.withReadings(100, 100).canaryAtWork()).isFalse();
        assertThat(tally.withReadings(100, 101).canaryAtWork()).isTrue();
        assertThat(Seen.NOTHING.withReadings(100, 101).canaryAtWork())
                .as("requests alone prove nothing that is measured")
                .isFalse();
        assertThat(WORK.canaryAtWork()).isTrue();
    }

    @Test
    void aLookShowsWhoseWorkItSaw() {
        Plan plan = Plans.of(FakeRolloutWorld.read(FakeRolloutWorld.CONTRACT), "production", PlanOptions.ALONE);
        assertThat(Seen.NOTHING.withLook(plan, looked(counts(0.0, 5.0, 0.0, 0.0))))
                .isEqualTo(new Seen(true, false, 5, 0, false));
        assertThat(Seen.NOTHING.withLook(plan, looked(counts(0.0, 0.0, 0.0, 5.0))))
                .isEqualTo(new Seen(false, false, 0, 0, true));
        assertThat(Seen.NOTHING.withLook(plan, looked(counts(0.0, null, null, null))))
                .isEqualTo(new Seen(false, true, Double.NaN, 0, false));
        assertThat(WORK.withLook(plan, looked(counts(0.0, 0.0, 0.0, 0.0))))
                .as("what was seen stays seen")
                .isEqualTo(WORK);
        assertThat(Seen.NOTHING.withLook(plan, looked(Event.Sample.rate("MON-404", 0, 5, 0, 5))))
                .as("a metric that isn't the plan's")
                .isEqualTo(Seen.NOTHING);
        assertThat(Seen.NOTHING.withLook(plan, looked(Event.Sample.none("MON-001", "no answer"))))
                .isEqualTo(Seen.NOTHING);
        assertThat(Seen.possible(plan)).isTrue();
    }

    private static Event.Looked looked(Event.Sample sample) {
        return new Event.Looked(0, T, T.plusSeconds(5), List.of(sample), null);
    }
}
