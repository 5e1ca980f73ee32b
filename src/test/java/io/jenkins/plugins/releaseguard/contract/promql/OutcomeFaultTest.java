// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import io.jenkins.plugins.releaseguard.contract.Metric.Worse;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F2: a metric that is watched the wrong way round is quiet however bad the release is. C stands for a counter's increase over the look. */
class OutcomeFaultTest {
    private static final String ALL = "C(a_total)";

    @ParameterizedTest(name = "{0}, worse {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "C(nginx_ingress_controller_requests{status!~\"[4-5].*\"}) ; higher ; (C(a_total)) - (C(nginx_ingress_controller_requests{status!~\"[4-5].*\"}))",
                "C(http_requests_total{code=~\"2..\"}) ; higher ; (C(a_total)) - (C(http_requests_total{code=~\"2..\"}))",
                "C(http_requests_total{code=\"200\"}) ; higher ; (C(a_total)) - (C(http_requests_total{code=\"200\"}))",
                "C(http_requests_total{code!~\"5..\"}) ; higher ; (C(a_total)) - (C(http_requests_total{code!~\"5..\"}))",
                "C(grpc_server_handled_total{grpc_code=\"OK\"}) ; higher ; (C(a_total)) - (C(grpc_server_handled_total{grpc_code=\"OK\"}))",
                "C(rpc_total{rpc_grpc_status_code=\"0\"}) ; higher ; (C(a_total)) - (C(rpc_total{rpc_grpc_status_code=\"0\"}))",
                "C(response_total{classification=\"success\"}) ; higher ; (C(a_total)) - (C(response_total{classification=\"success\"}))",
                "C(http_server_requests_seconds_count{exception=\"None\"}) ; higher ; (C(a_total)) - (C(http_server_requests_seconds_count{exception=\"None\"}))",
                "C(calls_total{error=\"false\"}) ; higher ; (C(a_total)) - (C(calls_total{error=\"false\"}))",
                "C(calls_total{success=\"true\"}) ; higher ; (C(a_total)) - (C(calls_total{success=\"true\"}))",
                "C(jobs_succeeded_total) ; higher ; (C(a_total)) - (C(jobs_succeeded_total))",
                "C(a_total) - C(a_failures_total) ; higher ; (C(a_total)) - (C(a_total) - C(a_failures_total))",
                "C(http_requests_total{code=~\"5..\"}) ; lower ; higher",
                "C(http_requests_total{code=~\"5..\"}) ; higher ; ",
                "C(http_requests_total{code=~\"5..\"}) or vector(0) ; higher ; ",
                "C(http_requests_total{code=~\"[45]..\"}) ; higher ; ",
                "C(http_requests_total{code=\"429\"}) + C(http_requests_total{code=~\"5..\"}) ; higher ; ",
                "C(http_requests_total{code!~\"2..|3..\"}) ; higher ; ",
                "C(http_requests_total{code!=\"404\"}) ; higher ; ",
                "C(http_requests_total{code=~\"2..\"}) ; lower ; ",
                "C(http_requests_total{code=~\"2..\"}) ; either ; ",
                "C(grpc_server_handled_total{grpc_code!=\"OK\"}) ; higher ; ",
                "C(http_server_requests_seconds_count{exception!=\"None\"}) ; higher ; ",
                "C(calls_total{error=\"true\"}) ; higher ; ",
                "C(success_total{success=\"false\"}) ; higher ; ",
                "C(a_total) - C(a_success_total) ; higher ; ",
                "C(a_total) ; higher ; ",
                "C(cache_total{result=\"hit\"}) ; higher ; ",
                "C(dns_total{status=~\"\"}) ; higher ; ",
                "C(x_total{status=~\"(\"}) ; higher ; "
            })
    void errorsOfARate(String errors, String worse, String written) {
        assertThat(changed(rate(errors, ALL, worse))).isEqualTo(written);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "C(a_total{code=~\"2..\"}) ; (C(a_total{code=~\"2..\"})) + (C(a_total{code=~\"5..\"}))",
                "C(a_total{code!~\"5..\"}) ; (C(a_total{code!~\"5..\"})) + (C(a_total{code=~\"5..\"}))",
                "C(a_success_total) ; (C(a_success_total)) + (C(a_total{code=~\"5..\"}))",
                "C(a_total) ; ",
                "C(a_total{code!=\"404\"}) ; ",
                "C(a_success_total) + C(a_failures_total) ; "
            })
    void totalOfARate(String total, String written) {
        assertThat(changed(rate("C(a_total{code=~\"5..\"})", total, "higher"))).isEqualTo(written);
    }

