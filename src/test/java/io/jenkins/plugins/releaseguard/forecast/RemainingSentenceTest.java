// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.Fold;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.testing.OrdinaryService;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the page of a release under way says of the time that is left. */
class RemainingSentenceTest {
    private static final Instant START = Instant.parse("2026-11-02T09:00:00Z");
    private static final Pattern SAID =
            Pattern.compile("about ((?:\\d+ h)? ?(?:\\d+ min)?) left, 9 of 10 within ((?:\\d+ h)? ?(?:\\d+ min)?)");

    private static final Habits HABITS = PlanFixture.habits(25, 0.01, 1);

    private static Forecast forecast;

    private final Plan plan = PlanFixture.plan(PlanFixture.CONTRACT);
    private State state = State.NEW;

    @BeforeAll
    static void forecast() {
        forecast = new Forecaster(PlanFixture.plan(PlanFixture.CONTRACT), HABITS, 1).run(40, false);
    }

    private static Forecast forecast(Plan plan, double rate) {
        return new Forecaster(plan, PlanFixture.habits(rate, 0.01, 1), 1).run(40, false);
    }

    private static State fold(Plan plan, State state, Event event, int seconds) {
        Instant at = START.plusSeconds(seconds);
        return Fold.apply(plan, state, new Stamped(1, at, at, event));
    }

    private String after(int seconds, Event event) {
        state = fold(plan, state, event, seconds);
        return RemainingSentence.of(forecast, plan, state);
    }

    /** Beginning with phase 0 in the first second, whose warm-up is two minutes and whose bake ten. */
    private void bakes() {
        state = State.NEW;
        after(0, new Event.Armed(Map.of()));
        after(0, new Event.PhaseStarted(0, "5%", 5, ""));
        after(0, new Event.BakeStarted(0, 120.0));
    }

    @Test
    void itIsToldFromTheArmedReleaseToTheEnd() {
        assertThat(RemainingSentence.of(forecast, plan, State.NEW)).isEmpty();
        double all = left(after(0, new Event.Armed(Map.of())));
        bakes();

        double soon = left(after(300, new Event.Noted(null, "")));

        assertThat(all - soon).as("five minutes are over").isBetween(240.0, 360.0);
    }

    private static double left(String sentence) {
        Matcher said = SAID.matcher(sentence);
        assertThat(said.find()).as(sentence).isTrue();
        return seconds(said.group(1));
    }

    /** What the page says in the middle of a release, held against what came: half and nine of ten must be about that. */
    @Test
    void whatThePageSaysHappens() {
        int asked = 0;
        int half = 0;
        int ninety = 0;
        for (int r = 0; r < 60; r++) {
            double[] took = ForecasterTest.happened(plan, new OrdinaryService(500 + r, 25, 0.01, 1, 1));
            if (took.length == 0) {
                continue; // stopped in vain
            }
            double served = took[0] * 0.6;
            bakes();
            String sentence = after((int) served, new Event.Noted(null, ""));
            double left = DoubleStream.of(took).sum() - served + plan.after().toSeconds();
            Matcher said = SAID.matcher(sentence);
            assertThat(said.find()).as(sentence).isTrue();
            half += left <= seconds(said.group(1)) + 60 ? 1 : 0;
            ninety += left <= seconds(said.group(2)) + 60 ? 1 : 0;
            asked++;
        }
        assertThat(asked).isGreaterThan(50);
        assertThat((double) half / asked).isBetween(0.3, 0.95);
        assertThat((double) ninety / asked).isGreaterThanOrEqualTo(0.8);
    }

    private static double seconds(String span) {
        Matcher hours = Pattern.compile("(\\d+) h").matcher(span);
        Matcher minutes = Pattern.compile("(\\d+) min").matcher(span);
        return 3600 * (hours.find() ? Double.parseDouble(hours.group(1)) : 0)
                + 60 * (minutes.find() ? Double.parseDouble(minutes.group(1)) : 0);
    }

