// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.judge.oneshot.Comparison;
import io.jenkins.plugins.releaseguard.judge.sequential.Watch;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchStep;
import io.jenkins.plugins.releaseguard.testing.BareNumbers;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * In whatever the judge says of a metric with a unit, no number stands without one, and none that is compared without what it is of: the
 * time or the number of requests or values, and of values that it is their median.
 */
class NumbersHaveUnitsTest {
    private static final int CASES = 150;

    private final Set<String> bare = new TreeSet<>();
    private final Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
    private int sentences;

    private static MetricConfig metric(SplittableRandom r, MetricKind kind) {
        Worse worse = Worse.values()[r.nextInt(3)];
        double size = kind == MetricKind.RATE ? 0.01 : kind == MetricKind.COUNT ? 0.02 : 15;
        return MetricConfig.builder("m", kind)
                .name("checkout")
                .unit(
                        kind == MetricKind.RATE
                                ? ""
                                : kind == MetricKind.COUNT ? (r.nextBoolean() ? "" : "retries") : "ms")
                .worse(worse)
                .allow(r.nextInt(3) == 0 ? Allow.NONE : r.nextBoolean() ? Allow.percent(20) : Allow.absolute(size))
                .limit(r.nextBoolean() ? Double.NaN : 3 * size)
                .far(kind == MetricKind.LATENCY && r.nextBoolean() ? 400 : Double.NaN)
                .minimum(r.nextBoolean() ? 1 : 100)
                .build();
    }

    private static MetricLook look(SplittableRandom r, MetricConfig m, double factor, int n) {
        if (r.nextInt(12) == 0) {
            return MetricLook.missing("m", "no series answers the query");
        }
        if (m.counted()) {
            return MetricLook.counts(
                    "m",
                    new Counts(r.nextInt(1 + n / 20), n),
                    new Counts(Math.min(n, r.nextInt(1 + (int) (factor * n / 20))), n));
        }
        return MetricLook.values("m", values(r, n, 1), values(r, n, factor));
    }

    private static List<Double> values(SplittableRandom r, int n, double factor) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            values.add(factor * (100 + 10 * r.nextGaussian()));
        }
        return values;
    }

    private static final Pattern ONCE = Pattern.compile(
            "checkout [^:(]+ (?:at the median of \\d+ values?|in \\d+ requests?) \\(baseline [^:(]+ (?:of \\d+ values?|in \\d+ requests?)\\): .+");
    private static final Pattern WATCHED =
            Pattern.compile("checkout [^:(]+ over \\d[^:(]+(?: \\(baseline [^:(]+\\): .+| limit of .+|: .+)");
    private static final Pattern AT_THE_MEDIAN = Pattern.compile("checkout [^:(]+ at the median .+");

    private void hear(MetricConfig m, MetricFinding finding, Pattern extent) {
        sentences++;
        verdicts.add(finding.verdict());
        if (finding.verdict() != Verdict.NODATA) {
            assertThat(finding.reason()).matches(extent);
            assertThat(AT_THE_MEDIAN.matcher(finding.reason()).matches()).isEqualTo(!m.counted());
        }
        BareNumbers.in(finding.reason()).forEach(number -> bare.add(number + "   in: " + finding.reason()));
    }

    @ParameterizedTest
    @EnumSource(MetricKind.class)
    void judgedOnce(MetricKind kind) {
        SplittableRandom r = new SplittableRandom(kind.ordinal());
        for (int i = 0; i < CASES; i++) {
            MetricConfig m = metric(r, kind);
            Judgement j = new Comparison(0.05, 95, 75)
                    .judge(
                            List.of(m),
                            List.of(look(r, m, List.of(0.3, 1.0, 1.1, 3.0).get(r.nextInt(4)), 4 + r.nextInt(300))),
                            java.util.Map.of());
            j.findings().forEach(f -> hear(m, f, ONCE));
        }
        assertThat(bare).isEmpty();
        assertThat(sentences).isEqualTo(CASES);
        assertThat(verdicts).hasSizeGreaterThanOrEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(MetricKind.class)
    void judgedLookByLook(MetricKind kind) {
        SplittableRandom r = new SplittableRandom(kind.ordinal());
        for (int i = 0; i < CASES / 5; i++) {
            MetricConfig m = metric(r, kind);
            JudgeConfig c = JudgeConfig.builder(List.of(m), List.of(0.05, 0.5, 1.0))
                    .promotion(Promotion.values()[r.nextInt(2)])
                    .blastRadius(500)
                    .build();
            WatchState s = Watch.start(c);
            double factor = List.of(1.0, 1.1, 3.0).get(r.nextInt(3));
            for (int k = 0; k < 30; k++) {
                WatchStep step = Watch.look(
                        c, s, new Look(k / 10, 30, 300, 300, List.of(look(r, m, factor, 20 + r.nextInt(100)))));
                s = step.state();
                step.verdict().findings().forEach(f -> hear(m, f, WATCHED));
            }
        }
        assertThat(bare).isEmpty();
        assertThat(sentences).isEqualTo(CASES / 5 * 30);
        assertThat(verdicts).hasSizeGreaterThanOrEqualTo(3);
    }

    /** The scan itself. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "latency 142 ms (baseline 138)|138",
                "worse than the allowed 10, 12 ms higher, p = 0.01|",
                "worse than the allowed 10; 12 ms higher|10",
                "retries 0.02 (baseline 0.01)|0.02",
                "between 100 and 250 ms, e = 3 of 20|",
                "+20 %, harm e = 3.1 of 20|"
            })
    void aBareNumberIsFound(String sentence, String found) {
        assertThat(String.join(" ", BareNumbers.in(sentence))).contains(found == null ? "" : found);
        assertThat(BareNumbers.in(sentence).isEmpty()).isEqualTo(found == null);
    }
}
