// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.testing.OrdinaryService;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HabitReaderTest {
    private static final List<Metric> METRICS = PlanFixture.contract().metrics();

    private static Habits read(double errors, double retries, double slower) {
        return HabitReader.read(METRICS, PlanFixture.past(6, 40, errors, retries, slower), "the test");
    }

    @Test
    void trafficLevelsAndBucketsAreFoundAgain() {
        Habits habits = read(0.01, 1, 1);
        MetricHabit errors = habits.metrics().get(0);
        MetricHabit latency = habits.metrics().get(1);

        assertThat(habits.requests().value()).isCloseTo(40, within(2.0));
        assertThat(habits.quiet().value()).isLessThan(habits.requests().value());
        assertThat(errors.level().value()).isCloseTo(0.01, within(0.001));
        assertThat(latency.level().value()).isCloseTo(90, within(5.0));
        assertThat(latency.upper().value()).isCloseTo(90 * Math.exp(0.45 * 2.33), within(30.0));
        assertThat(latency.shape().bounds()).isEqualTo(OrdinaryService.BOUNDS);
        assertThat(habits.requests().from()).contains("median of 1080 looks", "the test");
        assertThat(habits.complete()).isTrue();
    }

    @Test
    void errorsThatComeTogetherAreToldFromThoseThatComeAlone() {
        assertThat(read(0.01, 1, 1).metrics().get(0).clusters().value()).isLessThan(1.3);
        // geometric retries of four on average: variance over mean is 2·4 − 1
        assertThat(read(0.04, 4, 1).metrics().get(0).clusters().value()).isCloseTo(7, within(2.0));
        assertThat(read(0.01, 1, 1).metrics().get(0).apart()).isEqualTo(Lasting.NONE);
    }

    /** A side that wanders by itself for about five minutes, as sticky users make it. */
    @Test
    void whatSetsTheSidesApartForLongerThanALookIsFound() {
        Random random = new Random(5);
        List<PastLooks> past = new ArrayList<>();
        for (PastLooks looks : PlanFixture.past(6, 200, 0.01, 1, 1)) {
            List<Event.Looked> apart = new ArrayList<>();
            double own = random.nextGaussian();
            for (Event.Looked look : looks.looks()) {
                double kept = Math.exp(-15.0 / 300);
                own = kept * own + Math.sqrt(1 - kept * kept) * random.nextGaussian();
                Event.Sample s = look.samples().get(0);
                double c = Math.rint(s.canaryErrors() * Math.exp(0.6 * own));
                apart.add(new Event.Looked(
                        look.phase(),
                        look.from(),
                        look.to(),
                        List.of(Event.Sample.rate("err", c, s.canaryTotal(), s.baselineErrors(), s.baselineTotal())),
                        null));
            }
            past.add(new PastLooks(apart));
        }

        MetricHabit errors =
                HabitReader.read(METRICS, past, "the test").metrics().get(0);

        assertThat(errors.sides().value()).isGreaterThan(0.2);
        assertThat(errors.apart().sd()).isBetween(0.2, 1.2);
        assertThat(errors.apart().seconds()).isBetween(100.0, 900.0);
    }

    @Test
    void aColdStartIsMeasured() {
        assertThat(read(0.01, 1, 1).warmup().known())
                .as("phases of 15 minutes last longer than ten")
                .isTrue();
        assertThat(read(0.01, 1, 1).warmup().value()).isZero();
        assertThat(read(0.01, 1, 2).warmup().value()).isEqualTo(120);
    }

    @Test
    void whatNobodyKnowsIsUnknownAndSaysWhy() {
        Habits none = HabitReader.read(METRICS, List.of(), "the test");

        assertThat(none.requests().known()).isFalse();
        assertThat(none.requests().from()).contains("no look tells how many requests");
        assertThat(none.metrics()).noneMatch(MetricHabit::simulated);
        assertThat(none.metrics().get(0).level().from()).contains("no look of the test has it");
        assertThat(none.complete()).isFalse();

        Habits given = new GivenHabits(100, 0.01, Double.NaN, Double.NaN).habits(METRICS);
        assertThat(given.metrics().get(0).level().value()).isEqualTo(0.01);
        assertThat(given.metrics().get(0).clusters().known()).isFalse();
        assertThat(given.metrics().get(1).simulated()).isFalse();
        Habits usual = GivenHabits.withUsualLatency(given);
        assertThat(usual.metrics().get(1).simulated()).isTrue();
        assertThat(usual.metrics().get(1).level().known())
                .as("simulated, but not known")
                .isFalse();
        assertThat(usual.complete()).isFalse();
    }

    @Test
    void aFewErrorsTellNothingOfClusters() {
        List<PastLooks> few = List.of(
                new PastLooks(PlanFixture.past(1, 5, 0.001, 1, 1).get(0).looks().subList(0, 10)));

        Figure clusters =
                HabitReader.read(METRICS, few, "the test").metrics().get(0).clusters();

        assertThat(clusters.known()).isFalse();
        assertThat(clusters.from()).contains("are needed");
    }
}
