// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.LOOK_SECONDS;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.START;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.look;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.metric;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.rate;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.trigger;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TriggerWatchTest {
    private static final Duration INTERVAL = Duration.ofSeconds(LOOK_SECONDS);
    private static final Metric ERRORS = metric(Metric.Kind.RATE);
    private static final Trigger ABOVE_TWO_PERCENT = trigger(ERRORS, "> 2% for 20s");
    private static final Captured FREE_OF_ERRORS =
            new Captured(Map.of("MON-001", 0.0), Map.of("MON-001", 6000.0), null);

    private static TriggerState watch(Trigger trigger, boolean canary, Captured captured, Event.Sample... samples) {
        TriggerState state = TriggerState.QUIET;
        for (int i = 0; i < samples.length; i++) {
            state = TriggerWatch.next(trigger, state, samples[i], canary, captured, look(i), INTERVAL);
        }
        return state;
    }

    private static TriggerState watch(Trigger trigger, Event.Sample... samples) {
        return watch(trigger, true, Captured.NOTHING, samples);
    }

    private static final Event.Sample BAD = rate(5, 100, 0, 100);
    private static final Event.Sample GOOD = rate(0, 100, 0, 100);
    private static final Event.Sample UNSEEN = rate(0, 0, 0, 100);

    @Test
    void aConditionIsCompleteOnceItHasHeldAsLongAsItSays() {
        assertThat(watch(ABOVE_TWO_PERCENT, BAD, BAD, BAD).complete()).isNull();
        TriggerState held = watch(ABOVE_TWO_PERCENT, BAD, BAD, BAD, BAD);
        assertThat(held.complete()).isEqualTo(START.plusSeconds(4L * LOOK_SECONDS));
        assertThat(held.since()).isEqualTo(START);
        assertThat(held.until()).isEqualTo(START.plusSeconds(4L * LOOK_SECONDS));
        assertThat(held.value()).isEqualTo(0.05);
        assertThat(held.limit()).isEqualTo(0.02);
        assertThat(held.canary()).isTrue();
        assertThat(held.errors()).isEqualTo(20);
    }

    @Test
    void oneGoodLookBeginsTheRunAnew() {
        TriggerState after = watch(ABOVE_TWO_PERCENT, BAD, BAD, BAD, GOOD);
        assertThat(after.quiet()).isTrue();
        assertThat(after.until()).isNull();
        assertThat(after.errors()).isZero();
        assertThat(watch(ABOVE_TWO_PERCENT, BAD, BAD, BAD, GOOD, BAD, BAD, BAD).complete())
                .isNull();
    }

    @Test
    void whatWasCompleteStaysSo() {
        TriggerState state = watch(ABOVE_TWO_PERCENT, BAD, BAD, BAD, BAD, BAD, GOOD);
        assertThat(state.complete()).isEqualTo(START.plusSeconds(4L * LOOK_SECONDS));
    }

    @Test
    void aLookWithoutRequestsSaysNothing() {
        TriggerState before = watch(ABOVE_TWO_PERCENT, BAD, BAD);
        assertThat(watch(ABOVE_TWO_PERCENT, BAD, BAD, UNSEEN)).isEqualTo(before);
        assertThat(watch(ABOVE_TWO_PERCENT, UNSEEN)).isEqualTo(TriggerState.QUIET);
    }

    @Test
    void aLimitThatNobodyKnowsBreaksNothing() {
        Trigger above = trigger(ERRORS, "> baseline + 1%");
        assertThat(watch(above, rate(100, 100, 0, 0)).quiet()).isTrue();
    }

    @Test
    void withoutTrafficOnTheNewVersionTheOldOneIsWatched() {
        TriggerState state = watch(ABOVE_TWO_PERCENT, false, Captured.NOTHING, rate(0, 0, 10, 100));
        assertThat(state.value()).isEqualTo(0.1);
        assertThat(state.canary()).isFalse();
        assertThat(state.errors()).isEqualTo(10);
    }

    @Test
    void aLookAtTheOldVersionNeitherEndsNorExtendsARunOfTheNewOne() {
        TriggerState running = watch(ABOVE_TWO_PERCENT, BAD, BAD);
        Event.Sample both = rate(0, 0, 50, 100);
        assertThat(TriggerWatch.next(ABOVE_TWO_PERCENT, running, both, false, Captured.NOTHING, look(2), INTERVAL))
                .isEqualTo(running);
        TriggerState quiet = watch(ABOVE_TWO_PERCENT, GOOD);
        assertThat(TriggerWatch.next(ABOVE_TWO_PERCENT, quiet, both, false, Captured.NOTHING, look(2), INTERVAL)
                        .quiet())
                .isFalse();
    }

    @Test
    void oneErrorAgainstNoneIsChanceAndTwoAreNot() {
        Trigger twice = trigger(ERRORS, "> 2x baseline");
        assertThat(watch(twice, true, FREE_OF_ERRORS, rate(1, 10, 0, 0)).complete())
                .isNull();
        assertThat(watch(twice, true, FREE_OF_ERRORS, rate(2, 10, 0, 0)).complete())
                .isNotNull();
        assertThat(watch(twice, true, FREE_OF_ERRORS, rate(1, 10, 0, 0), rate(1, 10, 0, 0))
                        .complete())
                .as("two in one run")
                .isNotNull();
        assertThat(watch(twice, true, FREE_OF_ERRORS, rate(1, 10, 0, 0), rate(0, 10, 0, 0), rate(1, 10, 0, 0))
                        .complete())
                .as("two in two runs")
                .isNull();
    }

    @Test
    void oneErrorBreaksAFixedLimit() {
        assertThat(watch(trigger(ERRORS, "> 2%"), rate(1, 10, 0, 0)).complete()).isNotNull();
    }

    private static final Metric WITH_OBJECTIVE =
            metric(Metric.Kind.RATE, "", new Metric.Objective(0.99, Duration.ofDays(30)));
    private static final Trigger BURN = trigger(WITH_OBJECTIVE, "burn > 10 over 1m and 10s");

    @Test
    void aBurnThatIsLivedThroughBreaks() {
        Event.Sample burning = rate(20, 100, 0, 100);
        TriggerState first = watch(BURN, burning);
        assertThat(first.complete()).as("lived for 5 s of 10").isNull();
        assertThat(first.quiet()).isTrue();
        TriggerState second = watch(BURN, burning, burning);
        assertThat(second.complete()).isEqualTo(look(1).to());
        assertThat(second.since()).isEqualTo(look(1).from());
        assertThat(second.until()).isEqualTo(look(1).to());
        assertThat(second.limit()).isCloseTo(0.1, within(1e-9));
        assertThat(second.value()).isCloseTo(0.2, within(1e-9));
        TriggerState over = watch(BURN, burning, burning, GOOD, GOOD);
        assertThat(over.quiet()).as("the short window shows that it is over").isTrue();
        assertThat(over.until()).isNull();
        assertThat(over.complete()).isEqualTo(look(1).to());
    }

    @Test
    void aBurnAtTheRateItselfIsNotAboveIt() {
        Event.Sample atTheRate = rate(10, 100, 0, 100);
        assertThat(watch(BURN, atTheRate, atTheRate, atTheRate).complete()).isNull();
        assertThat(watch(trigger(WITH_OBJECTIVE, "burn >= 9 over 1m and 10s"), atTheRate, atTheRate)
                        .complete())
                .isNotNull();
    }

    @Test
    void withoutAShortWindowTheLongOneMustBeLived() {
        Trigger one = trigger(WITH_OBJECTIVE, "burn > 10 over 15s");
        Event.Sample burning = rate(20, 100, 0, 100);
        assertThat(watch(one, burning, burning).complete()).isNull();
        assertThat(watch(one, burning, burning, burning).complete()).isNotNull();
    }

    @Test
    void theOldVersionsBurnIsNotTheNewOnes() {
        Event.Sample oldBurns = rate(0, 100, 50, 100);
        TriggerState before = watch(BURN, false, Captured.NOTHING, oldBurns);
        assertThat(before.value()).isCloseTo(0.5, within(1e-9));
        TriggerState served = TriggerWatch.next(BURN, before, oldBurns, true, Captured.NOTHING, look(1), INTERVAL);
        assertThat(served.value()).isZero();
        // between phases nobody looks at the new one, and its window waits
        assertThat(TriggerWatch.next(BURN, served, oldBurns, false, Captured.NOTHING, look(2), INTERVAL))
                .isEqualTo(served);
    }

    @Test
    void aBurnWithoutCountsOrObjectiveSaysNothing() {
        assertThat(watch(BURN, Event.Sample.none("MON-001", "no answer"))).isEqualTo(TriggerState.QUIET);
        assertThat(watch(BURN, rateOf(null, 100.0))).isEqualTo(TriggerState.QUIET);
        assertThat(watch(BURN, rateOf(3.0, null))).isEqualTo(TriggerState.QUIET);
        assertThat(watch(trigger(ERRORS, "burn > 10 over 15s"), BAD)).isEqualTo(TriggerState.QUIET);
    }

    private static final Trigger FOR_FIVE_MINUTES = trigger(ERRORS, "> 2% for 5m");

    private static TriggerState watchEvery(int seconds, Trigger trigger, Event.Sample... samples) {
        TriggerState state = TriggerState.QUIET;
        for (int i = 0; i < samples.length; i++) {
            Event.Looked look = look((long) seconds * i, (long) seconds * (i + 1));
            state = TriggerWatch.next(trigger, state, samples[i], true, Captured.NOTHING, look, INTERVAL);
        }
        return state;
    }

    /** C1: our own lateness is not the world's harm. */
    @Test
    void oneLateLookAtFewRequestsIsNotFiveMinutesAboveTheLimit() {
        TriggerState late = watchEvery(310, FOR_FIVE_MINUTES, rate(2, 58, 0, 60));
        assertThat(late.complete()).isNull();
        assertThat(late.since()).as("the run is under way").isEqualTo(START);
        assertThat(late.looks()).isEqualTo(1);
        assertThat(late.total()).isEqualTo(58);
    }

    @Test
    void oneLateLookThatChanceDoesNotExplainIs() {
        assertThat(watchEvery(310, FOR_FIVE_MINUTES, rate(6, 58, 0, 60)).complete())
                .isEqualTo(START.plusSeconds(310));
        assertThat(watchEvery(310, FOR_FIVE_MINUTES, rate(300, 10_000, 0, 60)).complete())
                .isNotNull();
    }

    @Test
    void theErrorsOfFewLooksCountTogether() {
        Event.Sample some = rate(3, 80, 0, 80);
        assertThat(watchEvery(155, FOR_FIVE_MINUTES, some, some).complete())
                .as("6 of 160 at 2%% are had in 11 runs of 100")
                .isNull();
        assertThat(watchEvery(100, FOR_FIVE_MINUTES, some, some, some, some).complete())
                .as("12 of 320 in 4 of 100")
                .isNotNull();
    }

    @Test
    void fiveLooksAreEnoughHoweverRarelyASourceIsScraped() {
        Event.Sample little = rate(1, 40, 0, 40);
        assertThat(watchEvery(75, FOR_FIVE_MINUTES, little, little, little, little)
                        .complete())
                .isNull();
        assertThat(watchEvery(75, FOR_FIVE_MINUTES, little, little, little, little, little)
                        .complete())
                .isEqualTo(START.plusSeconds(375));
    }

    @Test
    void halfOfTheLooksThatWerePlannedAreEnough() {
        assertThat(watchEvery(10, ABOVE_TWO_PERCENT, rate(1, 40, 0, 40), rate(1, 40, 0, 40))
                        .complete())
                .as("two of four")
                .isNotNull();
        assertThat(watchEvery(20, ABOVE_TWO_PERCENT, rate(1, 40, 0, 40)).complete())
                .as("one of four")
                .isNull();
    }

    @Test
    void aLateLookWithoutCountsOrShareToHoldThemAgainstCompletesAsBefore() {
        assertThat(watchEvery(310, trigger(ERRORS, "< 2% for 5m"), rate(0, 58, 0, 60))
                        .complete())
                .as("what should be many")
                .isNotNull();
        assertThat(watchEvery(310, trigger(ERRORS, "> 0% for 5m"), rate(1, 58, 0, 60))
                        .complete())
                .as("none is allowed")
                .isNotNull();
        Event.Sample slow =
                new Event.Sample("MON-001", null, null, null, null, List.of(400.0), List.of(100.0), null, null, null);
        assertThat(watchEvery(310, trigger(metric(Metric.Kind.GAUGE), "> 300 for 5m"), slow)
                        .complete())
                .isNotNull();
    }

    private static Event.Sample rateOf(Double errors, Double total) {
        return new Event.Sample("MON-001", errors, total, null, null, null, null, null, null, null);
    }

    @Test
    void aSampleThatHasNothingToBeHeldAgainstSaysWhy() {
        Trigger above = trigger(ERRORS, "> baseline + 1%");
        String lacking = TriggerWatch.blind(above, rate(1, 100, 0, 0), true, false, Captured.NOTHING);
        assertThat(lacking).contains("MON-001 is unknown: nothing was captured", "DEP-003 has nothing to compare with");
        Captured few = new Captured(Map.of("MON-001", 0.0), Map.of("MON-001", 4.0), null);
        assertThat(TriggerWatch.blind(trigger(ERRORS, "> 2x baseline"), rate(1, 100, 0, 0), true, false, few))
                .contains("too few requests were captured");
    }

    @Test
    void aSampleThatCanBeHeldAgainstSomethingIsNotBlind() {
        Trigger above = trigger(ERRORS, "> baseline + 1%");
        assertThat(TriggerWatch.blind(ABOVE_TWO_PERCENT, rate(1, 100, 0, 0), true, false, Captured.NOTHING))
                .as("a fixed limit")
                .isNull();
        assertThat(TriggerWatch.blind(above, rate(1, 100, 1, 100), true, false, Captured.NOTHING))
                .as("the old version beside it")
                .isNull();
        assertThat(TriggerWatch.blind(above, rate(1, 100, 1, 100), true, true, Captured.NOTHING))
                .as("before any traffic only the capture counts")
                .isNotNull();
        assertThat(TriggerWatch.blind(above, rate(1, 100, 0, 0), true, false, FREE_OF_ERRORS))
                .as("a capture")
                .isNull();
        assertThat(TriggerWatch.blind(above, rate(0, 0, 0, 0), true, false, Captured.NOTHING))
                .as("no value either")
                .isNull();
        assertThat(TriggerWatch.blind(above, rate(0, 0, 0, 0), true, true, Captured.NOTHING))
                .as("no value either, before any traffic")
                .isNotNull();
        assertThat(TriggerWatch.blind(above, rate(0, 0, 1, 100), false, false, Captured.NOTHING))
                .as("the old version against itself")
                .isNotNull();
    }
}
