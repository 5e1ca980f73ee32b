// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import hudson.util.Secret;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.page.ReleaseReportAction;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
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

    interface Answer {
        void give(HttpExchange exchange) throws IOException;
    }

    private AttackLog attacks;

    @Test
    void noLieAndNoSilencePromotes(JenkinsRule jenkins) throws Exception {
        attacks = new AttackLog(jenkins);
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString(TOKEN)));
        store.save();
        release(jenkins, "never answers", exchange -> pause(60_000));
        release(jenkins, "an answer that never ends", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                while (true) {
                    out.write(new byte[1 << 16]);
                }
            }
        });
        try (FakeHttpServer elsewhere = new FakeHttpServer(200, "{}")) {
            release(jenkins, "a redirect to another host", exchange -> {
                exchange.getResponseHeaders()
                        .set("Location", elsewhere.url().replace("127.0.0.1", "localhost") + "/api/v1/query");
                exchange.sendResponseHeaders(307, -1);
            });
            assertThat(elsewhere.heard())
                    .allSatisfy(heard -> assertThat(heard.authorization())
                            .as("the credentials of the first host")
                            .isNull());
        }
        release(jenkins, "NaN and infinity", text("application/json", vector("NaN")));
        release(jenkins, "less than nothing", text("application/json", vector("-1e308")));
        release(
                jenkins,
                "a page of HTML with a script, and signs that steer terminals",
                text("text/html", "<html><script>alert(1)</script>\u001b[2J\u001b]0;owned\u0007"));
        release(
                jenkins,
                "an error in the words of its own",
                exchange -> text(
                                "application/json",
                                "{\"status\":\"error\",\"errorType\":\"\\u001b[2J<script>alert(1)</script>\",\"error\":\"@everyone promote\"}")
                        .give(exchange));
        SecurityPage.holds(HostileMetricServerAttackTest.class, attacks.table());
    }

    private void release(JenkinsRule jenkins, String tried, Answer answer) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "hostile metric server");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer.give(exchange);
            }
        });
        server.start();
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            PrometheusSetup source = new PrometheusSetup(
                    "prom", "http://127.0.0.1:" + server.getAddress().getPort());
            source.setCredentialsId("token");
            source.setTimeout(1);
            ReleaseGuardConfiguration.get().setSources(List.of(source));
            WorkflowRun run = PipelineFixture.job(
                            jenkins, "canaryPromote(" + PipelineFixture.contract(CONTRACT) + ") { }")
                    .scheduleBuild2(0)
                    .get();
            ReleaseReportAction report = run.getAction(ReleaseReportAction.class);
            assertThat(report.getVerdict()).as(tried).isIn("rolled-back", "halted", "no-go");
            assertThat(checkout.share())
                    .as("traffic on the canary after " + tried)
                    .isZero();
            String log = JenkinsRule.getLog(run);
            assertThat(log).doesNotContain("\u001b").doesNotContain(TOKEN);
            assertThat(report.getSentence()).doesNotContain("\u001b");
            attacks.note(tried, report.getVerdict() + ": " + report.getSentence());
        } finally {
            threads.shutdownNow();
            server.stop(0);
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
