// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSettings;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource;
import io.jenkins.plugins.releaseguard.rollout.runner.SourceReadings;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.FakeCheckContext;
import io.jenkins.plugins.releaseguard.testing.ProcessFixture;
import io.jenkins.plugins.releaseguard.testing.ServicesFixture;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** E7: a month's budget by a real Prometheus that has the month, a part of it, or has dropped it. */
@Tag("integration")
class RealBudgetTest {
    private static final Duration BETWEEN_SCRAPES = Duration.ofMinutes(4);
    private static final long EACH = 100;

    /** So that no rounding decides what is said. */
    private static final Duration SHORT_OF_IT = Duration.ofHours(6);

    @TempDir
    Path dir;

    /** A service without a canary: of 1 000 requests one fails. */
    private void backfill(int days, Instant end) throws Exception {
        StringBuilder text = new StringBuilder("# TYPE http_requests counter\n");
        for (String code : new String[] {"200", "500"}) {
            long count = 0;
            for (Instant at = end.minus(Duration.ofDays(days)).plus(SHORT_OF_IT);
                    !at.isAfter(end);
                    at = at.plus(BETWEEN_SCRAPES)) {
                count += EACH;
                text.append("http_requests_total{track=\"baseline\",code=\"%s\"} %d %d%n"
                        .formatted(code, code.equals("200") ? count * 999 / 1000 : count / 1000, at.getEpochSecond()));
            }
        }
        Path file = Files.writeString(dir.resolve("month.txt"), text.append("# EOF\n"));
        Process promtool = new ProcessBuilder(
                        ProcessFixture.find("promtool"),
                        "tsdb",
                        "create-blocks-from",
                        "openmetrics",
                        "--quiet",
                        file.toString(),
                        dir.resolve("tsdb").toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("promtool.log").toFile())
                .start();
        assertThat(promtool.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(promtool.exitValue())
                .as(Files.readString(dir.resolve("promtool.log")))
                .isZero();
    }

    @ParameterizedTest(name = "{0} days of data, {1} kept, {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "31 | 60d | {metric: MON-001}              | PASS    | 90 % of the error budget of MON-001 over 30 d is left",
                "5  | 60d | {metric: MON-001}              | UNKNOWN | reach back 4 d",
                "5  | 60d | '{metric: MON-001, reaches: 4d}' | PASS  | of the error budget of MON-001 over 30 d is left",
                "31 | 10d | {metric: MON-001}              | UNKNOWN | reach back",
            })
    void whatIsSaidOfAMonthIsOfAMonth(int days, String kept, String check, Status status, String said)
            throws Exception {
        ServicesFixture.need("prometheus", "promtool");
        Instant now = FakeCheckContext.NOW;
        backfill(days, now);
        Path config = Files.writeString(dir.resolve("prometheus.yml"), "global: {scrape_interval: 1h}\n");
        int port = ProcessFixture.freePort();
        String url = "http://127.0.0.1:" + port;
        try (ProcessFixture children = new ProcessFixture(dir)) {
            children.start(
                    "prometheus",
                    ProcessFixture.find("prometheus"),
                    "--config.file=" + config,
                    "--storage.tsdb.path=" + dir.resolve("tsdb"),
                    "--storage.tsdb.retention.time=" + kept,
                    "--web.listen-address=127.0.0.1:" + port,
                    "--log.level=warn");
            children.awaitHttp(url + "/-/ready");
            PrometheusSource source = new PrometheusSource(PrometheusSettings.of(URI.create(url)));
            Evidence evidence = CheckFixture.at("budget: " + check, context(source, now));
            assertThat(evidence.status()).as("%s", evidence).isEqualTo(status);
            assertThat(evidence.reason()).contains(said);
            assertThat(evidence.looked()).contains(", data since 20");
            if (status == Status.UNKNOWN) {
                assertThat(evidence.reason()).contains("and 30 d are asked for: what was before is not known");
                assertThat(evidence.fix())
                        .contains("--storage.tsdb.retention.time")
                        .contains("say so with reaches: " + (days == 5 ? "4d" : ""));
            }
        }
    }

    private static FakeCheckContext context(PrometheusSource source, Instant now) {
        return new FakeCheckContext().contracting("""
                    metrics:
                      - id: MON-001
                        name: error rate
                        kind: rate
                        source: prometheus
                        errors: sum(increase(http_requests_total{code=~"5..",track="$track"}[$window]))
                        total: sum(increase(http_requests_total{track="$track"}[$window]))
                        objective: {target: 99%, period: 30d}
                    """).readings(new SourceReadings(source, InstantSource.fixed(now)));
    }
}
