// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.cli.Main;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.Interval;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.Needed;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.judge.Samples;
import io.jenkins.plugins.releaseguard.judge.Verdict;
import io.jenkins.plugins.releaseguard.judge.kayenta.Kayenta;
import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import io.jenkins.plugins.releaseguard.testing.PublishedSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What judge and replay print for programs is what their schemas say, both ways. */
class JudgeSchemasTest {
    /** Written as null where they are no finite number, which none of these inputs makes them. */
    private static final String[] GUARDED = {
        "# e: null",
        "#/$defs/finding e: null",
        "#/$defs/finding e: there",
        "#/$defs/finding interval: null",
        "#/$defs/finding limit: null",
        "#/$defs/finding p: null",
        "#/$defs/interval lower: null",
        "#/$defs/interval upper: null",
        "#/$defs/samples baseline: null",
        "#/$defs/samples canary: null",
        "#/$defs/needed canaryRequests: null",
        "#/$defs/needed seconds: null",
        "#/$defs/look e: null"
    };

    @TempDir
    private Path dir;

    private int code;

    private List<String> run(String... args) {
        StringWriter out = new StringWriter();
        code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(args);
        return out.toString().lines().toList();
    }

    private List<String> judged(String input, String... options) throws IOException {
        List<String> args = new ArrayList<>(List.of("judge", "--format", "json"));
        args.addAll(List.of(options));
        args.add(Files.writeString(dir.resolve("in.json"), input).toString());
        return run(args.toArray(String[]::new));
    }

    private List<String> replayed(String config, String csv) throws IOException {
        return run(
                "replay",
                "--format",
                "json",
                "--config",
                Files.writeString(dir.resolve("c.json"), config).toString(),
                Files.writeString(dir.resolve("s.csv"), csv).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"judge", "look", "replay"})
    void areValidSchemas(String name) {
        PublishedSchema.of(name).isASchema();
    }

    private static String metric(String more) {
        return "{\"metrics\":[{\"id\":\"m\",\"kind\":" + more + "}]}";
    }

    private static final String PASSED = metric("\"rate\",\"share\":0.5,\"baseline\":{\"errors\":200,\"total\":100000},"
            + "\"canary\":{\"errors\":200,\"total\":100000}");
    private static final String FAILED = metric("\"rate\",\"share\":0.05,\"group\":\"g\","
            + "\"baseline\":{\"errors\":20,\"total\":950},\"canary\":{\"errors\":10,\"total\":50}");
    private static final String LATENCY = metric("\"latency\",\"worse\":\"higher\",\"unit\":\"ms\",\"critical\":true,"
            + "\"baseline\":[1,2.2,1.1,2.5,3],\"canary\":[20,22,21,25,30]");
    private static final String NO_DATA = metric("\"latency\",\"baseline\":[],\"canary\":[1,2,3]");

    @Test
    void whatIsJudgedOnceFits() throws IOException {
        PublishedSchema schema = PublishedSchema.of("judge");
        for (String input : List.of(PASSED, FAILED, LATENCY, NO_DATA, "{\"metrics\":[]}")) {
            schema.fits(judged(input).get(0));
        }
        schema.fits(judged(LATENCY, "--profile", "kayenta").get(0));
        schema.fits(judged(NO_DATA, "--profile", "kayenta").get(0));

        schema.allowsNothingElse(GUARDED);
        schema.refusesOtherFieldsIn(judged(LATENCY, "--profile", "kayenta").get(0));
        assertThat(judged("{\"metrics\":7}")).as("an error has no output").isEmpty();
        assertThat(code).isEqualTo(2);
    }

    private static String look(int baseline, int canary) {
        return ("{\"phase\":0,\"seconds\":30,\"baselineRequests\":1000,\"canaryRequests\":1000,\"metrics\":[{\"id\":\"e\","
                        + "\"baseline\":{\"errors\":%d,\"total\":1000},\"canary\":{\"errors\":%d,\"total\":1000}}]}\n")
                .formatted(baseline, canary);
    }

    @Test
    void whatIsJudgedLookByLookFits() throws IOException {
        PublishedSchema schema = PublishedSchema.of("look");
        String config = "{\"phases\":[0.5],\"metrics\":[{\"id\":\"e\",\"kind\":\"rate\",\"allow\":\"50%\"}]}\n";
        judged(config + look(10, 10).repeat(60), "--stream").forEach(schema::fits);
        judged(config + look(10, 60).repeat(60), "--stream").forEach(schema::fits);
        assertThat(code).isEqualTo(1);
        judged(
                        config + "{\"phase\":0,\"seconds\":30,\"baselineRequests\":1000,\"canaryRequests\":1000,"
                                + "\"metrics\":[]}\n",
                        "--stream")
                .forEach(schema::fits);
        judged(
                        config.replace("\"rate\"", "\"gauge\"")
                                + ("{\"phase\":0,\"seconds\":30,\"metrics\":[{\"id\":\"e\","
                                                + "\"baseline\":[1,2,3],\"canary\":[1,2,3]}]}\n")
                                        .repeat(4),
                        "--stream")
                .forEach(schema::fits);

        schema.allowsNothingElse(GUARDED);
        judged(config + look(10, 10), "--stream").forEach(schema::refusesOtherFieldsIn);
    }