    @Test
    void whatIsWaitedForIsNamedAfterTheBake() {
        bakes();
        OrdinaryService service = new OrdinaryService(1, 25, 0.01, 1, 1);
        String sentence = "";
        for (int t = 0; t < 720; t += 15) {
            assertThat(sentence).doesNotContain("waiting");
            Event.Looked look = service.look(0, 0.05, 15, t);
            sentence = after(
                    t + 15, new Event.Looked(0, START.plusSeconds(t), START.plusSeconds(t + 15), look.samples(), null));
        }
        assertThat(sentence).matches("about .* left, 9 of 10 within .*; waiting for (err|lat) to be proven");
    }

    @Test
    void aReleaseThatTookLongerThanAnySimulatedOneIsOverdue() {
        Plan quick = PlanFixture.plan(PlanFixture.CONTRACT.replace("promote: proof", "undecided: proceed"));
        Forecast few = forecast(quick, 2);
        State late = fold(quick, State.NEW, new Event.PhaseStarted(0, "5%", 5, ""), 0);
        late = fold(quick, late, new Event.BakeStarted(0, 120.0), 0);
        late = fold(quick, late, new Event.Noted(null, ""), 43 * 60);

        assertThat(RemainingSentence.of(few, quick, late))
                .isEqualTo("overdue: none of the 40 simulated releases was in phase 5% for 43 min");
    }

    @Test
    void whatIsUndecidedAndGoesOnAllTheSameIsNotHeld() {
        String proceeds = PlanFixture.CONTRACT.replace("promote: proof", "promote: proof\n  undecided: proceed");

        assertThat(ForecastSentence.of(forecast(PlanFixture.plan(proceeds), 2), 2))
                .startsWith("about 1 h 37 min; the phase of 5% goes on unproven after its longest bake in 100 %");
        assertThat(RemainingSentence.of(forecast(plan, 2), plan, fold(plan, State.NEW, new Event.Armed(Map.of()), 0)))
                .startsWith("likely held: most simulated releases");
    }

    @Test
    void aHoldComesOnTopAndAWayBackHasNoForecast() {
        bakes();
        assertThat(after(10, new Event.Held(HoldCause.PAUSED, "lunch"))).endsWith("; how long it is held comes on top");
    }

    @Test
    void longReleasesAreSimulatedLessOften() {
        Forecaster forecaster = new Forecaster(plan, HABITS, 1);

        Forecast whole = forecaster.within(40, 1_000_000, () -> true).orElseThrow();
        Forecast some = forecaster.within(40, 4000, () -> true).orElseThrow();

        assertThat(whole.total()).isEqualTo(forecaster.run(40, false).total());
        assertThat(some.runs()).isBetween(5, 39);
        assertThat(some.total()).isEqualTo(forecaster.run(some.runs(), false).total());
        assertThat(forecaster.within(40, 50, () -> true))
                .as("nothing is known of one that was cut short")
                .isEmpty();
        assertThat(forecaster.within(1, 1_000_000, () -> true)).isPresent();
        for (long looks = 100; looks < 1000; looks += 100) {
            assertThat(forecaster
                            .within(40, looks, () -> true)
                            .map(Forecast::runs)
                            .orElse(5))
                    .as("one or two releases tell nothing, with %s looks", looks)
                    .isGreaterThanOrEqualTo(5);
        }
    }

    private static Forecast given(Plan plan, double rate, double errors, int runs) {
        Habits habits = new GivenHabits(rate, errors, 0.1, 0.3)
                .habits(PlanFixture.contract().metrics());
        return new Forecaster(plan, habits, 1).run(runs, false);
    }

    private static Plan cheap(String radius) {
        return PlanFixture.plan(PlanFixture.CONTRACT
                .replace("promote: proof", radius)
                .replace("phases: [5, 25, 100]", "phases: [25, 50, 100]"));
    }

