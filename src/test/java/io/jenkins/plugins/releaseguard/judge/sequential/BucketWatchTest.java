// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.testing.BucketTraffic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A latency that is known by a histogram alone: what its buckets can't tell proves nothing, and what they can is seen. */
class BucketWatchTest {
    private static final List<Double> SHARES = List.of(0.01, 0.05, 0.25, 0.5);
    private static final List<Double> FINE = BucketTraffic.fine(25, 450, 1.05);
    private static final int LAST = 3;
    private static final int MANY = 1_000_000;
    private static final int TIMES = 100;
    private static final int HALF_AN_HOUR = 120;

    private static JudgeConfig config(Allow allow, Worse worse) {
        return JudgeConfig.of(
                0.05,
                List.of(MetricConfig.builder("lat", MetricKind.LATENCY)
                        .unit("ms")
                        .allow(allow)
                        .worse(worse)
                        .build()),
                SHARES);
    }

    private static final JudgeConfig USUAL = config(Allow.percent(10), Worse.HIGHER);

    /** How many releases were stopped, or promoted at any look before that, and after how many looks they were, all in all. */
    private record Outcome(int stopped, int promoted, List<LookVerdict> last, double looks) {}

    private static Outcome run(
            int runs, int looks, JudgeConfig c, int phase, double slower, IntFunction<BucketTraffic> of) {
        int stopped = 0;
        int promoted = 0;
        double all = 0;
        List<LookVerdict> last = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            BucketTraffic traffic = of.apply(run);
            WatchState s = Watch.start(c);
            LookVerdict verdict = null;
            boolean passed = false;
            for (int i = 0; i < looks && (verdict == null || verdict.action() != Action.STOP); i++) {
                WatchStep step = Watch.look(c, s, traffic.look(phase, SHARES.get(phase), slower));
                s = step.state();
                verdict = step.verdict();
                passed |= verdict.action() == Action.PROMOTE;
                all++;
            }
            stopped += verdict.action() == Action.STOP ? 1 : 0;
            promoted += passed ? 1 : 0;
            last.add(verdict);
        }
        return new Outcome(stopped, promoted, last, all / runs);
    }

    /** 150 ms and half as much again lie between 100 and 250 ms: nobody who sees buckets alone can tell them apart for sure. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whatStaysInsideABucketIsNeverPromoted(int phase) {
        Outcome o = run(
                20, HALF_AN_HOUR, USUAL, phase, 1.5, i -> new BucketTraffic(i, BucketTraffic.USUAL, 140, 0.15, 100));
        assertThat(o.promoted()).isZero();
        assertThat(o.stopped()).isZero();
        String margin = List.of("+50 %", "+30 %", "+20 %", "+10 %").get(phase);
        assertThat(o.last())
                .allSatisfy(v -> assertThat(v.findings().get(0).verdict()).isEqualTo(Verdict.INCONCLUSIVE))
                .allSatisfy(v -> assertThat(v.reason())
                        .contains("between 100 and 250 ms", "buckets of 100 and 250 ms can't show " + margin));
        assertThat(o.last().get(0).reason())
                .contains(
                        List.of("such as 150, 225 ms", "such as 130, 169, 219 ms", "120, 144, 172 …", "110, 121, 133 …")
                                .get(phase));
    }

    @Test
    void whichBoundsAreMissingIsSaidAtTheFirstLook() {
        BucketTraffic traffic = new BucketTraffic(1, BucketTraffic.USUAL, 150, 0.15, 100);
        assertThat(Watch.look(USUAL, Watch.start(USUAL), traffic.look(2, 0.25, 1))
                        .verdict()
                        .reason())
                .contains("buckets of 100 and 250 ms can't show +20 %; add bounds at most 20 % apart");
    }

    /** Where an early phase's margin shows in the buckets and the last one's doesn't, people learn it before they wait for it. */
    @Test
    void whatALaterPhaseLacksIsSaidInAnEarlierOne() {
        BucketTraffic traffic = new BucketTraffic(1, BucketTraffic.fine(10, 1000, 1.4), 100, 0.5, 100);
        LookVerdict v =
                Watch.look(USUAL, Watch.start(USUAL), traffic.look(0, 0.01, 1)).verdict();
        assertThat(v.reason())
                .contains("absence of +50 % e = ")
                .containsPattern("in a later phase buckets of .* can't show \\+10 %");
    }

    @Test
    void neitherTheFirstBucketNorTheLastShowsAnything() {
        for (double median : new double[] {2, 30_000}) {
            Outcome o = run(5, 40, USUAL, 0, 1, i -> new BucketTraffic(i, BucketTraffic.USUAL, median, 0.2, 100));
            assertThat(o.promoted()).isZero();
            assertThat(o.last().get(0).reason())
                    .contains(
                            median < 5
                                    ? "within the first bucket, up to 5 ms, nothing shows +50 %"
                                    : "beyond the last bucket's bound of 10000 ms nothing shows +50 %");
        }
    }

    /** At 100 ms, sigma one half, default buckets: interpolated values let 18 to 58 % of these pass. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void whoIsAsSlowAsTheMarginIsNotPromoted(int phase) {
        double margin = 1 + 0.1 * USUAL.multiplier(phase);
        Outcome usual = run(
                100, HALF_AN_HOUR, USUAL, phase, margin, i -> new BucketTraffic(i, BucketTraffic.USUAL, 100, 0.5, 100));
        assertThat(usual.promoted()).isZero();
        Outcome fine = run(50, HALF_AN_HOUR, USUAL, phase, margin, i -> new BucketTraffic(i, FINE, 100, 0.5, 100));
        assertThat(fine.promoted()).isLessThanOrEqualTo(2);
    }

    /** The margin of which just a bound tells: what is above it is as much as what the baseline has above the one before. */
    @Test
    void whoMovesByWholeBucketsIsNotPromoted() {
        JudgeConfig c = config(Allow.percent(25), Worse.HIGHER);
        List<Double> bounds = BucketTraffic.fine(10, 3000, 1.25);
        Outcome o = run(100, HALF_AN_HOUR, c, LAST, 1.25, i -> new BucketTraffic(i, bounds, 100, 0.5, 100));
        assertThat(o.promoted()).isLessThanOrEqualTo(5);
        Outcome innocent = run(20, HALF_AN_HOUR, c, LAST, 1, i -> new BucketTraffic(i, bounds, 100, 0.5, 100));
        assertThat(innocent.promoted()).isEqualTo(20);
    }

    /** Durations that stand just below a bound cross it all at once: the worst that buckets can hide, and no proof is fooled. */
    @Test
    void whatCrowdsBelowABoundProvesNothing() {
        JudgeConfig c = config(Allow.percent(25), Worse.HIGHER);
        List<Double> bounds = BucketTraffic.fine(10, 3000, 1.25);
        double crowd = bounds.get(10) / 1.01;
        Outcome o = run(100, HALF_AN_HOUR, c, LAST, 1.26, i -> new BucketTraffic(i, bounds, crowd, 0.01, 100));
        assertThat(o.promoted()).isLessThanOrEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3})
    void fineBucketsPromoteTheInnocentWithinMinutes(int phase) {
        Outcome o = run(40, HALF_AN_HOUR, USUAL, phase, 1, i -> new BucketTraffic(i, FINE, 100, 0.5, 100));
        assertThat(o.promoted()).isGreaterThanOrEqualTo(38);
        assertThat(o.stopped()).isLessThanOrEqualTo(2);
        assertThat(o.last().get(0).findings().get(0).reason()).contains(" is excluded (e = ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void theInnocentAreNotStopped(int phase) {
        JudgeConfig nothing = config(Allow.absolute(0), Worse.HIGHER);
        for (JudgeConfig c : List.of(USUAL, nothing)) {
            for (List<Double> bounds : List.of(BucketTraffic.USUAL, FINE)) {
                Outcome o = run(25, HALF_AN_HOUR, c, phase, 1, i -> new BucketTraffic(i, bounds, 100, 0.5, 100));
                assertThat(o.stopped()).isLessThanOrEqualTo(2);
            }
        }
    }

    /** A tenth is allowed, and not held against those who take it. */
    @Test
    void whoTakesWhatIsAllowedIsNotStopped() {
        for (List<Double> bounds : List.of(BucketTraffic.USUAL, FINE)) {
            Outcome o = run(60, HALF_AN_HOUR, USUAL, LAST, 1.1, i -> new BucketTraffic(i, bounds, 100, 0.5, 100));
            assertThat(o.stopped()).isLessThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3})
    void twiceAsSlowIsStoppedWithinMinutes(int phase) {
        for (double median : new double[] {100, 150}) {
            double sigma = median == 100 ? 0.5 : 0.15;
            Outcome o = run(
                    20,
                    HALF_AN_HOUR,
                    USUAL,
                    phase,
                    2,
                    i -> new BucketTraffic(i, BucketTraffic.USUAL, median, sigma, 100));
            assertThat(o.stopped()).isEqualTo(20);
            assertThat(o.looks()).isLessThan(phase == 0 ? 24 : 16);
        }
        Outcome fine = run(20, HALF_AN_HOUR, USUAL, phase, 1.5, i -> new BucketTraffic(i, FINE, 100, 0.5, 100));
        assertThat(fine.stopped()).isEqualTo(20);
        assertThat(fine.looks()).isLessThan(phase == 0 ? 24 : 16);
    }

    @Test
    void bothDirectionsAreWatchedWhereBothHarm() {
        JudgeConfig lower = config(Allow.percent(10), Worse.LOWER);
        JudgeConfig either = config(Allow.percent(10), Worse.EITHER);
        for (JudgeConfig c : List.of(lower, either)) {
            Outcome half =
                    run(10, HALF_AN_HOUR, c, LAST, 0.5, i -> new BucketTraffic(i, BucketTraffic.USUAL, 100, 0.5, 100));
            assertThat(half.stopped()).isEqualTo(10);
            Outcome same = run(20, HALF_AN_HOUR, c, LAST, 1, i -> new BucketTraffic(i, FINE, 100, 0.5, 100));
            assertThat(same.promoted()).isGreaterThanOrEqualTo(18);
            Outcome margin = run(60, HALF_AN_HOUR, c, LAST, 0.9, i -> new BucketTraffic(i, FINE, 100, 0.5, 100));
            assertThat(margin.promoted()).isLessThanOrEqualTo(3);
        }
        assertThat(run(10, 40, lower, LAST, 2, i -> new BucketTraffic(i, FINE, 100, 0.5, 100))
                        .stopped())
                .isZero();
    }

    @Test
    void anAllowanceInItsOwnUnitIsOne() {
        JudgeConfig c = config(Allow.absolute(20), Worse.HIGHER);
        assertThat(run(20, HALF_AN_HOUR, c, LAST, 1, i -> new BucketTraffic(i, FINE, 100, 0.5, 100))
                        .promoted())
                .isEqualTo(20);
        assertThat(run(20, HALF_AN_HOUR, c, LAST, 1.2, i -> new BucketTraffic(i, FINE, 100, 0.5, 100))
                        .promoted())
                .isLessThanOrEqualTo(1);
        assertThat(run(20, HALF_AN_HOUR, c, LAST, 1.5, i -> new BucketTraffic(i, FINE, 100, 0.5, 100))
                        .stopped())
                .isEqualTo(20);
    }

    /** A record of a version that made values up goes on: its evidence of harm stands, its proofs don't. */
    @Test
    void aStateOfInterpolatedValuesGoesOnWithoutItsProofs() throws Exception {
        WatchState s = Watch.start(USUAL);
        List<Double> same = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            same.add(100.0 + i);
        }
        for (int i = 0; i < 40; i++) {
            MetricLook values = MetricLook.values("lat", SampleValues.copy(same), SampleValues.copy(same));
            s = Watch.look(USUAL, s, new Look(LAST, 15, 100, 100, List.of(values)))
                    .state();
        }
        assertThat(s.metrics().get("lat").proven()).isGreaterThan(20);
        double e = s.metrics().get("lat").e();
        ObjectMapper json = new ObjectMapper();
        String old = json.writeValueAsString(s);
        assertThat(old).doesNotContain("\"buckets\"");
        BucketTraffic traffic = new BucketTraffic(1, BucketTraffic.USUAL, 150, 0.15, 100);
        WatchStep step = Watch.look(USUAL, json.readValue(old, WatchState.class), traffic.look(LAST, 0.5, 1));
        assertThat(step.state().metrics().get("lat").proven()).isLessThan(1);
        assertThat(step.state().metrics().get("lat").e()).isCloseTo(e, org.assertj.core.data.Offset.offset(1e-3));
        assertThat(step.verdict().action()).isEqualTo(Action.CONTINUE);
        // and back, where a source gives single values again
        MetricLook values = MetricLook.values("lat", SampleValues.copy(same), SampleValues.copy(same));
        assertThat(Watch.look(USUAL, step.state(), new Look(LAST, 15, 100, 100, List.of(values)))
                        .state()
                        .metrics()
                        .get("lat")
                        .buckets())
                .isNull();
    }

    @Test
    void whatIsRememberedComesBackFromJson() throws Exception {
        BucketTraffic traffic = new BucketTraffic(1, BucketTraffic.USUAL, 20_000, 0.5, 100);
        WatchState s = Watch.start(USUAL);
        for (int i = 0; i < 5; i++) {
            s = Watch.look(USUAL, s, traffic.look(LAST, 0.5, 1)).state();
        }
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readValue(json.writeValueAsString(s), WatchState.class)).isEqualTo(s);
        assertThat(s.metrics().get("lat").buckets().high()).isInfinite();
    }

    /**
     * Looks of which each is a block, and such as wait for one; the limit is a bound, or lies between two. One metric sees many of them, its sums
     * are made those of a million, and ten go on from there.
     */
    @ParameterizedTest
    @CsvSource({"5, false", "3, false", "3, true"})
    void tenHistogramsWithTailsFitInEightKilobytesAfterAMillionLooks(double seconds, boolean inside) throws Exception {
        List<MetricConfig> metrics = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            metrics.add(MetricConfig.builder("MON-00" + i, MetricKind.LATENCY).build());
        }
        JudgeConfig c = JudgeConfig.of(0.05, metrics, SHARES);
        BucketTraffic traffic = new BucketTraffic(1, BucketTraffic.fine(0.01, 2, 1.3), 0.1, 0.5, 1e6, seconds);
        List<Look> looks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            looks.add(tenOf(traffic.look(LAST, 0.5, 1), inside));
        }
        WatchState s = Watch.look(c, Watch.start(c), looks.get(0)).state();
        Map<String, MetricState> all = new LinkedHashMap<>();
        MetricWatch watch = new MetricWatch(c, metrics.get(0), LAST);
        MetricState one = s.metrics().get("MON-000");
        for (int i = 1; i < MANY / TIMES; i++) {
            Look look = looks.get(i % looks.size());
            one = watch.look(one, look.metrics().get(0), look);
        }
        for (MetricConfig m : metrics) {
            all.put(m.id(), longer(one));
        }
        s = new WatchState(
                LAST, s.started(), MANY, MANY * seconds, 1.1e12 / 3, 1e12 / 3, s.ratio(), all, s.fading(), s.warm());
        ObjectMapper json = new ObjectMapper();
        int waiting = 0;
        for (Look look : looks) {
            s = Watch.look(c, s, look).state();
            waiting += s.metrics().get("MON-000").main().waits() == null ? 0 : 1;
            String text = json.writeValueAsString(s);
            assertThat(text.length()).isLessThan(8192);
            assertThat(json.readValue(text, WatchState.class)).isEqualTo(s);
        }
        assertThat(waiting > 0).isEqualTo(seconds < 5);
    }

    private static MetricState longer(MetricState s) {
        BucketState b = s.buckets();
        return new MetricState(
                longer(s.main()),
                s.spread(),
                longer(s.tail()),
                MANY,
                null,
                s.extra() * TIMES / 3,
                s.highest() * 4 / 3,
                null,
                new BucketState(
                        b.low(),
                        b.high(),
                        b.aboveLow(),
                        b.aboveHigh(),
                        b.canaryLow() * TIMES,
                        b.canaryHigh() * TIMES,
                        b.baselineLow() * TIMES,
                        b.baselineHigh() * TIMES,
                        b.farLow(),
                        b.farHigh(),
                        b.watched(),
                        b.shares()),
                s.byPlan());
    }

    private static EProcess longer(EProcess s) {
        PhaseSums sums = s.sums();
        for (int i = 1; i < TIMES; i++) {
            sums = sums.plus(s.sums());
        }
        return new EProcess(s.up(), s.down(), s.ladder(), s.rates(), MANY, sums, s.waits());
    }

    private static Look tenOf(Look one, boolean inside) {
        MetricLook m = one.metrics().get(0);
        List<MetricLook> looks = new ArrayList<>();
        for (int k = 0; k < 10; k++) {
            looks.add(MetricLook.buckets("MON-00" + k, m.baselineBuckets(), m.canaryBuckets())
                    .withTail(
                            tail(m.baselineBuckets(), k),
                            tail(m.canaryBuckets(), k),
                            inside ? m.canaryBuckets().beyond(0.31) : null));
        }
        return new Look(LAST, one.seconds(), one.baselineRequests(), one.canaryRequests(), looks);
    }

    private static Counts tail(Buckets b, int k) {
        return new Counts(b.counts().get(9 + k), b.total());
    }

    @Test
    void badBucketsAreNoData() {
        Buckets good = new Buckets(List.of(1.0, 2.0), List.of(3.0, 4.0, 5.0));
        Map<Buckets, String> bad = Map.of(
                new Buckets(List.of(1.0, 2.0), List.of(3.0)),
                "canaryBuckets has 2 finite bounds and 1 counts",
                new Buckets(List.of(2.0, 1.0), List.of(3.0, 4.0, 5.0)),
                "canaryBuckets.bounds must be finite and ascending, but hold 1",
                new Buckets(List.of(1.0, 2.0), List.of(3.0, -4.0, 5.0)),
                "canaryBuckets.counts hold -4: did the counter reset?");
        bad.forEach((canary, fault) -> assertThat(reason(good, canary)).contains(fault));
        assertThat(reason(null, good)).contains("baseline has no buckets");
    }

    private static String reason(Buckets baseline, Buckets canary) {
        Look look = new Look(LAST, 15, 100, 100, List.of(MetricLook.buckets("lat", baseline, canary)));
        LookVerdict v = Watch.look(USUAL, Watch.start(USUAL), look).verdict();
        assertThat(v.action()).isEqualTo(Action.HOLD);
        return v.reason();
    }

    /** At 100 % the level's bucket keeps a limit, breaks it, or doesn't tell. */
    @Test
    void aLimitInsideTheBucketIsNotKeptForSure() {
        Map<Double, Verdict> expected =
                Map.of(250.0, Verdict.PASS, 100.0, Verdict.FAIL, 90.0, Verdict.FAIL, 200.0, Verdict.INCONCLUSIVE);
        expected.forEach((limit, verdict) -> {
            JudgeConfig c = JudgeConfig.of(
                    0.05,
                    List.of(MetricConfig.builder("lat", MetricKind.LATENCY)
                            .limit(limit)
                            .unit("ms")
                            .build()),
                    List.of(1.0));
            Buckets b = new Buckets(List.of(100.0, 250.0), List.of(1.0, 98.0, 1.0));
            Look look = new Look(0, 15, 0, 100, List.of(MetricLook.buckets("lat", null, b)));
            LookVerdict v = Watch.look(c, Watch.start(c), look).verdict();
            assertThat(v.findings().get(0).verdict()).isEqualTo(verdict);
            if (verdict == Verdict.INCONCLUSIVE) {
                assertThat(v.findings().get(0).reason())
                        .contains("between 100 and 250 ms", "doesn't tell whether it keeps its limit of 200 ms");
            }
        });
    }

    /** Looks wait until they are a block, as values do; what waits is asked about the same bounds, and comes back from JSON. */
    @Test
    void shortLooksWaitForABlock() throws Exception {
        IntFunction<BucketTraffic> traffic = i -> new BucketTraffic(i, FINE, 100, 0.5, 100, 3);
        assertThat(run(10, 400, USUAL, LAST, 1, traffic).promoted()).isEqualTo(10);
        Outcome harmed = run(10, 400, USUAL, LAST, 1.5, traffic);
        assertThat(harmed.stopped()).isEqualTo(10);
        assertThat(harmed.promoted()).isZero();
        WatchState s = Watch.start(USUAL);
        BucketTraffic one = traffic.apply(1);
        int waited = 0;
        for (int i = 0; i < 20; i++) {
            s = Watch.look(USUAL, s, one.look(2, 0.25, 1)).state();
            MetricState m = s.metrics().get("lat");
            waited += m.main().waits() == null ? 0 : 1;
            assertThat(m.main().seen().canaryExposure()).isGreaterThan(50.0 * (i + 1));
        }
        assertThat(waited).isPositive();
        WatchState before = s;
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readValue(json.writeValueAsString(s), WatchState.class)).isEqualTo(s);
        // what waits when a phase ends is bet on
        WatchState next = Watch.look(USUAL, before, one.look(LAST, 0.5, 1)).state();
        assertThat(next.metrics().get("lat").main().sums().clusters()).isEqualTo(Overdispersion.NONE);
        assertThat(next.metrics().get("lat").looks()).isEqualTo(1);
    }

    private static WatchState healthyUntilPromoted(JudgeConfig c, BucketTraffic traffic, int looks) {
        WatchState s = Watch.start(c);
        Action action = Action.CONTINUE;
        for (int i = 0;
                i < looks
                        || action != Action.PROMOTE
                        || s.metrics().get("lat").main().waits() != null;
                i++) {
            WatchStep step = Watch.look(c, s, traffic.look(0, 0.25, 1));
            s = step.state();
            action = step.verdict().action();
            assertThat(i).isLessThan(4 * looks);
        }
        return s;
    }

    /** Users stay with their side for ten minutes, so looks wait that long: what they say meanwhile lets nobody go. */
    @ParameterizedTest
    @EnumSource(Promotion.class)
    void harmInAnOpenBlockKeepsThePhase(Promotion promotion) {
        for (Worse worse : List.of(Worse.HIGHER, Worse.EITHER, Worse.LOWER)) {
            MetricConfig latency = MetricConfig.builder("lat", MetricKind.LATENCY)
                    .unit("ms")
                    .worse(worse)
                    .build();
            JudgeConfig c = JudgeConfig.builder(List.of(latency), List.of(0.25, 0.5, 1.0))
                    .promotion(promotion)
                    .sticky(600)
                    .longest(List.of(3600.0, 3600.0, 3600.0))
                    .build();
            BucketTraffic traffic = new BucketTraffic(3, FINE, 100, 0.5, 100);
            WatchState s = healthyUntilPromoted(c, traffic, 400);
            boolean waited = false;
            for (int i = 0; i < 80; i++) {
                WatchStep step = Watch.look(c, s, traffic.look(0, 0.25, worse == Worse.LOWER ? 0.4 : 2));
                s = step.state();
                waited |= s.metrics().get("lat").main().waits() != null;
                assertThat(step.verdict().action()).as("%s, look %d", worse, i).isNotEqualTo(Action.PROMOTE);
            }
            assertThat(waited).isTrue();
        }
    }

    /** Every other bound, as a native histogram keeps them that has too many buckets. */
    private static Buckets coarser(Buckets b) {
        List<Double> bounds = new ArrayList<>();
        List<Double> counts = new ArrayList<>();
        for (int i = 0; i < b.counts().size(); i += 2) {
            counts.add(
                    b.counts().get(i) + (i + 1 < b.counts().size() ? b.counts().get(i + 1) : 0));
            if (i + 1 < b.bounds().size()) {
                bounds.add(b.bounds().get(i + 1));
            }
        }
        return new Buckets(bounds, counts);
    }

    private static Look withBuckets(Look look, UnaryOperator<Buckets> canary, UnaryOperator<Buckets> baseline) {
        MetricLook m = look.metrics().get(0);
        return new Look(
                look.phase(),
                look.seconds(),
                look.baselineRequests(),
                look.canaryRequests(),
                List.of(MetricLook.buckets(
                        "lat", baseline.apply(m.baselineBuckets()), canary.apply(m.canaryBuckets()))));
    }

    /** Native histograms leave empty buckets out, and make their buckets coarser and finer again: other bounds at each look. */
    @Test
    void boundsThatChangeAtEachLookAreLearntOnce() {
        UnaryOperator<Buckets> same = UnaryOperator.identity();
        for (double slower : new double[] {1, 1.5}) {
            int ended = 0;
            for (int run = 0; run < 10; run++) {
                BucketTraffic traffic = new BucketTraffic(run, FINE, 100, 0.5, 100);
                WatchState s = Watch.start(USUAL);
                LookVerdict v = null;
                List<Double> watched = List.of();
                int changes = 0;
                for (int i = 0; i < HALF_AN_HOUR; i++) {
                    WatchStep step = Watch.look(
                            USUAL,
                            s,
                            withBuckets(
                                    traffic.look(LAST, 0.5, slower),
                                    i % 3 == 1 ? BucketWatchTest::coarser : same,
                                    i % 2 == 0 ? BucketWatchTest::coarser : same));
                    s = step.state();
                    v = step.verdict();
                    changes += s.metrics().get("lat").buckets().watched().equals(watched) ? 0 : 1;
                    watched = s.metrics().get("lat").buckets().watched();
                    if (v.action() == (slower == 1 ? Action.PROMOTE : Action.STOP)) {
                        ended++;
                        break;
                    }
                }
                assertThat(changes).isLessThan(5);
                assertThat(watched).hasSizeGreaterThan(3);
            }
            assertThat(ended).isEqualTo(10);
        }
    }

    /** What may exceed a far limit is the canary's in a proof, and nobody's harm. */
    @Test
    void whatLiesInTheLimitsBucketProvesNothingAndAccusesNobody() {
        EventWatch watch = new EventWatch(Allow.percent(50), Allow.percent(100), 0.002, 0);
        EProcess counted = EProcess.start(Worse.HIGHER, Bets.HARM_OF_EVENTS, EventWatch.PROOFS, false);
        EProcess open = counted;
        for (int i = 0; i < 60; i++) {
            counted = watch.look(counted, new BlockLength(15, 0), 10, 1000, 10, 1000, 0);
            open = watch.look(open, new BlockLength(15, 0), 10, 1000, 10, 1000, 200);
        }
        assertThat(counted.proven()).isGreaterThan(20);
        assertThat(open.proven()).isLessThan(1);
        assertThat(open.e()).isEqualTo(counted.e()).isLessThan(2);
    }
}
