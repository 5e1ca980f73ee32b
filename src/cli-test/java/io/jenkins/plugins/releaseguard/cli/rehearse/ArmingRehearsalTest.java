// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** F2, F12: a contract whose metrics mean something else than it says is not begun, and the sentence comes before any traffic moves. */
class ArmingRehearsalTest {
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
        assertThat(run.status()).as(run.output()).isEqualTo(13);
        assertThat(run.output())
                .contains("issue: Before any traffic moves: MON-00")
                .contains(said)
                .contains("HALTED");
        assertThat(run.output()).doesNotContain("phase 1 of").contains("0 the canary");
        assertThat(run.report().path("phases")).isEmpty();
    }
}
