// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdvisorTest {
    private static final int RUNS = 60;

    private static Advice advice(String text, Habits habits) {
        return Advisor.of(text, PlanFixture.read(text).orElseThrow(), PlanFixture::read, habits, RUNS, 1);
    }

    private static Habits given(double rate) {
        return new GivenHabits(rate, 0.01, 0.1, 0.3)
                .habits(PlanFixture.contract().metrics());
    }

    private static List<String> errors(String text) {
        Contract contract = PlanFixture.read(text).orElseThrow();
        return Catalog.STANDARD.lint(contract).stream()
                .filter(Problem::isError)
                .map(Problem::rule)
                .toList();
    }

    @Test
    void aContractThatFitsIsLeftAlone() {
        Advice advice = advice(PlanFixture.CONTRACT, given(1000));

        assertThat(advice.changes()).isEmpty();
        assertThat(advice.byHand()).isEmpty();
        assertThat(advice.text()).isEqualTo(PlanFixture.CONTRACT);
        assertThat(advice.after()).isSameAs(advice.before());
    }

    /** What is changed lets the innocent through, costs no comment of the text, and lints as before. */
    @Test
    void fewRequestsGetLongerWaitsOrLargerShares() {
        Advice advice = advice(PlanFixture.CONTRACT, given(10));

        assertThat(advice.before().phases().get(0).held()).isGreaterThan(Advisor.HELD);
        assertThat(advice.changes()).isNotEmpty().allMatch(c -> !c.reason().isBlank());
        assertThat(advice.after().phases())
                .allMatch(p -> !p.compared() || p.held() <= 0.05, "held by at most what 60 more releases may show");
        assertThat(advice.text()).contains("# stays", "# few");
        assertThat(errors(advice.text())).isEqualTo(errors(PlanFixture.CONTRACT));
    }

    @Test
    void whereNothingHelpsItSaysSo() {
        Advice advice = advice(PlanFixture.CONTRACT, given(0.5));

        assertThat(advice.notes())
                .anyMatch(n -> n.kind() == PlanNote.Kind.HELD)
                .anyMatch(n -> n.kind() == PlanNote.Kind.PROCEED);
    }

    @Test
    void aPhaseBakesUntilFiveTimesTheErrorsAreSeen() {
        String hasty = PlanFixture.CONTRACT.replace("bake: 10m", "bake: 1m");
        Advice advice = advice(hasty, given(40));

        HarmOutlook five = advice.before().phases().get(0).harms().get(1);
        assertThat(five.seen().ninety()).isBetween(61.0, 3600.0);
        assertThat(advice.changes()).anySatisfy(c -> {
            assertThat(c.key()).isEqualTo("bake");
            assertThat(c.reason()).contains("errors ×5 is seen within");
        });
        PlanFixture.plan(advice.text()).phases().stream()
                .limit(1)
                .forEach(p -> assertThat((double) p.bake().toSeconds())
                        .isGreaterThanOrEqualTo(five.seen().ninety()));
    }

    @Test
    void whatTheMarginForgivesIsNotBakedFor() {
        String forgiving = PlanFixture.CONTRACT.replace(
                "total: requests_total{track=\"$track\"}\n",
                "total: requests_total{track=\"$track\"}\n    allow: 0.05\n");

        Advice advice = advice(forgiving, given(100));

        assertThat(advice.notes())
                .anyMatch(n -> n.text().startsWith("err: errors ×5 would be 4 % of the requests more")
                        && n.text().contains("forgives 5 %"));
        assertThat(advice.changes()).noneMatch(c -> c.key().equals("bake"));
    }

    @Test
    void bucketsThatCannotShowTheMarginAreNamedWithTheBoundThatLacks() {
        assertThat(advice(PlanFixture.CONTRACT, given(1000)).notes())
                .anyMatch(n -> n.text().startsWith("lat: its buckets can't show +50 % at the median of")
                        && n.text().contains("bounds that lack in the service's histogram: 67, 150 ms"));
    }

    @Test
    void aMeasuredWarmUpIsWrittenWhereTheContractHasLess() {
        Habits slow =
                HabitReader.read(PlanFixture.contract().metrics(), PlanFixture.past(6, 60, 0.01, 1, 2), "the test");

        Advice advice = advice(PlanFixture.CONTRACT.replace("bake: 10m", "bake: 10m\n  warmup: 0s"), slow);

        assertThat(advice.changes())
                .anyMatch(c -> c.key().equals("warmup")
                        && c.value().equals("2m")
                        && c.reason().contains("slower than later for 2 min after a shift"));
        assertThat(advice.text()).contains("warmup: 2m");
        assertThat(advice(PlanFixture.CONTRACT, slow).changes())
                .as("the usual two minutes are enough")
                .noneMatch(c -> c.key().equals("warmup"));
        assertThat(PlanFixture.read(advice.text())).isPresent();
    }
}
