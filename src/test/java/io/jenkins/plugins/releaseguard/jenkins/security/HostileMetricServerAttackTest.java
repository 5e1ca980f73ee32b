// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.model.queue.QueueTaskFuture;
import hudson.util.Secret;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.page.ReleaseReportAction;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * A metric server that answers late, for ever, elsewhere, too much, or what isn't true, while a canary has traffic: no such release is
 * promoted, its traffic goes back, and nobody else gets the server's credentials.
 */
@WithJenkins
class HostileMetricServerAttackTest {
    private static final String TOKEN = "metric-server-token-1";
    private static final String CONTRACT = CheckoutFixture.CONTRACT.replace("noData: 15s", "noData: 4s");
    /** How many releases are attacked at once. */
    private static final int AT_ONCE = 6;

    /** More than anybody needs of an answer, and little enough that a server is stopped long before a gigabyte is sent. */
    private static final long ENOUGH = 64L << 20;

    private static final Pattern POINT = Pattern.compile("\\[(\\d+(?:\\.\\d+)?),\"([^\"]*)\"\\]");

    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    /** What was taken although it was too much. */
    private static final Set<String> READ_TO_THE_END = ConcurrentHashMap.newKeySet();

    private AttackLog attacks;
    private JenkinsRule jenkins;
    private final List<Attack> prepared = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void noLieAndNoSilencePromotes(JenkinsRule rule) throws Exception {
        jenkins = rule;
        attacks = new AttackLog(jenkins);
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString(TOKEN)));
        store.save();
        try (FakeHttpServer elsewhere = new FakeHttpServer(200, "{}")) {
            silent(elsewhere);
            tooMuch();
            untrue();
            for (int from = 0; from < prepared.size(); from += AT_ONCE) {
                releases(prepared.subList(from, Math.min(prepared.size(), from + AT_ONCE)));
            }
            assertThat(elsewhere.heard())
                    .allSatisfy(heard -> assertThat(heard.authorization())
                            .as("the credentials of the first host")
                            .isNull());
        }
        assertThat(READ_TO_THE_END)
                .as("answers of more than 64 MiB that were read")
                .isEmpty();
        SecurityPage.holds(HostileMetricServerAttackTest.class, attacks.table());
    }

    private void silent(FakeHttpServer elsewhere) {
        attack("never answers", exchange -> pause(60_000));
        attack("a byte a second", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 60; i++) {
                    out.write(' ');
                    out.flush();
                    pause(1000);
                }
            }
        });
        attack("a redirect to another host", exchange -> {
            exchange.getResponseHeaders()
                    .set("Location", elsewhere.url().replace("127.0.0.1", "localhost") + "/api/v1/query");
            exchange.sendResponseHeaders(307, -1);
        });
        attack(
                "a page of HTML with a script, and signs that steer terminals",
                text("text/html", "<html><script>alert(1)</script>\u001b[2J\u001b]0;owned\u0007"));
        attack(
                "an error in the words of its own",
                text(
                        "application/json",
                        "{\"status\":\"error\",\"errorType\":\"\\u001b[2J<script>alert(1)</script>\",\"error\":\"@everyone promote\"}"));
    }

    private void tooMuch() throws IOException {
        attack("an answer that never ends", exchange -> endless(exchange, "", " ".repeat(1 << 16)));
        attack(
                "JSON with one text that never ends",
                exchange -> endless(exchange, "{\"status\":\"success\",\"data\":\"", "a".repeat(1 << 16)));
        attack(
                "series without an end",
                exchange -> endless(
                        exchange,
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[",
                        "{\"metric\":{\"track\":\"canary\"},\"values\":[[1,\"1\"]]},".repeat(1000)));
        attack("100,000 brackets, one in another", text("application/json", "[".repeat(100_000)));
        byte[] bomb = zerosPacked();
        attack("256 MiB of zeros, packed into less than one", exchange -> {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, bomb.length);
            exchange.getResponseBody().write(bomb);
        });
        attack("a header of four megabytes", exchange -> {
            exchange.getResponseHeaders().set("X-Long", "a".repeat(4 << 20));
            exchange.sendResponseHeaders(200, -1);
        });
    }

    private static byte[] zerosPacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 256; i++) {
                out.write(zeros);
            }
        }
        return packed.toByteArray();
    }

    /** A real server's rows, fresh and whole, until the canary has traffic; then what can't be. */
    private void untrue() {
        attack("stale numbers, no numbers", text("application/json", vector("NaN")));
        lie("NaN in fresh rows", (time, value) -> row(time, "NaN"));
        lie("infinity in fresh rows", (time, value) -> row(time, "+Inf"));
        lie("less than nothing in fresh rows", (time, value) -> row(time, "-" + value));
        lie("1e308 in fresh rows", (time, value) -> row(time, "1e308"));
        lie(
                "counters that run backwards",
                (time, value) -> row(time, Double.toString(1e9 - Double.parseDouble(value))));
        lie(
                "rows of the day after tomorrow",
                (time, value) -> row(Double.toString(Double.parseDouble(time) + 172_800), value));
        lie("words for numbers", (time, value) -> row(time, "plenty"));
    }

    private static String row(String time, String value) {
        return "[" + time + ",\"" + value + "\"]";
    }

    private void attack(String tried, Answer answer) {
        prepared.add(new Attack(tried, checkout -> answer));
    }

    private void lie(String tried, BinaryOperator<String> row) {
        prepared.add(new Attack(tried, checkout -> exchange -> {
            String truth = ask(checkout.prometheusUrl(), exchange);
            String told = checkout.share() == 0
                    ? truth
                    : POINT.matcher(truth)
                            .replaceAll(found -> Matcher.quoteReplacement(row.apply(found.group(1), found.group(2))));
            text("application/json", told).give(exchange);
        }));
    }

    private String ask(String upstream, HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(upstream + exchange.getRequestURI()));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null) {
            request.header("Content-Type", type);
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        request.method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** Releases at once, each with its own service, router and server. */
    private void releases(List<Attack> some) throws Exception {
        try {
            List<PrometheusSetup> sources = new ArrayList<>();
            List<HaproxySetup> routers = new ArrayList<>();
            for (Attack attack : some) {
                attack.begin();
                sources.add(attack.source());
                routers.add(attack.router());
            }
            ReleaseGuardConfiguration.get().setSources(List.copyOf(sources));
            ReleaseGuardConfiguration.get().setRouters(List.copyOf(routers));
            List<QueueTaskFuture<WorkflowRun>> builds = new ArrayList<>();
            for (Attack attack : some) {
                builds.add(attack.job(jenkins).scheduleBuild2(0));
            }
            for (int i = 0; i < some.size(); i++) {
                some.get(i).answered(builds.get(i).get(), attacks);
            }
        } finally {
            for (Attack attack : some) {
                attack.close();
            }
        }
    }

    /** A server, and a release that asks it. */
    private static final class Attack implements AutoCloseable {
        private final String tried;
        private final String name;
        private final Function<CheckoutFixture, Answer> answer;
        private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "hostile metric server");
            thread.setDaemon(true);
            return thread;
        });
        private CheckoutFixture checkout;
        private HttpServer server;

        Attack(String tried, Function<CheckoutFixture, Answer> answer) {
            this.tried = tried;
            this.name = "shop-" + tried.replaceAll("[^a-zA-Z]", "").toLowerCase(Locale.ROOT);
            this.answer = answer;
        }

        void begin() throws IOException {
            checkout = new CheckoutFixture(Scenario.HEALTHY);
            Answer given = answer.apply(checkout);
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(threads);
            server.createContext("/", exchange -> {
                try (exchange) {
                    given.give(exchange);
                }
            });
            server.start();
        }

        PrometheusSetup source() {
            PrometheusSetup source = new PrometheusSetup(
                    name, "http://127.0.0.1:" + server.getAddress().getPort());
            source.setCredentialsId("token");
            source.setTimeout(1);
            return source;
        }

        HaproxySetup router() {
            return new HaproxySetup(name, checkout.haproxyAddress(), "checkout", "canary", "baseline");
        }

        WorkflowJob job(JenkinsRule jenkins) throws Exception {
            String contract = CONTRACT.replace("service: checkout", "service: " + name)
                    .replace("source: prom", "source: " + name)
                    .replace("router: proxy", "router: " + name);
            return PipelineFixture.job(jenkins, "canaryPromote(" + PipelineFixture.contract(contract) + ") { }");
        }

        void answered(WorkflowRun run, AttackLog attacks) throws IOException {
            ReleaseReportAction report = run.getAction(ReleaseReportAction.class);
            assertThat(report.getVerdict()).as(tried).isIn("rolled-back", "halted", "no-go");
            assertThat(checkout.share())
                    .as("traffic on the canary after " + tried)
                    .isZero();
            String log = JenkinsRule.getLog(run);
            assertThat(log).doesNotContain("\u001b").doesNotContain(TOKEN);
            assertThat(report.getSentence()).doesNotContain("\u001b");
            attacks.note(
                    tried,
                    report.getVerdict() + ": "
                            + report.getSentence()
                                    // which of several is met first, and how much of it
                                    .replaceAll("the (query|counter) \\S.*? (with|has) ", "the $1 … $2 ")
                                    .replaceAll("value -\\d[0-9.E]*", "value -…")
                                    .replaceAll("\\d+\\.\\d+ %|(?<=[Ee]rror rate )\\d+ %", "… %")
                                    .replaceAll("too big: \\d+", "too big: …"));
        }

        @Override
        public void close() throws IOException {
            threads.shutdownNow();
            if (server != null) {
                server.stop(0);
            }
            if (checkout != null) {
                checkout.close();
            }
        }
    }

    /** Nobody reads it to the end: a reader that took this much would take all of the memory, too. */
    private static void endless(HttpExchange exchange, String begin, String more) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] piece = more.getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(begin.getBytes(StandardCharsets.UTF_8));
            long sent = 0;
            while (true) {
                out.write(piece);
                sent += piece.length;
                if (sent > ENOUGH) {
                    READ_TO_THE_END.add(begin);
                    return;
                }
            }
        }
    }

    private static Answer text(String type, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** One series a variant, as {@code $track} tells them apart, with this as every value. */
    private static String vector(String value) {
        String point = "{\"metric\":{\"track\":\"%s\"},\"value\":[1700000000,\"" + value + "\"]}";
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":["
                + point.replace("%s", "canary") + "," + point.replace("%s", "baseline") + "]}}";
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis); // longer than anybody waits
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
