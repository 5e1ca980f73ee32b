// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each scenario to the status it must end in. Faster than usual, so that all of them take about a minute and a half. */
class ScenarioTest {
    private static final String SPEED = "300";

    @TempDir
    private Path folder;

    @Test
    void healthyIsPromoted() throws Exception {
        RehearsalRun run = rehearse("healthy");
        assertThat(run.status()).as(run.output()).isZero();
        JsonNode report = run.report();
        assertThat(report.path("verdict").asText()).isEqualTo("promoted");
        assertThat(report.path("release").path("service").asText()).isEqualTo("checkout");
        assertThat(report.path("release").path("version").asText()).isEqualTo("2.4.0");
        assertThat(weights(report)).containsExactly(0.0, 1.0, 5.0, 25.0, 50.0, 100.0);
        assertThat(report.path("phases")).allSatisfy(p -> {
            // H3: nothing can be proved of a version that nobody reaches
            boolean reached = p.path("weight").asDouble() > 0;
            assertThat(p.path("verdict").asText()).isEqualTo(reached ? "pass" : "unproven");
            assertThat(p.path("seconds").asDouble()).isGreaterThanOrEqualTo(15 * 60);
        });
        assertThat(report.path("health")).hasSize(2).allSatisfy(h -> {
            assertThat(h.path("metric").asText()).startsWith("MON-00");
            assertThat(h.path("canary").isNumber()).isTrue();
            assertThat(h.path("baseline").isNumber()).isTrue();
            assertThat(h.path("unit").isTextual()).isTrue();
            assertThat(h.path("verdict").asText()).isEqualTo("pass");
        });
        assertThat(report.has("rollback")).isTrue();
        assertThat(report.path("rollback").isNull()).isTrue();
        assertThat(report.path("seal").path("sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(report.path("entries")).anySatisfy(e -> {
            assertThat(e.path("id").asText()).isEqualTo("DEP-003");
            assertThat(e.path("type").asText()).isEqualTo("Criteria");
            assertThat(e.path("status").asText()).isEqualTo("pass");
            assertThat(e.path("limit").asText()).contains("95");
            assertThat(e.has("value")).isTrue();
            assertThat(e.has("reason")).isTrue();
        });
        assertThat(run.out()).isDirectoryContaining("glob:**/{report.html,report.md,journal.jsonl}");
        assertThat(Files.readString(run.out().resolve("report.md"))).contains("checkout");
        assertThat(run.output()).doesNotContain("\u001b", "\r");
    }

    @Test
    void breachIsRolledBackAndConfirmed() throws Exception {
        RehearsalRun run = rehearse("breach");
        assertThat(run.status()).as(run.output()).isEqualTo(11);
        JsonNode report = run.report();
        assertThat(report.path("verdict").asText()).isEqualTo("rolled-back");
        assertThat(weights(report)).containsExactly(0.0, 1.0, 5.0, 25.0);
        assertThat(report.path("phases").path(3).path("verdict").asText()).isEqualTo("fail");
        JsonNode rollback = report.path("rollback");
        assertThat(rollback.path("confirmed").asBoolean()).isTrue();
        assertThat(rollback.path("trigger").asText()).isNotEmpty();
        for (String part : List.of("detect", "decide", "act", "confirm", "total")) {
            assertThat(rollback.path(part + "Seconds").isNumber()).as(part).isTrue();
        }
        // the wall's seconds: sped up they would be minutes
        assertThat(rollback.path("totalSeconds").asDouble()).isBetween(0.3, 60.0);
        assertThat(rollback.path("withinObjective").asBoolean()).isTrue();
    }

    @Test
    void onlyTheThresholdDecidesWhetherTheBreachCounts() throws Exception {
        Path contract = RehearsalRun.contract(folder, s -> s.replace(">2% of requests", ">90% of requests"));
        RehearsalRun run = rehearse("breach", "--contract", contract.toString());
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.report().path("verdict").asText()).isEqualTo("promoted");
        assertThat(run.report().path("health").path(0).path("canary").asDouble())
                .isBetween(20.0, 40.0);
    }

    @Test
    void slowIsRolledBack() throws Exception {
        RehearsalRun run = rehearse("slow");
        assertThat(run.status()).as(run.output()).isEqualTo(11);
        assertThat(run.report().path("rollback").path("metric").asText()).isEqualTo("MON-002");
        assertThat(run.report().path("rollback").path("confirmed").asBoolean()).isTrue();
    }

    @Test
    void silenceHoldsAndThenRollsBack() throws Exception {
        RehearsalRun run = rehearse("source-down");
        assertThat(run.status()).as(run.output()).isEqualTo(11);
        assertThat(run.report().path("rollback").path("cause").asText()).isEqualTo("no-data");
        assertThat(Files.readString(run.out().resolve("journal.jsonl")))
                .containsSubsequence("\"type\":\"held\"", "\"type\":\"breached\"", "\"type\":\"rollback-confirmed\"");
    }

    @Test
    void anotherArtifactMovesNoTraffic() throws Exception {
        RehearsalRun run = rehearse("no-go");
        assertThat(run.status()).as(run.output()).isEqualTo(10);
        assertThat(run.report().path("verdict").asText()).isEqualTo("no-go");
        assertThat(run.report().path("phases")).isEmpty();
        assertThat(run.report().path("entries")).anySatisfy(e -> {
            assertThat(e.path("id").asText()).isEqualTo("DEP-004");
            assertThat(e.path("status").asText()).isEqualTo("fail");
            assertThat(e.path("reason").asText()).contains("not the artifact");
        });
        assertThat(run.output()).contains("0 the canary");
        assertThat(Files.readString(run.out().resolve("journal.jsonl"))).doesNotContain("\"shift\"", "phase-started");
    }

    private RehearsalRun rehearse(String scenario, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--scenario", scenario, "--speed", SPEED));
        arguments.addAll(List.of(more));
        return RehearsalRun.of(folder.resolve("out"), arguments.toArray(String[]::new));
    }

    private static List<Double> weights(JsonNode report) {
        List<Double> weights = new ArrayList<>();
        report.path("phases").forEach(p -> weights.add(p.path("weight").asDouble()));
        return weights;
    }
}