    @ParameterizedTest(name = "{0} {1}, worse {2}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "gauge ; C(a_total{code!~\"5..\"}) / C(a_total) * 100 ; higher ; lower",
                "gauge ; 100 * C(a_total{code=~\"2..\"}) / C(a_total) ; higher ; lower",
                "gauge ; 1 - C(a_total{code=~\"5..\"}) / C(a_total) ; higher ; lower",
                "gauge ; (1 - (C(a_total{code=~\"5..\"}) / C(a_total))) * 100 ; higher ; lower",
                "gauge ; avg(probe_success{track=\"$track\"}) ; higher ; lower",
                "count ; C(orders_succeeded_total) ; higher ; lower",
                "gauge ; C(a_total{code=~\"5..\"}) / C(a_total) ; lower ; higher",
                "gauge ; C(a_total{code=~\"5..\"}) / C(a_total) ; higher ; ",
                "gauge ; C(a_total{code!~\"5..\"}) / C(a_total) ; lower ; ",
                "gauge ; C(a_total{code=~\"5..\"}) / C(a_total{code=~\"2..\"}) ; higher ; ",
                "gauge ; avg(queue_length{track=\"$track\"}) ; higher ; ",
                "latency ; avg(success_seconds{track=\"$track\"}) ; higher ; "
            })
    void levels(String kind, String values, String worse, String written) {
        Metric metric = metric(kind, worse, new Query("", "", "", real(values), Double.NaN));
        assertThat(changed(metric)).isEqualTo(written);
    }

    private static Metric rate(String errors, String total, String worse) {
        return metric("rate", worse, new Query(real(errors), real(total), "", "", Double.NaN));
    }

    private static Metric metric(String kind, String worse, Query query) {
        return new Metric(
                "MON-001",
                "",
                Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                "",
                "p",
                Worse.valueOf(worse.toUpperCase(Locale.ROOT)),
                true,
                false,
                "",
                1,
                null,
                query,
                null,
                null);
    }

    /** The only value that the fix writes; null for no fault. What it writes has no fault of its own. */
    private static String changed(Metric metric) {
        OutcomeFault.Found found = OutcomeFault.of(metric);
        if (found == null) {
            return null;
        }
        assertThat(found.fault().change()).hasSize(1);
        var change = found.fault().change().entrySet().iterator().next();
        Query q = metric.query();
        boolean direction = change.getKey().equals("worse");
        Metric mended = metric(
                metric.kind().name(),
                direction ? change.getValue() : metric.worse().name(),
                new Query(
                        change.getKey().equals("errors") ? change.getValue() : q.errors(),
                        change.getKey().equals("total") ? change.getValue() : q.total(),
                        q.histogram(),
                        q.values(),
                        Double.NaN));
        assertThat(OutcomeFault.of(mended)).isNull();
        assertThat(MetricQueries.of(mended))
                .allSatisfy(r -> assertThat(r.fault()).isNull());
        return change.getValue()
                .replaceAll("sum\\(increase\\((.*?)(?:,|\\{)track=\"\\$track\"}\\[\\$window]\\)\\)", "C($1})")
                .replaceAll("C\\(([^{}]*)}\\)", "C($1)");
    }

    private static String real(String shorter) {
        return shorter.replaceAll("C\\((\\w+)\\)", "sum(increase($1{track=\"\\$track\"}[\\$window]))")
                .replaceAll("C\\((\\w+\\{.*?)}\\)", "sum(increase($1,track=\"\\$track\"}[\\$window]))");
    }
}
