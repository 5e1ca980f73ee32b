// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.http.SharedClient;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Question;
import io.jenkins.plugins.releaseguard.testing.ProcessFixture;
import io.jenkins.plugins.releaseguard.testing.ScriptedTargets;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What a look's questions cost a real Prometheus on this machine, as one and each for itself: the time of a look when one is made at a time, and
 * looks and the process' CPU time when thirty are under way. Argument: how many looks (2000).
 */
public final class LookQuestions {
    private static final int AT_ONCE = 30;

    private LookQuestions() {}

    public static void main(String[] args) throws Exception {
        int looks = args.length > 0 ? Integer.parseInt(args[0]) : 2000;
        Path dir = Files.createTempDirectory("questions");
        int port = ProcessFixture.freePort();
        try (ScriptedTargets targets = new ScriptedTargets();
                ProcessFixture children = new ProcessFixture(dir)) {
            Files.writeString(dir.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, scrape_timeout: 1s}
                scrape_configs:
                  - {job_name: canary, metrics_path: /canary, static_configs: [{targets: ["127.0.0.1:%1$d"], labels: {track: canary}}]}
                  - {job_name: baseline, metrics_path: /baseline, static_configs: [{targets: ["127.0.0.1:%1$d"], labels: {track: baseline}}]}
                """.formatted(targets.port()));
            Process prometheus = children.start(
                    "prometheus",
                    ProcessFixture.find("prometheus"),
                    "--config.file=" + dir.resolve("prometheus.yml"),
                    "--storage.tsdb.path=" + dir.resolve("tsdb"),
                    "--web.listen-address=127.0.0.1:" + port);
            children.await("scrapes enough", () -> targets.scrapes() > 40);
            PrometheusSettings settings = PrometheusSettings.of(URI.create("http://127.0.0.1:" + port))
                    .withTimeout(Duration.ofMinutes(1));
            Asking asking = new Asking(
                    new QueryApi(SharedClient.get(), settings), settings.timeout(), new BatchTrust(System::nanoTime));
            for (boolean batched : new boolean[] {false, true, false, true}) {
                measure(asking, batched, looks, prometheus);
            }
        }
        System.exit(0);
    }

    private static void measure(Asking asking, boolean batched, int looks, Process prometheus) throws Exception {
        double[] millis = new double[looks];
        for (int i = 0; i < looks; i++) {
            long start = System.nanoTime();
            look(asking, batched).get();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        Duration before = prometheus.info().totalCpuDuration().orElseThrow();
        long start = System.nanoTime();
        List<CompletableFuture<?>> open = new ArrayList<>();
        for (int i = 0; i < looks; i++) {
            open.add(look(asking, batched));
            if (open.size() == AT_ONCE) {
                CompletableFuture.anyOf(open.toArray(CompletableFuture[]::new)).get();
                open.removeIf(CompletableFuture::isDone);
            }
        }
        CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).get();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpu =
                prometheus.info().totalCpuDuration().orElseThrow().minus(before).toNanos() / 1e6 / looks;
        System.out.printf(
                Locale.ROOT,
                "%s: a look p50 %.1f ms, p99 %.1f ms; %d at once: %.0f looks a second, %.2f ms of Prometheus' CPU each%n",
                batched ? "one question" : "eight questions",
                millis[looks / 2],
                millis[looks * 99 / 100],
                AT_ONCE,
                looks / seconds,
                cpu);
    }

    private static CompletableFuture<Map<Question, List<Series>>> look(Asking asking, boolean batched) {
        Instant now = Instant.now();
        List<Question> questions = new ArrayList<>();
        for (String track : List.of("canary", "baseline")) {
            for (String selector : List.of(
                    "http_requests_total{code=~\"5..\",track=\"%s\"}",
                    "http_requests_total{track=\"%s\"}",
                    "took_seconds_bucket{track=\"%s\"}",
                    "heap_bytes{track=\"%s\"}")) {
                questions.add(new Question(selector.formatted(track), Duration.ofSeconds(20), now));
            }
        }
        Scope scope = new Scope();
        return scope.answer(asking.ask(scope, questions, batched));
    }
}