    @Test
    void whatIsReplayedFits() throws IOException {
        PublishedSchema schema = PublishedSchema.of("replay");
        String config = "{\"phases\":[0.5],\"metrics\":[{\"id\":\"e\",\"kind\":\"rate\",\"allow\":\"50%\"},"
                + "{\"id\":\"l\",\"kind\":\"latency\",\"allow\":\"10%\"}]}";
        replayed(config, csv(1)).forEach(schema::fits);
        replayed(config, csv(4)).forEach(schema::fits);
        assertThat(code).isEqualTo(1);
        replayed(config, "time,phase,variant,metric,value,total\n3,0,canary,e,1,1000\n")
                .forEach(schema::fits);

        Path contract = Files.writeString(dir.resolve("c.yaml"), CONTRACT);
        Path samples = Files.writeString(dir.resolve("s.csv"), csv(2).replaceAll("\n.*,l,.*", ""));
        run("replay", "--format", "json", "--contract", contract.toString(), samples.toString())
                .forEach(schema::fits);
        assertThat(code).isEqualTo(1);
        Path muted = Files.writeString(dir.resolve("m.yaml"), CONTRACT.replace("kind: rate", "kind: rate, muted: yes"));
        run("replay", "--format", "json", "--contract", muted.toString(), samples.toString())
                .forEach(schema::fits);
        Path journal = JournalFixture.write(
                dir.resolve("journal.jsonl"),
                List.of(
                        new Event.PhaseStarted(0, "10%", 10, null),
                        new Event.BakeStarted(0),
                        new Event.Looked(
                                0,
                                JournalFixture.START,
                                JournalFixture.START.plusSeconds(1),
                                List.of(Event.Sample.rate("e", 1, 100, 1, 900)),
                                null),
                        Event.Breached.of(BreachCause.ABORT, "the build was aborted")));
        List<String> aborted = run("replay", "--format", "json", "--contract", contract.toString(), journal.toString());
        aborted.forEach(schema::fits);
        assertThat(aborted.get(aborted.size() - 1)).contains("\"entry\":null");

        schema.allowsNothingElse(GUARDED);
        aborted.forEach(schema::refusesOtherFieldsIn);
    }

    private static final String CONTRACT = """
            apiVersion: release-guard/v1
            release: {service: s, version: 1, owner: t}
            metrics:
              - {id: e, kind: rate, source: p, errors: 'sum(increase(e{track="$track"}[$window]))', total: 'sum(increase(t{track="$track"}[$window]))'}
            rollout: {router: r, phases: [10, 100], bake: 10m, interval: 30s}
            entries:
              - {id: DEP-902, type: Rollback, owner: o, metric: e, threshold: "> 0.5% for 1m", procedure: [{traffic: 0}]}
            """;

    private static String csv(double times) {
        Random r = new Random(4);
        StringBuilder rows = new StringBuilder("time,phase,variant,metric,value,total\n");
        for (int i = 0; i < 40; i++) {
            int t = 30 * i + 3;
            rows.append(t + ",0,baseline,e," + (8 + r.nextInt(5)) + ",1000\n");
            rows.append(t + ",0,canary,e," + (int) (times * (8 + r.nextInt(5))) + ",1000\n");
            for (int k = 0; k < 8; k++) {
                rows.append((t + k) + ",0,baseline,l," + (100 + 10 * r.nextGaussian()) + ",\n");
                rows.append((t + k) + ",0,canary,l," + (100 + 10 * r.nextGaussian()) + ",\n");
            }
        }
        return rows.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"judge", "look", "replay"})
    void haveTheFieldsAndWordsOfTheCode(String name) {
        PublishedSchema schema = PublishedSchema.of(name);
        boolean once = name.equals("judge");

        assertThat(schema.fields("finding"))
                .containsExactlyInAnyOrderElementsOf(
                        once
                                ? with(PublishedSchema.components(MetricFinding.class), "classification")
                                : PublishedSchema.components(MetricFinding.class));
        assertThat(schema.fields("interval")).isEqualTo(PublishedSchema.components(Interval.class));
        assertThat(schema.fields("samples")).isEqualTo(PublishedSchema.components(Samples.class));
        assertThat(schema.words("finding", "verdict")).isEqualTo(words(Verdict.values()));
        if (once) {
            assertThat(schema.words("", "verdict")).isEqualTo(words(Verdict.values()));
            assertThat(schema.words("finding", "classification")).isEqualTo(words(Kayenta.Classification.values()));
        } else {
            assertThat(schema.fields("needed")).isEqualTo(PublishedSchema.components(Needed.class));
            String look = name.equals("replay") ? "look" : "";
            assertThat(schema.words(look, "action")).isEqualTo(words(Action.values()));
            assertThat(Set.copyOf(schema.words(look, "promotion"))).isEqualTo(Set.copyOf(words(Promotion.values())));
        }
    }

    private static List<String> with(List<String> fields, String more) {
        List<String> all = new ArrayList<>(fields);
        all.add(more);
        return all;
    }

    private static List<String> words(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
