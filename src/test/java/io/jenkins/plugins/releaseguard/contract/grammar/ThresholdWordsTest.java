// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.Threshold.AboveBaseline;
import io.jenkins.plugins.releaseguard.contract.Threshold.Bound;
import io.jenkins.plugins.releaseguard.contract.Threshold.Burn;
import io.jenkins.plugins.releaseguard.contract.Threshold.Comparison;
import io.jenkins.plugins.releaseguard.contract.Threshold.Fixed;
import io.jenkins.plugins.releaseguard.contract.Threshold.Sigma;
import io.jenkins.plugins.releaseguard.contract.Threshold.TimesBaseline;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.How;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.Over;
import io.jenkins.plugins.releaseguard.contract.ThresholdTerms.Share;
import java.time.Duration;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What people add to a limit: a quantile, a window, looks, successes, units, further conditions. */
class ThresholdWordsTest {
    private static final Duration TEN = Duration.ofMinutes(10);
    private static final double NONE = Double.NaN;

    static Stream<Arguments> conditions() {
        Fixed twoPercent = new Fixed(0.02, "%");
        Fixed time = new Fixed(0.4, "s");
        return Stream.of(
                a("p95 > 400ms", time, terms("", 0.95, null, null)),
                a("P95 latency > 400 ms", time, terms("", 0.95, null, null)),
                a("95th percentile > 400ms", time, terms("", 0.95, null, null)),
                a("99.9th percentile of response times > 400ms", time, terms("", 0.999, null, null)),
                a("p99.9 > 400ms", time, terms("", 0.999, null, null)),
                a("> 400ms at p50", time, terms("", 0.5, null, null)),
                a("> 400ms at the 99th percentile", time, terms("", 0.99, null, null)),
                a("MON-002 p95 > 400ms", time, terms("MON-002", 0.95, null, null)),
                a("checkout-latency > 400ms", time, terms("checkout-latency", NONE, null, null)),
                a("average > 2% over 10m", twoPercent, terms("", NONE, over(How.TOGETHER, NONE), null)),
                a(
                        "avg > 2% of requests over the last 10 minutes",
                        twoPercent, terms("", NONE, over(How.TOGETHER, NONE), null)),
                a("> 2% averaged over 10m", twoPercent, terms("", NONE, over(How.TOGETHER, NONE), null)),
                a("> 2% on average over 10m", twoPercent, terms("", NONE, over(How.TOGETHER, NONE), null)),
                a("p95 > 400ms over 10m", time, terms("", 0.95, over(How.TOGETHER, NONE), null)),
                a("p90 of looks > 2% over 10m", twoPercent, terms("", NONE, over(How.OF_LOOKS, 0.9), null)),
                a("median > 2% over 10m", twoPercent, terms("", NONE, over(How.OF_LOOKS, 0.5), null)),
                a("max of looks > 2% over 10m", twoPercent, terms("", NONE, over(How.OF_LOOKS, 1), null)),
                a("minimum > 2% over 10m", twoPercent, terms("", NONE, over(How.OF_LOOKS, 0), null)),
                a("> 2% in 3 of 5 looks", twoPercent, terms("", NONE, null, new Share(3, 5))),
                a("3 of 5 looks > 2%", twoPercent, terms("", NONE, null, new Share(3, 5))),
                a("> 2% for 3 out of 5 data points", twoPercent, terms("", NONE, null, new Share(3, 5))),
                a("> 2% in at least 3 of the last 5 checks", twoPercent, terms("", NONE, null, new Share(3, 5))),
                a("> 2% for 3 consecutive looks", twoPercent, terms("", NONE, null, new Share(3, 3))),
                a("> 2% for 3 looks in a row", twoPercent, terms("", NONE, null, new Share(3, 3))),
                a("> 20\u2030", twoPercent, ThresholdTerms.PLAIN),
                a("> 20000ppm", twoPercent, ThresholdTerms.PLAIN),
                a("> 2 percent", twoPercent, ThresholdTerms.PLAIN),
                a("> 400000\u00b5s", time, ThresholdTerms.PLAIN),
                a("> 400000\u03bcs", time, ThresholdTerms.PLAIN),
                a("> 400000 us", time, ThresholdTerms.PLAIN),
                a("> 400000000 ns", time, ThresholdTerms.PLAIN),
                a("> 30 per minute", new Fixed(0.5, "/s"), ThresholdTerms.PLAIN),
                a("> 30 errors per minute", new Fixed(0.5, "/s"), ThresholdTerms.PLAIN),
                a("> 30/min", new Fixed(0.5, "/s"), ThresholdTerms.PLAIN),
                a("> 0.5 req/s", new Fixed(0.5, "/s"), ThresholdTerms.PLAIN),
                a("> 1800 failures an hour", new Fixed(0.5, "/s"), ThresholdTerms.PLAIN),
                a("> 3 sigma above baseline", new Sigma(3), ThresholdTerms.PLAIN),
                a("> 2.5\u03c3 above the baseline", new Sigma(2.5), ThresholdTerms.PLAIN),
                a("> 3 standard deviations above the mean", new Sigma(3), ThresholdTerms.PLAIN),
                a("> baseline + 3 sigma", new Sigma(3), ThresholdTerms.PLAIN),
                a("> baseline - 3 stddev", new Sigma(-3), ThresholdTerms.PLAIN),
                a("> 3 sigma", new Sigma(3), ThresholdTerms.PLAIN),
                a("> 20ms above baseline", new AboveBaseline(0.02, "s"), ThresholdTerms.PLAIN),
                a("> 5 above the baseline", new AboveBaseline(5, ""), ThresholdTerms.PLAIN),
                a("success < 99.9%", new Fixed(0.001, "%"), new ThresholdTerms("", NONE, true, null, null, null)),
                a(
                        "availability < 99.95%",
                        new Fixed(0.0005, "%"), new ThresholdTerms("", NONE, true, null, null, null)),
                a(
                        "success rate < 98% over 10m",
                        twoPercent, new ThresholdTerms("", NONE, true, over(How.TOGETHER, NONE), null, null)));
    }

