// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportedNamesTest {
    @TempDir
    Path dir;

    private List<String> names(String page) throws IOException {
        return ExportedNames.of(Files.writeString(dir.resolve("page"), page));
    }

    @Test
    void takesEachNameOnce() throws Exception {
        assertThat(
                        names(
                                "# TYPE a counter\na{x=\"1\"} 2\r\na{x=\"2\"} NaN\n\nb 7 1700000000000\n c +Inf\n<html>\nd e\n"))
                .containsExactly("a", "b", "c");
    }

    @Test
    void aPageWithoutMetricsIsNone() {
        assertThatThrownBy(() -> names("<html>Sign in</html>"))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(
                        "page has no metric in Prometheus' text format: take what the service's /metrics says");
    }

    @Test
    void noMoreThanCanBeKept() throws Exception {
        String page = IntStream.range(0, 1000).mapToObj(i -> "m" + i + " 1").collect(Collectors.joining("\n"));
        assertThat(names(page)).hasSize(300).endsWith("m299");
    }

    @Test
    void onlyWhatIsExportedIsThereAndAsTheContractAsksForIt() {
        List<Family> families = ExportedNames.families(
                Family.USUAL, List.of("http_requests_total", "http_requests_sum", "jobs_total", "up_since"));
        assertThat(families).extracting(Family::name).containsExactly("http_requests_total", "jobs_total", "up_since");
        assertThat(families.get(0)).isEqualTo(Family.USUAL.get(0));
        assertThat(families)
                .extracting(Family::kind)
                .containsExactly(Family.Kind.REQUESTS, Family.Kind.REQUESTS, Family.Kind.IN_FLIGHT);
    }
}
