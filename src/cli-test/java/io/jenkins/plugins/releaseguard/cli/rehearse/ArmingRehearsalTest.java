// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * F1, F2, F12: a contract whose metrics aren't there or mean something else than it says is not begun, and the sentence comes before any
 * traffic moves.
 */
class ArmingRehearsalTest {
    private static final String PAGE = """
        # HELP http_requests_total Requests.
        # TYPE http_requests_total counter
        http_requests_total{code="200",instance="a"} 1027
        http_requests_total{code="500",instance="a"} 3
        # TYPE http_request_duration_seconds histogram
        http_request_duration_seconds_bucket{le="0.1"} 33
        http_request_duration_seconds_bucket{le="+Inf"} 144
        http_request_duration_seconds_sum 53.4
        http_request_duration_seconds_count 144
        process_open_fds 12
        """;

    @TempDir
    Path dir;

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "errors ; shop:errors:rate5m{track=\"$track\"} ; errors counts requests of the look, and this is a recording rule",
                "histogram ; rq_time_bucket{track=\"$track\"} ; the histogram's highest bound would be 10 ms"
            })
    void whatCannotBeWatchedIsNotBegun(String field, String query, String said) throws Exception {
        Path contract = RehearsalRun.contract(
                dir,
                text -> text.replaceFirst(
                        "(?m)^    " + field + ": .*$", "    " + field + ": " + query.replace("$", "\\$")));
        RehearsalRun run =
                RehearsalRun.of(dir.resolve("out"), "--contract", contract.toString(), "--scenario", "healthy");
        assertNotBegun(run, said);
    }

    private static void assertNotBegun(RehearsalRun run, String said) throws IOException {
        assertThat(run.status()).as(run.output()).isEqualTo(13);
        assertThat(run.output())
                .contains("issue: Before any traffic moves: MON-00")
                .contains(said)
                .contains("HALTED");
        assertThat(run.output()).doesNotContain("phase 1 of").contains("0 the canary");
        assertThat(run.report().path("phases")).isEmpty();
    }

    /** The service exports what it always did; the contract has one letter wrong, or the service was changed. */
    @ParameterizedTest(name = "{0} is exported as {1}")
    @CsvSource({
        "http_requests_total, http_request_total, total: no series http_requests_total",
        "http_requests_total, http_requests_handled_total, total: no series http_requests_total",
        "http_request_duration_seconds_bucket, http_request_latency_seconds_bucket,"
                + " histogram: no series http_request_duration_seconds_bucket"
    })
    void aNameThatTheServiceDoesNotExportIsNotBegun(String asked, String exported, String said) throws Exception {
        Path page = Files.writeString(dir.resolve("metrics.txt"), PAGE.replace(asked, exported));
        RehearsalRun run = RehearsalRun.of(dir.resolve("out"), "--exports", page.toString(), "--scenario", "healthy");
        assertNotBegun(run, said);
        assertThat(run.output().replaceAll("\\s+", " "))
                .contains("and none of that name at all; near to it: " + exported);
    }

    /** The same page with the right names: begun, and watched by it. */
    @Test
    void whatTheServiceExportsIsWatched() throws Exception {
        Path page = Files.writeString(dir.resolve("metrics.txt"), PAGE);
        RehearsalRun run = RehearsalRun.of(dir.resolve("out"), "--exports", page.toString(), "--scenario", "breach");
        assertThat(run.status()).as(run.output()).isEqualTo(11);
        assertThat(run.output()).contains("BREACH: ");
    }
}
