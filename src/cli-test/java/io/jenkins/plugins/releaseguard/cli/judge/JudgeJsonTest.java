// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** What the judge says in JSON is described: a key that the published schema doesn't have is a mistake. */
class JudgeJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path dir;

    private String err;

    private List<String> run(Callable<Integer> command, String... args) {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(errors))
                .execute(args);
        err = errors.toString();
        return out.toString().lines().toList();
    }

    private static void fit(List<String> lines) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                .getSchema(Files.readString(Path.of("docs/judge-v1.schema.json")));
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            assertThat(schema.validate(JSON.readTree(line))).as(line).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"guard", "kayenta"})
    void aComparison(String profile) throws IOException {
        Path file = Files.writeString(dir.resolve("in.json"), """
            {"metrics": [
              {"id": "l", "kind": "latency", "group": "a", "baseline": [20, 11, 17, 12, 15], "canary": [19, 22, 16, 29, 24]},
              {"id": "m", "kind": "latency", "group": "b", "baseline": [], "canary": [1]}%s]}
            """.formatted(
                        profile.equals("guard")
                                ? ", {\"id\": \"e\", \"kind\": \"rate\", \"share\": 0.05, \"baseline\": {\"errors\": 20, \"total\": 950},"
                                        + " \"canary\": {\"errors\": 10, \"total\": 50}}"
                                : ""));

        fit(run(new JudgeCommand(), "--format", "json", "--profile", profile, file.toString()));
    }

    @Test
    void aReplay() throws IOException {
        List<String> rows = new ArrayList<>(List.of("time,phase,variant,metric,value,total"));
        for (int t = 0; t < 900; t += 30) {
            rows.add(t + ",0,baseline,MON-001,1,100");
            rows.add(t + ",0,canary,MON-001," + (t < 300 ? 1 : 9) + ",100");
        }
        Path samples = Files.write(dir.resolve("s.csv"), rows);
        Path contract = Files.writeString(dir.resolve("c.yaml"), """
            apiVersion: release-guard/v1
            release: {service: s, version: "1", owner: t}
            metrics:
              - {id: MON-001, name: errors, kind: rate, muted: %s, source: p, errors: 'sum(increase(e{track="$track"}[$window]))', total: 'sum(increase(t{track="$track"}[$window]))'}
            rollout: {router: r, phases: [50, 100], bake: 10m, interval: 30s}
            entries:
              - {id: DEP-902, type: Rollback, owner: o, metric: MON-001, threshold: "> 5%% of requests for 3m", procedure: [{traffic: 0}]}
            """.formatted("yes"));
        List<String> lines =
                run(new ReplayCommand(), "--format", "json", "--contract", contract.toString(), samples.toString());
        fit(lines);
        assertThat(JSON.readTree(lines.get(lines.size() - 1)).get("entry").asText())
                .isEqualTo("DEP-902");
        Files.writeString(contract, Files.readString(contract).replace("muted: yes", "muted: no"));
        fit(run(new ReplayCommand(), "--format", "json", "--contract", contract.toString(), samples.toString()));
    }

    /** Whatever can't be read is named. */
    @Test
    void aFileInAnotherEncodingIsNamed() throws IOException {
        Path file = Files.write(dir.resolve("odd.csv"), "time,phäse\n".getBytes(StandardCharsets.ISO_8859_1));
        Path config = Files.writeString(
                dir.resolve("c.json"), "{\"phases\":[0.5],\"metrics\":[{\"id\":\"e\",\"kind\":\"rate\"}]}");

        run(new JudgeCommand(), file.toString());
        assertThat(err).contains("odd.csv: it is not UTF-8 text");
        run(new ReplayCommand(), "--config", config.toString(), file.toString());
        assertThat(err).contains("odd.csv: it is not UTF-8 text");
        run(new ReplayCommand(), "--config", file.toString(), config.toString());
        assertThat(err).contains("odd.csv: it is not UTF-8 text");
    }
}