    @Test
    void whereReleasesAreStoppedInVainTheySaySoFirst() {
        Plan plan = cheap("blastRadius: 1");
        Forecast stopped = given(plan, 1000, 0.2, 8);
        State armed = fold(plan, State.NEW, new Event.Armed(Map.of()), 0);
        State bakes = fold(plan, armed, new Event.PhaseStarted(1, "50%", 50, ""), 0);
        bakes = fold(plan, bakes, new Event.BakeStarted(1, 0.0), 0);

        assertThat(stopped.stopped()).isEqualTo(1);
        assertThat(ForecastSentence.of(stopped, 1000))
                .isEqualTo("8 of 8 simulated healthy releases were stopped (in phase 25%)"
                        + " at the present 1000 requests/s");
        assertThat(RemainingSentence.of(stopped, plan, armed)).isEmpty();
        assertThat(RemainingSentence.of(stopped, plan, bakes))
                .as("no simulated one was there, and this one isn't overdue in its first second")
                .isEmpty();
        bakes = fold(plan, bakes, new Event.Held(HoldCause.PAUSED, "lunch"), 1);
        assertThat(RemainingSentence.of(stopped, plan, bakes)).isEqualTo("how long it is held comes on top");
    }

    @Test
    void theOthersOfThoseThatAreStoppedAreNoForecastOfAll() {
        Plan plan = cheap("blastRadius: 15");
        Forecast stopped = given(plan, 100, 0.01, 40);
        State armed = fold(plan, State.NEW, new Event.Armed(Map.of()), 0);

        assertThat(stopped.stopped()).isBetween(0.06, 0.94);
        assertThat(ForecastSentence.of(stopped, 100))
                .matches(
                        "\\d+ of 40 simulated healthy releases were stopped \\((most )?in phase \\d+%\\); the others: .*");
        assertThat(RemainingSentence.of(stopped, plan, armed))
                .matches("\\d+ % of the simulated healthy releases that got here were stopped; the others: .*");
    }

    @Test
    void whatIsUndecidedIsRolledBackWhereTheContractSaysSo() {
        Plan back = PlanFixture.plan(
                PlanFixture.CONTRACT.replace("promote: proof", "promote: proof\n  undecided: rollback"));
        State armed = fold(back, State.NEW, new Event.Armed(Map.of()), 0);

        assertThat(ForecastSentence.of(forecast(back, 2), 2)).startsWith("likely rolled back: the phase of 5%");
        assertThat(RemainingSentence.of(forecast(back, 2), back, armed))
                .isEqualTo(
                        "likely rolled back: most simulated releases that got here stayed undecided at a longest bake");
        assertThat(forecast(back, 2).total().median()).isInfinite();
    }

    /** Half an hour is longer than the bake allows, and far shorter than what is simulated. */
    @Test
    void undecidedIsWhatPassesTheLongestBakeAndNotWhatPassesTheSimulation() {
        Outlook takes = forecast.phases().get(0).takes();
        assertThat(takes.ninety()).isBetween(720.0, 7000.0);
        Plan tight = PlanFixture.plan(PlanFixture.CONTRACT.replace(
                "maxBake: 40m", "maxBake: " + ((int) (takes.median() + takes.ninety()) / 2 - 120) + "s"));
        Forecast most = new Forecaster(tight, HABITS, 1).run(40, false);
        State armed = fold(tight, State.NEW, new Event.Armed(Map.of()), 0);
        assertThat(most.phases().get(0).held()).isBetween(0.1, 0.5);

        assertThat(RemainingSentence.of(most, tight, armed)).endsWith("though more than one of ten would be held");

        State late = fold(tight, armed, new Event.PhaseStarted(0, "5%", 5, ""), 0);
        late = fold(tight, late, new Event.BakeStarted(0, 120.0), 0);
        late = fold(tight, late, new Event.Noted(null, ""), (int) (takes.median() + takes.ninety()) / 2 + 15);
        assertThat(RemainingSentence.of(most, tight, late))
                .as("where it is undecided already, the question is what it will take")
                .startsWith("about ");
    }

    @Test
    void whatNobodyWantsAnyMoreIsGivenUp() {
        Forecaster forecaster = new Forecaster(plan, HABITS, 1);
        AtomicInteger asked = new AtomicInteger();

        Optional<Forecast> none = forecaster.within(1000, Long.MAX_VALUE - 1, () -> asked.incrementAndGet() < 2);

        assertThat(none).isEmpty();
        assertThat(asked.get()).as("asked while it is simulated").isLessThan(5);
    }
}
