// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.sequential.Watch;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchStep;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.sample.JudgeLooks;
import io.jenkins.plugins.releaseguard.testing.OrdinaryService;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecasterTest {
    private static final double LOOK = 15;

    private static Forecast forecast(String contract, Habits habits, int runs, boolean harmed) {
        return new Forecaster(PlanFixture.plan(contract), habits, 1).run(runs, harmed);
    }

    /** Seconds in each phase of a release as it really goes: its own looks, of a service that the forecast shares nothing with. */
    static double[] happened(Plan plan, OrdinaryService service) {
        WatchState state = Watch.start(plan.judge());
        double[] seconds = new double[plan.phases().size()];
        for (int p = 0; p < seconds.length; p++) {
            Phase phase = plan.phases().get(p);
            boolean left = false;
            double warmup = phase.warmup().toSeconds();
            while (!left) {
                Look look = JudgeLooks.of(
                        plan.judge().metrics(),
                        p,
                        service.look(p, phase.weight() / 100, LOOK, seconds[p]),
                        seconds[p] < warmup);
                WatchStep step = Watch.look(plan.judge(), state, look);
                state = step.state();
                if (step.verdict().action() == Action.STOP) {
                    return new double[0];
                }
                seconds[p] += LOOK;
                left = seconds[p] >= warmup + phase.bake().toSeconds()
                        && (step.verdict().action() == Action.PROMOTE || seconds[p] > 7200);
            }
        }
        return seconds;
    }

    /** The band that is stated holds 95 of 100; what happens must lie in it nine times of ten, at the start and on the way. */
    @Test
    void whatHappensLiesInTheBandThatWasStated() {
        for (double rate : new double[] {8, 25}) {
            Plan plan = PlanFixture.plan(PlanFixture.CONTRACT);
            Forecast forecast = new Forecaster(plan, PlanFixture.habits(rate, 0.01, 1.5), 1).run(200, false);
            int inside = 0;
            int asked = 0;
            int half = 0;
            int releases = 60;
            for (int r = 0; r < releases; r++) {
                double[] took = happened(plan, new OrdinaryService(r, rate, 0.01, 1.5, 1));
                if (took.length == 0) {
                    continue; // stopped in vain: the forecast tells how often
                }
                double all = DoubleStream.of(took).sum() + plan.after().toSeconds();
                double early = took[0] / 2;
                double second = took[1] * 0.7;
                inside += within(forecast.total(), all) ? 1 : 0;
                inside += within(forecast.remaining(0, early), all - early) ? 1 : 0;
                inside += within(forecast.remaining(1, second), all - took[0] - second) ? 1 : 0;
                half += all <= forecast.total().median() + 60 ? 1 : 0;
                asked += 3;
            }
            assertThat(asked).as("releases that went through at %s/s", rate).isGreaterThan(3 * 50);
            assertThat((double) inside / asked).as("in the band at %s/s", rate).isGreaterThanOrEqualTo(0.9);
            assertThat((double) half / releases)
                    .as("before the median at %s/s", rate)
                    .isBetween(0.25, 1.0);
            assertThat(forecast.total().high())
                    .as("a band says more than that it takes longer than it bakes")
                    .isLessThan(4 * 3600);
        }
    }

    private static boolean within(Outlook band, double seconds) {
        return seconds >= band.low() && seconds <= band.high();
    }

    @Test
    void theSameSeedMakesTheSameForecast() {
        Habits habits = new GivenHabits(20, 0.01, 0.1, 0.3)
                .habits(PlanFixture.contract().metrics());

        Forecast one = forecast(PlanFixture.CONTRACT, habits, 30, true);
        Forecast two = forecast(PlanFixture.CONTRACT, habits, 30, true);

        assertThat(one.phases()).isEqualTo(two.phases());
        assertThat(one.total()).isEqualTo(two.total());
        assertThat(one.runs()).isEqualTo(30);
    }

    @Test
    void moreTrafficTakesLessTimeAndSeesHarmSooner() {
        Forecast few = forecast(PlanFixture.CONTRACT, given(5), 40, true);
        Forecast many = forecast(PlanFixture.CONTRACT, given(500), 40, true);

        assertThat(few.phases().get(0).held()).isGreaterThan(0.5);
        assertThat(many.phases().get(0).held()).isZero();
        assertThat(many.total().median()).isLessThan(few.total().median());
        List<HarmOutlook> harms = many.phases().get(0).harms();
        assertThat(harms.stream().map(HarmOutlook::harm)).containsExactly("errors ×2", "errors ×5", "outage");
        assertThat(harms.get(2).seen().median()).isLessThan(harms.get(1).seen().median());
        assertThat(harms.get(1).seen().median()).isLessThan(harms.get(0).seen().median());
        // 5 % of 500 requests/s, of which 1 % fail anyway
        assertThat(harms.get(2).failed())
                .isCloseTo(
                        0.05 * 500 * 0.99 * harms.get(2).seen().median(), org.assertj.core.api.Assertions.within(1e-6));
        assertThat(IntStream.range(0, 3).mapToObj(i -> many.phases().get(i).compared()))
                .containsExactly(true, true, false);
        assertThat(many.phases().get(2).harms()).as("nothing to compare with").isEmpty();
    }

    private static Habits given(double rate) {
        return new GivenHabits(rate, 0.01, 0.1, 0.3)
                .habits(PlanFixture.contract().metrics());
    }

    @Test
    void whatIsUnknownIsLeftOutAndNamed() {
        Habits noLatency = new GivenHabits(50, 0.01, Double.NaN, Double.NaN)
                .habits(PlanFixture.contract().metrics());

        assertThat(forecast(PlanFixture.CONTRACT, noLatency, 20, false).leftOut())
                .containsExactly("lat");
        assertThatThrownBy(() -> new Forecaster(
                        PlanFixture.plan(PlanFixture.CONTRACT),
                        HabitReader.read(PlanFixture.contract().metrics(), List.of(), "nothing"),
                        1))
                .hasMessageContaining("without requests");
    }

    @Test
    void oneLineSaysWhatToExpect() {
        assertThat(ForecastSentence.of(forecast(PlanFixture.CONTRACT, given(1000), 20, false), 1000))
                .as("two phases and the last of 10 min, 5 min after, and the first one's warm-up of 2 min")
                .startsWith("about 37 min")
                .endsWith("at the present 1000 requests/s");
        assertThat(ForecastSentence.of(forecast(PlanFixture.CONTRACT, given(25), 40, false), 25))
                .matches("about .*; the phase of (5|25)% needs \\d+ min( \\d+ s)? at the present 25 requests/s");
        assertThat(ForecastSentence.of(forecast(PlanFixture.CONTRACT, given(2), 20, false), 2))
                .startsWith("likely held: the phase of 5% stays undecided");
    }
}