    private static Arguments a(String text, Bound bound, ThresholdTerms terms) {
        return Arguments.of(text, bound, terms);
    }

    private static ThresholdTerms terms(String metric, double quantile, Over over, Share share) {
        return new ThresholdTerms(metric, quantile, false, over, share, null);
    }

    private static Over over(How how, double rank) {
        return new Over(how, rank, TEN);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("conditions")
    void meansWhatPeopleMean(String text, Bound bound, ThresholdTerms terms) throws SyntaxProblem {
        Threshold threshold = ThresholdParser.parse(text);

        assertThat(threshold).isEqualTo(new Threshold(text, Comparison.GREATER, bound, Duration.ZERO, "", terms));
        assertThat(meaning(ThresholdWriter.text(threshold)))
                .as(ThresholdWriter.text(threshold))
                .isEqualTo(meaning(text));
    }

    /** Without how it is written. */
    private static Threshold meaning(String text) throws SyntaxProblem {
        Threshold t = ThresholdParser.parse(text);
        return new Threshold("", t.comparison(), t.bound(), t.sustained(), "", t.terms());
    }

    /** Of conditions joined, in the language that fixes are written in: what each of them means. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "> 1.5x baseline and > 20ms above it           | and | > 1.5x baseline; > baseline + 20ms",
                "p95 > 1.5x baseline and > 20ms above it for 5m | and | p95 > 1.5x baseline for 5m; p95 > baseline + 20ms for 5m",
                "> 2x baseline and > 0.5% above it for 5m      | and | > 2x baseline for 5m; > baseline + 0.5% for 5m",
                "> 2% and MON-002 p95 > 500ms for 5 minutes    | and | > 2% for 5m; MON-002 p95 > 500ms for 5m",
                "> 2% for 1m and MON-002 > 500ms for 5m        | and | > 2% for 1m; MON-002 > 500ms for 5m",
                "> 2% for 1m AND MON-002 > 500ms               | and | > 2% for 1m; MON-002 > 500ms",
                "average > 2x baseline and > 1% above it over 10m | and | average > 2x baseline over 10m; average > baseline + 1% over 10m",
                "> 2% and > 10 errors per minute in 3 of 5 looks  | and | > 2% in 3 of 5 looks; > 10 per minute in 3 of 5 looks",
                "> 5% or MON-002 p95 > 2s                      | or  | > 5%; MON-002 p95 > 2s",
                "> 5% for 1m or > 2% for 10m                   | or  | > 5% for 1m; > 2% for 10m",
                "burn > 14.4 over 1h and 5m and > 1%           | and | burn > 14.4 over 1h and 5m; > 1%",
                "burn > 14.4 over 1h and > 1%                  | and | burn > 14.4 over 1h; > 1%",
                "> 1% and > 2% and > 3% and > 4% and > 5%      | and | > 1%; > 2%; > 3%; > 4%; > 5%",
            })
    void conditionsAreJoined(String text, String join, String each) throws SyntaxProblem {
        Threshold threshold = ThresholdParser.parse(text);

        assertThat(threshold.terms().joint().all()).isEqualTo(join.equals("and"));
        assertThat(threshold.conditions()).hasSize(each.split(";").length);
        for (int i = 0; i < threshold.conditions().size(); i++) {
            assertThat(threshold.conditions().get(i)).isEqualTo(meaning(each.split(";")[i].strip()));
        }
        assertThat(ThresholdParser.parse(ThresholdWriter.text(threshold)).conditions())
                .isEqualTo(threshold.conditions());
    }

    /** A limit of a check is held against one number. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "p95 > 400ms, > 400ms",
        "> 2% and > 5%, > 2%",
        "> 2% in 3 of 5 looks, > 2%",
        "average > 2% over 10m, > 2%",
        "MON-002 > 400ms, > 400ms",
    })
    void aLimitIsOneNumber(String text, String limit) {
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                SyntaxProblem.class, () -> ThresholdParser.limit(text))
                        .fix())
                .contains("\"" + limit + "\"");
    }

    private record Old(String text, Threshold means) {}

    /** Sentences of the language as it was before, built from their meaning. */
    @Provide
    Arbitrary<Old> oldSentences() {
        Arbitrary<Comparison> comparisons = Arbitraries.of(Comparison.values());
        Arbitrary<Object[]> bounds = Arbitraries.oneOf(
                Arbitraries.integers().between(0, 1000).map(n ->
                        new Object[] {n / 10.0 + "%", new Fixed(n / 10.0 / 100, "%")}),
                Arbitraries.integers().between(0, 100).map(n ->
                        new Object[] {n + "% of all requests", new Fixed((double) n / 100, "%")}),
                Arbitraries.integers().between(1, 5000).map(n ->
                        new Object[] {n + "ms", new Fixed((double) n / 1000, "s")}),
                Arbitraries.integers().between(1, 500).map(n -> new Object[] {n + " s", new Fixed(n, "s")}),
                Arbitraries.integers().between(-9, 500).map(n -> new Object[] {"" + n, new Fixed(n, "")}),
                Arbitraries.integers().between(0, 500).map(n -> new Object[] {n + " MiB", new Fixed(n * 0x1p20, "B")}),
                Arbitraries.integers().between(1, 90).map(n ->
                        new Object[] {n / 4.0 + "x baseline", new TimesBaseline(n / 4.0)}),
                Arbitraries.integers().between(1, 90).map(n ->
                        new Object[] {"baseline + " + n + "%", new AboveBaseline((double) n / 100, "%")}),
                Arbitraries.integers().between(1, 90).map(n ->
                        new Object[] {"baseline - " + n, new AboveBaseline(-n, "")}),
                Arbitraries.just(new Object[] {"baseline", new AboveBaseline(0, "")}));
        Arbitrary<Integer> minutes = Arbitraries.integers().between(0, 90);
        Arbitrary<String> notes = Arbitraries.of("", "see RUN-021", "p95 over 5m, or so");
        Arbitrary<Old> plain = Combinators.combine(comparisons, bounds, minutes, notes)
                .as((c, b, m, n) -> new Old(
                        c.sign() + " " + b[0] + (m == 0 ? "" : " for " + m + " minutes")
                                + (n.isEmpty() ? "" : " (" + n + ")"),
                        new Threshold("", c, (Bound) b[1], Duration.ofMinutes(m), n)));
        Arbitrary<Old> burns = Combinators.combine(
                        Arbitraries.integers().between(1, 200),
                        Arbitraries.integers().between(1, 60),
                        Arbitraries.integers().between(0, 60),
                        minutes)
                .as((r, l, s, m) -> new Old(
                        "burn > " + r / 10.0 + " over " + l + "h" + (s == 0 ? "" : " and " + s + "m")
                                + (m == 0 ? "" : " for " + m + "m"),
                        new Threshold(
                                "",
                                Comparison.GREATER,
                                new Burn(r / 10.0, Duration.ofHours(l), s == 0 ? null : Duration.ofMinutes(s)),
                                Duration.ofMinutes(m),
                                "")));
        return Arbitraries.oneOf(plain, burns);
    }

    @Property(tries = 2000)
    void oldSentencesKeepTheirMeaning(@ForAll("oldSentences") Old old) throws SyntaxProblem {
        Threshold means = old.means();

        assertThat(ThresholdParser.parse(old.text()))
                .isEqualTo(
                        new Threshold(old.text(), means.comparison(), means.bound(), means.sustained(), means.note()));
        assertThat(ThresholdParser.limit(old.text()).isPlain()).isTrue();
    }
}
