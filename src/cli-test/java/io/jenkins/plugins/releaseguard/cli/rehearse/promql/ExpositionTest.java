// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Family.Kind;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Family.Outcome;
import io.jenkins.plugins.releaseguard.contract.Margin;
import io.jenkins.plugins.releaseguard.contract.Metric;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpositionTest {
    @Test
    void theUsualNamesStayAsTheyAre() {
        Metric rate = rate(
                "sum(increase(http_requests_total{code=~\"5..\",track=\"$track\"}[$window]))",
                "sum(increase(http_requests_total{track=\"$track\"}[$window]))");
        assertThat(Exposition.of(List.of(rate)).families()).isEqualTo(Family.USUAL);
    }

    @ParameterizedTest(name = "{0}, {1}, {2}, {3}: {4}")
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
        {code=~"5..",version="$track"}        | {version="$track"}         | code    | 200     | 500
        {status="5xx",version="$track"}       | {version="$track"}         | status  | 2xx     | 5xx
        {code!~"[23]..",v="app-$track"}       | {v="app-$track"}           | code    | 200     | 500
        {outcome="SERVER_ERROR",v="$track"}   | {v="$track"}               | outcome | SUCCESS | SERVER_ERROR
        {grpc_code!="OK",v="$track",job="a"}  | {v="$track",job="a"}       | grpc_code | OK    | Internal
        {kind="lost",v="$track"}              | {v="$track"}               | kind    | none    | lost
        """)
    void findsHowFailuresAreTold(String errors, String total, String label, String good, String bad) {
        Metric rate =
                rate("sum(rate(orders_total" + errors + "[$window]))", "sum(rate(orders_total" + total + "[$window]))");
        Family family = named(Exposition.of(List.of(rate)), "orders_total");
        assertThat(family.kind()).isEqualTo(Kind.REQUESTS);
        assertThat(family.outcomes()).isEqualTo(Map.of(label, new Outcome(good, bad)));
        Expr.Selector selector = (Expr.Selector) parse("orders_total" + errors.replace("$track", "canary"));
        assertThat(selector.matchers()).allMatch(m -> m.matches(family.labels("canary", false, null)));
        assertThat(selector.matchers()).anyMatch(m -> !m.matches(family.labels("canary", true, null)));
        assertThat(selector.matchers()).anyMatch(m -> !m.matches(family.labels("baseline", false, null)));
    }

    @Test
    void failuresMayHaveANameOfTheirOwn() {
        Exposition exposition = Exposition.of(List.of(rate(
                "sum(increase(failed_total{v=\"$track\"}[$window])) or vector(0)",
                "sum(increase(all_total{v=\"$track\"}[$window]))")));
        assertThat(named(exposition, "failed_total").kind()).isEqualTo(Kind.ERRORS);
        assertThat(named(exposition, "all_total").kind()).isEqualTo(Kind.REQUESTS);
    }

    @Test
    void histogramsHaveBoundsInTheirUnit() {
        Metric latency = metric(
                Metric.Kind.LATENCY,
                new Metric.Query(
                        "",
                        "",
                        "sum by (le) (increase(took_milliseconds_bucket{v=\"$track\",route=\"/pay\"}[$window]))",
                        "",
                        250));
        Family family = named(Exposition.of(List.of(latency)), "took_milliseconds_bucket");
        assertThat(family.kind()).isEqualTo(Kind.BUCKETS);
        assertThat(family.factor()).isEqualTo(1000);
        assertThat(family.constants()).isEqualTo(Map.of("route", "/pay"));
    }

    @Test
    void gaugesAreRequestsUnderWay() {
        Metric gauge = metric(Metric.Kind.GAUGE, new Metric.Query("", "", "", "busy{v=\"$track\"}", Double.NaN));
        assertThat(named(Exposition.of(List.of(gauge)), "busy").kind()).isEqualTo(Kind.IN_FLIGHT);
    }

    @Test
    void whatCanNotBeAnsweredIsSaid() {
        Metric gauge =
                metric(Metric.Kind.GAUGE, new Metric.Query("", "", "", "busy{v=\"$track\"} > bool 3", Double.NaN));
        Exposition exposition = Exposition.of(List.of(gauge));
        assertThat(exposition.unanswered()).singleElement().asString().contains("MON-1", "parse error");
        assertThat(exposition.families()).isEqualTo(Family.USUAL);
    }

    private static Family named(Exposition exposition, String name) {
        return exposition.families().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Expr parse(String text) {
        try {
            return Parser.parse(text);
        } catch (PromqlException e) {
            throw new AssertionError(e);
        }
    }

    private static Metric rate(String errors, String total) {
        return metric(Metric.Kind.RATE, new Metric.Query(errors, total, "", "", Double.NaN));
    }

    private static Metric metric(Metric.Kind kind, Metric.Query query) {
        return new Metric(
                "MON-1",
                "one",
                kind,
                "",
                "prometheus",
                Metric.Worse.HIGHER,
                true,
                false,
                "",
                1,
                Margin.NONE,
                query,
                null,
                null);
    }
}
