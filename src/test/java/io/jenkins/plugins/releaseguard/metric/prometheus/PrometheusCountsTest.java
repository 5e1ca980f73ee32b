// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import static io.jenkins.plugins.releaseguard.testing.FakePrometheus.at;
import static io.jenkins.plugins.releaseguard.testing.FakePrometheus.metric;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import io.jenkins.plugins.releaseguard.journal.Event.Sample;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.testing.FakePrometheus;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusCountsTest {
    private static final Metric RATE = FakePrometheus.rate(
            "sum(increase(req_total{code=~\"5..\",track=\"$track\"}[$window]))",
            "sum(increase(req_total{track=\"$track\"}[$window]))");
    private FakePrometheus prometheus;
    private PrometheusSource source;

    @BeforeEach
    void start() throws Exception {
        prometheus = new FakePrometheus();
        source = new PrometheusSource(prometheus.settings());
        for (String track : List.of("canary", "baseline")) {
            requests(0, track, 100, 10);
        }
    }

    @AfterEach
    void stop() {
        prometheus.close();
    }

    private void requests(double second, String track, double ok, double failed) {
        prometheus.store(second, ok, "req_total", "track", track, "code", "200", "job", "j", "instance", track + ":1");
        if (failed > 0) {
            prometheus.store(
                    second, failed, "req_total", "track", track, "code", "500", "job", "j", "instance", track + ":1");
        }
    }

    private Sample look(double from, double to) throws Exception {
        return look(RATE, from, to);
    }

    private Sample look(Metric metric, double from, double to) throws Exception {
        return source.read(List.of(metric), at(from), at(to)).get(0);
    }

    private static void counts(
            Sample sample, double canaryErrors, double canaryTotal, double baselineErrors, double baselineTotal) {
        assertThat(sample.missing()).isNull();
        assertThat(List.of(
                        sample.canaryErrors(), sample.canaryTotal(), sample.baselineErrors(), sample.baselineTotal()))
                .containsExactly(canaryErrors, canaryTotal, baselineErrors, baselineTotal);
    }

    @Test
    void countsAreDifferencesBetweenScrapesHoweverFewThereAre() throws Exception {
        requests(4, "canary", 110, 13);
        requests(4, "baseline", 200, 11);
        counts(look(0, 5), 3, 13, 1, 101);
        requests(9, "canary", 111, 13);
        requests(9, "baseline", 201, 11);
        counts(look(5, 10), 0, 1, 0, 1);
    }

    @Test
    void aScrapeThatIsStoredLateIsCountedInTheNextLook() throws Exception {
        requests(1, "canary", 101, 10);
        requests(1, "baseline", 101, 10);
        counts(look(0, 5), 0, 1, 0, 1);
        requests(4.9, "canary", 150, 20); // began before 5, ended after
        requests(6, "baseline", 102, 10);
        counts(look(5, 10), 10, 59, 0, 1);
    }

    @Test
    void aScrapeSeenTwiceIsNoLook() throws Exception {
        requests(4, "canary", 110, 13);
        requests(4, "baseline", 200, 11);
        look(0, 5);
        Sample again = look(5, 6);
        assertThat(again.missing()).isEqualTo("no new scrape since " + at(4));
        assertThat(again.canaryTotal()).isNull();
    }

    @Test
    void aLookThatWasNotUsedIsCoveredByTheNextFromTheSameBeginning() throws Exception {
        requests(4, "canary", 110, 13);
        assertThat(look(0, 5).missing()).startsWith("baseline: no new scrape since");
        requests(8, "canary", 111, 14);
        requests(8, "baseline", 101, 10);
        counts(look(0, 10), 4, 15, 0, 1);
        requests(14, "canary", 112, 14);
        requests(14, "baseline", 102, 10);
        counts(look(10, 15), 0, 1, 0, 1);
    }

    @Test
    void aNewSourceGoesBackToWhereTheLookBegins() throws Exception {
        requests(4, "canary", 110, 13);
        requests(4, "baseline", 200, 11);
        look(0, 5);
        requests(9, "canary", 120, 14);
        requests(9, "baseline", 220, 11);
        source = new PrometheusSource(prometheus.settings());
        counts(look(5, 10), 1, 11, 0, 20);
    }

    @Test
    void aRestartOfTheServiceStartsItsCounterAtZero() throws Exception {
        requests(2, "canary", 150, 20);
        requests(3, "canary", 2, 1);
        requests(4, "canary", 160, 30); // above the first value again: still a restart
        requests(4, "baseline", 101, 10);
        counts(look(0, 5), 40, 250, 0, 1);
    }

    @Test
    void theFirstErrorOfATargetThatWasScrapedBeforeCountsFromZero() throws Exception {
        for (double t : new double[] {20, 24}) {
            prometheus.store(t, 100, "req_total", "track", "canary", "code", "200", "job", "j", "instance", "new:1");
            prometheus.store(t, 100, "req_total", "track", "baseline", "code", "200", "job", "j", "instance", "old:1");
        }
        prometheus.store(24, 7, "req_total", "track", "canary", "code", "503", "job", "j", "instance", "new:1");
        source = new PrometheusSource(prometheus.settings());
        counts(look(20, 25), 7, 7, 0, 0);
    }

    @Test
    void aTargetThatComesLaterBeginsWithItsFirstScrape() throws Exception {
        requests(4, "canary", 101, 10);
        requests(4, "baseline", 101, 10);
        prometheus.store(3, 1e6, "req_total", "track", "baseline", "code", "200", "job", "j", "instance", "another:1");
        prometheus.store(
                4, 1e6 + 5, "req_total", "track", "baseline", "code", "200", "job", "j", "instance", "another:1");
        counts(look(0, 5), 0, 1, 0, 6);
    }

    @Test
    void aTargetThatWasUpButHadNotCountedYetBeginsAtZero() throws Exception {
        requests(4, "canary", 101, 10);
        requests(4, "baseline", 101, 10);
        prometheus.store(-1, 1, "up", "track", "canary", "job", "j", "instance", "fresh:1");
        prometheus.store(4, 9, "req_total", "track", "canary", "code", "200", "job", "j", "instance", "fresh:1");
        counts(look(0, 5), 0, 10, 0, 1);
    }

    /** F1: its target is up all the while. */
    @Test
    void requestsOfASideWithoutASeriesAreNoDataAndNever0Of0() throws Exception {
        Metric other = FakePrometheus.rate(
                "increase(orders_total{ok=\"no\",track=\"$track\"}[$window])",
                "increase(orders_total{track=\"$track\"}[$window])");
        prometheus.store(-1, 1, "up", "track", "baseline", "job", "j", "instance", "baseline:1");
        prometheus.store(1, 5, "orders_total", "track", "baseline", "ok", "yes", "job", "j", "instance", "baseline:1");
        assertThat(look(other, 0, 5).missing())
                .startsWith("canary: no series orders_total")
                .contains("export its requests at 0");
        prometheus.store(2, 1, "up", "track", "canary", "job", "j", "instance", "canary:1");
        Sample up = look(other, 0, 5);
        assertThat(up.missing()).startsWith("canary: no series orders_total").contains("no data, and not 0");
        assertThat(up.canaryTotal()).isNull();
        assertThat(up.baselineTotal()).isEqualTo(5);
        prometheus.store(3, 0, "orders_total", "track", "canary", "ok", "yes", "job", "j", "instance", "canary:1");
        counts(look(other, 0, 5), 0, 0, 0, 5);
    }

    @Test
    void orVectorZeroMakesNothingZero() throws Exception {
        Metric other = FakePrometheus.rate(
                "sum(rate(fail_total{track=\"$track\"}[$window])) or vector(0)",
                "sum by (job) (increase(req_total{track=\"$track\"}[$window])) or vector(0)");
        requests(4, "canary", 105, 10);
        requests(4, "baseline", 101, 10);
        counts(look(other, 0, 5), 0, 5, 0, 1);
    }

    @Test
    void errorsOfAMetricThatNowhereExistsAreUnknownNotZero() throws Exception {
        Metric other = FakePrometheus.rate("fail_total{track=\"$track\"}", "req_total{track=\"$track\"}");
        requests(4, "canary", 105, 10);
        requests(4, "baseline", 101, 10);
        prometheus.fixed.put(
                "count(fail_total)", "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}");
        assertThat(look(other, 0, 5).missing())
                .contains("no series fail_total at all")
                .contains("or vector(0)");
        prometheus.fixed.put(
                "count(fail_total)",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"1\"]}]}}");
        counts(look(other, 0, 5), 0, 5, 0, 1);
    }

    @Test
    void errorsSelectedByALabelThatNoSeriesHasAreUnknownNotZero() throws Exception {
        requests(4, "canary", 105, 10);
        requests(4, "baseline", 101, 10);
        Metric typo = FakePrometheus.rate(
                "sum(increase(req_total{status=~\"5..\",track=\"$track\"}[$window]))",
                "sum(increase(req_total{track=\"$track\"}[$window]))");
        assertThat(look(typo, 0, 5).missing())
                .contains("label status, which no series of the total has")
                .contains("code");
    }

    @Test
    void withoutTrackBothSidesWouldBeTheSame() throws Exception {
        Metric global =
                FakePrometheus.rate("increase(req_total{code=\"500\"}[$window])", "increase(req_total[$window])");
        assertThat(look(global, 0, 5).missing()).contains("has no $track");
        assertThat(prometheus.asked).isEmpty();
    }

    @Test
    void theVariantsLabelsCanBeNamed() throws Exception {
        source = new PrometheusSource(prometheus.settings().withTracks("next", "stable"));
        for (double t : new double[] {0, 4}) {
            prometheus.store(t, 10 + t, "req_total", "track", "next", "code", "200", "instance", "a");
            prometheus.store(t, 10 + 2 * t, "req_total", "track", "stable", "code", "200", "instance", "b");
        }
        counts(look(0, 5), 0, 4, 0, 8);
    }

    @Test
    void anotherShapeIsEvaluatedByPrometheusOverTheExactWindow() throws Exception {
        Metric other = FakePrometheus.rate(
                "sum(increase(a{track=\"$track\"}[$window] offset 1m))",
                "sum(increase(b{track=\"$track\"}[$window] offset 1m))");
        for (String track : List.of("canary", "baseline")) {
            fix("sum(increase(a{track=\"" + track + "\"}[5250ms] offset 1m))", "3.5");
            fix("sum(increase(b{track=\"" + track + "\"}[5250ms] offset 1m))", "70");
        }
        counts(look(other, 0, 5.25), 3.5, 70, 3.5, 70);
        fix("sum(increase(b{track=\"canary\"}[5250ms] offset 1m))", "NaN");
        assertThat(look(other, 0, 5.25).missing()).startsWith("canary: NaN");
        prometheus.fixed.put(
                "sum(increase(b{track=\"canary\"}[5250ms] offset 1m))",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}");
        assertThat(look(other, 0, 5.25).missing()).contains("two scrapes in the window");
        fix("sum(increase(b{track=\"canary\"}[5250ms] offset 1m))", "-1");
        assertThatThrownBy(() -> look(other, 0, 5.25))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("not believed");
    }

    private void fix(String query, String value) {
        prometheus.fixed.put(
                query,
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\""
                        + value + "\"]}]}}");
    }

    @Test
    void moreErrorsThanRequestsAreNotBelieved() throws Exception {
        Metric swapped =
                FakePrometheus.rate("req_total{track=\"$track\"}", "req_total{code=~\"5..\",track=\"$track\"}");
        requests(4, "canary", 110, 13);
        requests(4, "baseline", 200, 11);
        assertThatThrownBy(() -> look(swapped, 0, 5))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("13.0 errors among 3.0 requests of the canary")
                .hasMessageContaining("select the same requests");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -5})
    void whatNoCounterCanHaveIsNotBelieved(double value) {
        requests(4, "canary", value, 13);
        requests(4, "baseline", 200, 11);
        assertThatThrownBy(() -> look(0, 5))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("no count can have");
    }

    @Test
    void aCountHasItsIncrease() throws Exception {
        Metric orders = metric(
                Kind.COUNT,
                "",
                new Query("", "", "", "sum(increase(req_total{track=\"$track\"}[$window]))", Double.NaN));
        requests(4, "canary", 110, 10);
        requests(4, "baseline", 120, 10);
        Sample sample = look(orders, 0, 5);
        assertThat(sample.canaryErrors()).isEqualTo(10);
        assertThat(sample.baselineErrors()).isEqualTo(20);
        assertThat(sample.canaryTotal()).isNull();
    }

    @Test
    void aGaugeHasEachNewScrapeOnce() throws Exception {
        Metric gauge = metric(Kind.GAUGE, "", new Query("", "", "", "queue{track=\"$track\"}", Double.NaN));
        for (int t = 0; t <= 12; t += 2) {
            prometheus.store(t, t == 4 ? Double.NaN : -t, "queue", "track", "canary");
            prometheus.store(t, t, "queue", "track", "baseline");
        }
        assertThat(look(gauge, 0, 5).canaryValues()).containsExactly(-2.0);
        Sample next = look(gauge, 5, 10);
        assertThat(next.canaryValues()).containsExactly(-6.0, -8.0, -10.0);
        assertThat(next.baselineValues()).containsExactly(6.0, 8.0, 10.0);
        assertThat(look(gauge, 10, 11).missing()).isEqualTo("no new scrape since " + at(10));
    }

    @Test
    void aLookWithoutTimeIsRefused() {
        assertThatThrownBy(() -> look(5, 5)).isInstanceOf(SourceException.class).hasMessageContaining("covers no time");
    }
}
