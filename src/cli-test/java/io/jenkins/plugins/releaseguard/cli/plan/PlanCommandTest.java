// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.cli.Main;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import io.jenkins.plugins.releaseguard.testing.OrdinaryService;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    private static final String CONTRACT = """
            apiVersion: release-guard/v1
            release: {service: shop, version: "1"}
            metrics:
              - {id: err, name: errors, kind: rate, source: p, errors: 'errors_total{track="$track"}', total: 'sum(increase(requests_total{track="$track"}[$window]))'}
              - id: lat
                kind: latency
                unit: ms
                source: p
                histogram: duration_seconds_bucket{track="$track"}
                limit: 500ms
                allow: 50%
            rollout:
              phases: [5, 25, 100]
              bake: 10m
              maxBake: 40m
              promote: proof
              interval: 15s
            """;

    @TempDir
    private Path dir;

    private String out;
    private String err;

    private int run(String contract, String... options) throws IOException {
        Path file = dir.resolve("release.yaml");
        if (contract != null) {
            Files.writeString(file, contract);
        }
        StringWriter o = new StringWriter();
        StringWriter e = new StringWriter();
        List<String> args = new ArrayList<>(List.of("plan", file.toString()));
        if (!List.of(options).contains("--runs")) {
            args.addAll(List.of("--runs", "40"));
        }
        args.addAll(List.of(options));
        int code = Main.commandLine()
                .setOut(new PrintWriter(o))
                .setErr(new PrintWriter(e))
                .execute(args.toArray(String[]::new));
        out = o.toString();
        err = e.toString();
        return code;
    }

    @Test
    void aContractThatFitsEndsWithZero() throws IOException {
        assertThat(run(CONTRACT, "--rps", "1000", "--errors", "1%", "--p50", "95", "--p99", "300"))
                .as("%s", out)
                .isZero();
        assertThat(out)
                .contains(
                        "release.yaml: about ", "at the present 1000 requests/s", "A forecast of 40 simulated releases")
                .contains("level             1 %         (as given)", "clusters          unknown     (one number")
                .contains("outage", "Nothing to change in the contract.");
    }

    @Test
    void oneThatWouldHoldEndsWithOneAndADiff() throws IOException {
        assertThat(run(CONTRACT, "--rps", "8", "--errors", "0.01", "--p50", "95", "--p99", "300"))
                .isEqualTo(1);
        assertThat(out)
                .contains("It would say:", "--- a/release.yaml\n+++ b/release.yaml\n@@ -", "Then: ")
                .contains("of innocent releases are held");
        assertThat(Files.readString(dir.resolve("release.yaml")))
                .as("a plan changes nothing by itself")
                .isEqualTo(CONTRACT);
    }

    @Test
    void whatIsUnknownIsNeverGreen() throws IOException {
        assertThat(run(CONTRACT, "--rps", "1000", "--errors", "1%")).isEqualTo(3);
        assertThat(out).contains("lat: simulated as usual durations", "level             unknown");
        String gauge = CONTRACT.replace(
                "rollout:", "  - {id: mem, kind: gauge, source: p, values: 'memory{track=\"$track\"}'}\nrollout:");
        assertThat(run(gauge, "--rps", "1000", "--errors", "1%", "--p50", "95", "--p99", "300"))
                .isEqualTo(3);
        assertThat(out)
                .contains("left out of the forecast, and can hold the release")
                .contains("mem is unknown and left out: what it takes comes on top");
    }

    @Test
    void programsGetTheSameAsJson() throws IOException {
        assertThat(run(CONTRACT, "--rps", "8", "--errors", "1%", "--format", "json"))
                .isEqualTo(1);
        JsonNode root = new ObjectMapper().readTree(out);

        assertThat(root.path("runs").asInt()).isEqualTo(40);
        assertThat(root.at("/habits/metrics/0/level/value").asDouble()).isEqualTo(0.01);
        assertThat(root.at("/habits/metrics/1/level/value").isNull()).isTrue();
        assertThat(root.at("/habits/metrics/1/level/unknown").asText()).isNotEmpty();
        assertThat(root.at("/habits/metrics/1/assumed").asBoolean()).isTrue();
        assertThat(root.at("/forecast/phases")).hasSize(3);
        assertThat(root.at("/forecast/phases/0/harms")).hasSize(3);
        assertThat(root.at("/changes/0/reason").asText()).isNotEmpty();
        assertThat(root.at("/diff").asText()).startsWith("--- a/release.yaml");
        assertThat(root.at("/then/phases/0/held").asDouble())
                .isLessThan(root.at("/forecast/phases/0/held").asDouble());
    }

    @Test
    void programsGetEachNoteWithWhatItIsAbout() throws IOException {
        String patient = CONTRACT.replace("bake: 10m", "bake: 2h")
                .replace("maxBake: 40m", "maxBake: 3h")
                .replace("promote: proof", "blastRadius: 10000");
        String[] usual = {"--errors", "1%", "--p50", "95", "--p99", "300", "--runs", "20", "--format", "json"};
        assertThat(run(patient, rate("5000", usual))).isZero();
        JsonNode root = new ObjectMapper().readTree(out);
        JsonNode shorter = note(root, "shorter", "25%");
        assertThat(root.path("changes")).as("it is never an edit").isEmpty();
        assertThat(shorter.path("field").asText()).isEqualTo("bake");
        assertThat(shorter.path("value").asText()).matches("\\d+m");
        assertThat(shorter.path("metric").asText()).isEmpty();
        assertThat(shorter.path("held").isNull()).isTrue();
        assertThat(shorter.path("text").asText())
                .contains("phase 25% bakes 2 h; nine of ten releases could be left after", "errors ×2, is seen within");

        assertThat(run(CONTRACT, rate("1000", usual))).isZero();
        assertThat(out).as("ten minutes are not far more than what is needed").doesNotContain("\"shorter\"");

        assertThat(run(CONTRACT, rate("2", usual))).isEqualTo(3);
        root = new ObjectMapper().readTree(out);
        assertThat(note(root, "held", "5%").path("held").asDouble()).isGreaterThan(0.02);
        JsonNode proceed = note(root, "proceed", "5%");
        assertThat(proceed.path("field").asText()).isEqualTo("undecided");
        assertThat(proceed.path("value").asText()).isEqualTo("proceed");
        assertThat(proceed.path("held").asDouble(-1)).isZero();
    }

    private static String[] rate(String rps, String... others) {
        return Stream.concat(Stream.of("--rps", rps), Stream.of(others)).toArray(String[]::new);
    }

    private static JsonNode note(JsonNode root, String kind, String phase) {
        return StreamSupport.stream(root.path("notes").spliterator(), false)
                .filter(n -> n.path("kind").asText().equals(kind)
                        && n.path("phase").asText().equals(phase))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " of " + phase + " in " + root.path("notes")));
    }

    @Test
    void whatIsStoppedInVainIsNeverGreen() throws IOException {
        String cheap = CONTRACT.replace("promote: proof", "blastRadius: 1").replace("[5, 25, 100]", "[25, 50, 100]");

        assertThat(run(cheap, "--rps", "1000", "--errors", "20%", "--p50", "95", "--p99", "300", "--runs", "20"))
                .isNotZero();
        assertThat(out)
                .containsPattern("release.yaml: \\d+ of 20 simulated healthy releases were stopped \\(")
                .contains("note: ", "chance alone costs what the budget (blastRadius) or a threshold allows there");
    }

    @Test
    void wrongUsageNamesTheRule() throws IOException {
        assertThat(run(CONTRACT)).isEqualTo(2);
        assertThat(err).contains("--prometheus", "--ledger", "--rps");
        assertThat(run(CONTRACT, "--rps", "10")).isEqualTo(2);
        assertThat(run(CONTRACT, "--rps", "0", "--errors", "1%")).isEqualTo(2);
        assertThat(err).contains("--rps must be a number above 0");
        assertThat(run(CONTRACT, "--rps", "10", "--errors", "often")).isEqualTo(2);
        assertThat(err).contains("--errors must be a share of the requests, as 0.5% or 0.005, but is often");
        assertThat(run(CONTRACT, "--rps", "10", "--errors", "1%", "--p50", "20"))
                .isEqualTo(2);
        assertThat(err).contains("--p50 and --p99 tell a latency together");
        assertThat(run(CONTRACT, "--rps", "10", "--errors", "1%", "--ledger", "."))
                .isEqualTo(2);
        assertThat(run(CONTRACT, "--rps", "10", "--errors", "1%", "--runs", "1"))
                .isEqualTo(2);
        assertThat(run("apiVersion: release-guard/v1\nrollout: {bake: long}\n", "--rps", "1", "--errors", "0"))
                .isEqualTo(2);
        assertThat(err).contains("release.yaml:2:", "[RG-", "error");
        Files.delete(dir.resolve("release.yaml"));
        assertThat(run(null, "--rps", "1", "--errors", "0")).isEqualTo(2);
        assertThat(err).contains("there is no such file");
    }

    private void journal(String name, String service, ReleaseOutcome outcome, double canaryErrors) throws IOException {
        List<Event> events = new ArrayList<>();
        events.add(new Event.Opened(
                service,
                "1",
                "c",
                "",
                "",
                "",
                "release.yaml",
                "0",
                Map.of(),
                "ann",
                "b",
                Map.of(),
                60,
                false,
                List.of(),
                null,
                null));
        OrdinaryService shop = new OrdinaryService(name.hashCode(), 40, 0.01, 1, 1);
        double[] shares = {0.05, 0.25};
        for (int p = 0; p < shares.length; p++) {
            events.add(new Event.PhaseStarted(p, "p" + p, 100 * shares[p], ""));
            events.add(new Event.BakeStarted(p));
            for (int i = 0; i < 50; i++) {
                Event.Looked look = shop.look(p, shares[p], 15, 15 * i);
                Event.Sample s = look.samples().get(0);
                Event.Sample worse = Event.Sample.rate(
                        "err", s.canaryErrors() * canaryErrors, s.canaryTotal(), s.baselineErrors(), s.baselineTotal());
                events.add(new Event.Looked(
                        p, look.from(), look.to(), List.of(worse, look.samples().get(1)), null));
            }
        }
        events.add(new Event.Ended(outcome, true, ""));
        JournalFixture.write(
                Files.createDirectories(dir.resolve("jobs").resolve(name)).resolve("journal.jsonl"), events);
    }

    @Test
    void journalsOfPastReleasesTellTheHabits() throws IOException {
        journal("1", "shop", ReleaseOutcome.PROMOTED, 1);
        journal("2", "shop", ReleaseOutcome.PROMOTED, 1);
        journal("3", "shop", ReleaseOutcome.ROLLED_BACK, 20);
        journal("4", "another", ReleaseOutcome.PROMOTED, 90);
        Files.writeString(
                Files.createDirectories(dir.resolve("jobs/5")).resolve("journal.jsonl"), "{\"no\": \"journal\"}\n");

        int code = run(CONTRACT, "--ledger", dir.resolve("jobs").toString(), "--format", "json");

        JsonNode habits = new ObjectMapper().readTree(out).path("habits");
        assertThat(code).isIn(0, 1);
        assertThat(err).contains("jobs/5/journal.jsonl is left out: ");
        assertThat(habits.at("/requests/value").asDouble()).isBetween(37.0, 43.0);
        assertThat(habits.at("/requests/from").asText())
                .contains("median of 300 looks, journals of 3 releases since 2026-11-02");
        assertThat(habits.at("/metrics/0/level/value").asDouble()).isBetween(0.008, 0.012);
        assertThat(habits.at("/metrics/0/clusters/value").asDouble())
                .as("the canary that was rolled back is no habit")
                .isLessThan(1.5);
        assertThat(habits.at("/metrics/1/bounds")).hasSize(OrdinaryService.BOUNDS.size());
        assertThat(habits.at("/warmup/value").asDouble()).isZero();
    }

    @Test
    void aFolderWithoutThemSaysWhereTheyAre() throws IOException {
        assertThat(run(CONTRACT, "--ledger", dir.toString())).isEqualTo(2);
        assertThat(err)
                .contains("has no journal.jsonl with looks of the service shop", "the builds' release-guard folders");
        assertThat(run(CONTRACT, "--ledger", dir.resolve("gone").toString())).isEqualTo(2);
        assertThat(err).contains("is no folder");
    }

    /** Answers ranges by what is asked: so many a second, at every step. */
    private static final class Ranges extends Dispatcher {
        private static final Map<String, Double> BUCKETS =
                Map.of("0.05", 2.0, "0.1", 12.0, "0.25", 19.0, "0.5", 19.9, "+Inf", 20.0);
        private final List<String> asked = new CopyOnWriteArrayList<>();

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            Map<String, String> form = new HashMap<>();
            for (String pair : request.getBody().utf8().split("&")) {
                String[] parts = pair.split("=", 2);
                form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            String query = form.get("query");
            asked.add(request.getTarget() + " " + query);
            Map<String, Double> series =
                    query.contains("by (le)") ? BUCKETS : Map.of("", query.contains("errors_total") ? 0.1 : 20.0);
            List<String> results = new ArrayList<>();
            long step = Long.parseLong(form.get("step"));
            series.forEach((le, rate) -> {
                List<String> points = new ArrayList<>();
                for (long t = Long.parseLong(form.get("start")); t <= Long.parseLong(form.get("end")); t += step) {
                    points.add("[" + t + ",\"" + rate * step + "\"]");
                }
                results.add("{\"metric\":{\"le\":\"" + le + "\"},\"values\":[" + String.join(",", points) + "]}");
            });
            return new MockResponse.Builder()
                    .body("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
                            + String.join(",", results) + "]}}")
                    .build();
        }
    }

    @Test
    void prometheusIsAskedTheContractsOwnQueries() throws IOException {
        Ranges ranges = new Ranges();
        try (MockWebServer server = new MockWebServer()) {
            server.setDispatcher(ranges);
            server.start();
            int code = run(
                    CONTRACT,
                    "--prometheus",
                    server.url("/p/").toString(),
                    "--baseline",
                    "stable",
                    "--days",
                    "7",
                    "--format",
                    "json");

            assertThat(code).as("%s", err).isIn(0, 1);
        }
        JsonNode habits = new ObjectMapper().readTree(out).path("habits");
        assertThat(ranges.asked)
                .contains(
                        "/p/api/v1/query_range sum (increase(errors_total{track=\"stable\"}[3600s]))",
                        "/p/api/v1/query_range sum (sum(increase(requests_total{track=\"stable\"}[3600s])))",
                        "/p/api/v1/query_range sum by (le) (increase(duration_seconds_bucket{track=\"stable\"}[3600s]))",
                        "/p/api/v1/query_range sum (increase(errors_total{track=\"stable\"}[60s]))");
        assertThat(habits.at("/requests/value").asDouble()).isEqualTo(20);
        assertThat(habits.at("/requests/from").asText()).contains("168 looks, Prometheus, 7 days by the hour");
        assertThat(habits.at("/metrics/0/level/value").asDouble()).isEqualTo(0.005);
        assertThat(habits.at("/metrics/0/persistence/from").asText()).contains("the last day by the minute");
        assertThat(habits.at("/metrics/0/sides/unknown").asText()).contains("no past canary");
        assertThat(habits.at("/metrics/1/bounds").toString()).isEqualTo("[50.0,100.0,250.0,500.0]");
        assertThat(habits.at("/metrics/1/level/value").asDouble()).isBetween(75.0, 100.0);
    }

    @Test
    void aPrometheusThatDoesNotAnswerIsNamed() throws IOException {
        try (MockWebServer server = new MockWebServer()) {
            server.start();
            server.enqueue(new MockResponse.Builder().code(401).body("no").build());
            assertThat(run(CONTRACT, "--prometheus", server.url("/").toString()))
                    .isEqualTo(2);
            assertThat(err).contains("refuses to be asked without credentials", "--ledger or --rps");
            server.enqueue(new MockResponse.Builder().body("<html>").build());
            assertThat(run(CONTRACT, "--prometheus", server.url("/").toString()))
                    .isEqualTo(2);
            assertThat(err).contains("is this the address of a Prometheus");
            server.enqueue(new MockResponse.Builder()
                    .code(422)
                    .body("{\"status\":\"error\",\"error\":\"bad query\"}")
                    .build());
            assertThat(run(CONTRACT, "--prometheus", server.url("/").toString()))
                    .isEqualTo(2);
            assertThat(err).contains("HTTP 422", "bad query");
        }
        assertThat(run(CONTRACT, "--prometheus", "http://u:secret@127.0.0.1:9")).isEqualTo(2);
        assertThat(err).doesNotContain("secret");
    }
}
