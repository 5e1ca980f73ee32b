// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSettings;
import io.jenkins.plugins.releaseguard.metric.prometheus.PrometheusSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Two versions of a service behind a real HAProxy, scraped by a real Prometheus, all on loopback and all of this test. */
public final class ServicesFixture implements AutoCloseable {
    public final ProcessFixture children;
    private final Path dir;
    private final int[] services = new int[2];
    private int prometheusPort;
    private int proxyPort;
    private int runtimePort;
    private int operatorPort;
    private Process haproxy;
    private Process canary;
    private final List<Thread> clients = new ArrayList<>();

    public ServicesFixture(Path dir) {
        this.dir = dir;
        this.children = new ProcessFixture(dir);
    }

    public static void need(String... programs) {
        for (String program : programs) {
            assumeTrue(ProcessFixture.has(program), program + " is not installed: apt-get install " + program);
        }
    }

    public void startServices() throws Exception {
        for (int i = 0; i < 2; i++) {
            services[i] = ProcessFixture.freePort();
            Process process = startService(i);
            canary = i == 1 ? process : null;
        }
        for (int port : services) {
            children.awaitHttp("http://127.0.0.1:" + port + "/health");
        }
    }

    private Process startService(int i) throws IOException {
        String track = i == 0 ? "baseline" : "canary";
        return children.java(track, FakeService.class, track, Integer.toString(services[i]));
    }

    public void restartCanary() throws Exception {
        canary.destroyForcibly().waitFor();
        canary = startService(1);
        children.awaitHttp(canary() + "/health");
    }

    public String baseline() {
        return "http://127.0.0.1:" + services[0];
    }

    public String canary() {
        return "http://127.0.0.1:" + services[1];
    }

    public void startPrometheus(String interval) throws Exception {
        prometheusPort = ProcessFixture.freePort();
        Path config = dir.resolve("prometheus.yml");
        Files.writeString(config, """
            global: {scrape_interval: %s, scrape_timeout: %s}
            scrape_configs:
              - job_name: shop
                honor_labels: true
                static_configs:
                  - {targets: ["127.0.0.1:%d"], labels: {track: baseline}}
                  - {targets: ["127.0.0.1:%d"], labels: {track: canary}}
            """.formatted(interval, interval, services[0], services[1]));
        children.start(
                "prometheus",
                ProcessFixture.find("prometheus"),
                "--config.file=" + config,
                "--storage.tsdb.path=" + dir.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + prometheusPort,
                "--log.level=warn");
        children.awaitHttp(prometheus() + "/-/ready");
        children.await(
                "both services scraped",
                () -> ProcessFixture.get(prometheus() + "/api/v1/query?query=sum(up)")
                        .body()
                        .contains("\"2\""));
    }

    public String prometheus() {
        return "http://127.0.0.1:" + prometheusPort;
    }

    public PrometheusSource source() {
        return new PrometheusSource(PrometheusSettings.of(URI.create(prometheus())));
    }

    public void startHaproxy() throws Exception {
        proxyPort = ProcessFixture.freePort();
        runtimePort = ProcessFixture.freePort();
        operatorPort = ProcessFixture.freePort();
        Files.writeString(dir.resolve("haproxy.cfg"), """
            global
              hard-stop-after 1s
              stats socket ipv4@127.0.0.1:%d level admin
              stats socket ipv4@127.0.0.1:%d level operator
              stats socket %s mode 600 level admin
            defaults
              mode http
              timeout connect 2s
              timeout client 60s
              timeout server 60s
            frontend shop
              bind 127.0.0.1:%d
              default_backend shop
            backend shop
              balance roundrobin
              use-server canary if { req.hdr(x-audience) internal }
              server baseline 127.0.0.1:%d weight 100
              server canary 127.0.0.1:%d weight 0
            backend fixed
              balance static-rr
              server baseline 127.0.0.1:%d weight 100
              server canary 127.0.0.1:%d weight 100
            """.formatted(
                        runtimePort,
                        operatorPort,
                        runtimeSocket(),
                        proxyPort,
                        services[0],
                        services[1],
                        services[0],
                        services[1]));
        haproxy = children.start(
                "haproxy",
                ProcessFixture.find("haproxy"),
                "-f",
                dir.resolve("haproxy.cfg").toString(),
                "-db");
        children.awaitHttp(shop() + "/health");
    }

    /** A reload as its packages do it: a new process takes over, with the weights of the file. */
    public void reloadHaproxy() throws Exception {
        Process old = haproxy;
        haproxy = children.start(
                "haproxy",
                ProcessFixture.find("haproxy"),
                "-f",
                dir.resolve("haproxy.cfg").toString(),
                "-db",
                "-sf",
                Long.toString(old.pid()));
        old.waitFor();
        children.awaitHttp(shop() + "/health");
    }

    public void killHaproxy() throws InterruptedException {
        haproxy.destroyForcibly().waitFor();
    }

    public String runtimeSocket() {
        return dir.resolve("h.sock").toString();
    }

    public String runtime() {
        return "127.0.0.1:" + runtimePort;
    }

    public String operatorRuntime() {
        return "127.0.0.1:" + operatorPort;
    }

    public HaproxyRouter router() {
        return new HaproxyRouter(HaproxySettings.of(runtime(), "shop", "canary", "baseline"));
    }

    /** The proxy's address. */
    public String shop() {
        return "http://127.0.0.1:" + proxyPort;
    }

    /** Clients that pay without end, each a little slower than the proxy could. */
    public void startLoad(int count, int pauseMillis) {
        for (int i = 0; i < count; i++) {
            Thread client = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    try {
                        ProcessFixture.get(shop() + "/pay");
                        Thread.sleep(pauseMillis); // the load that was asked for
                    } catch (IOException e) {
                        // a session that was shut; the next request tells how it goes on
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            });
            client.setDaemon(true);
            client.start();
            clients.add(client);
        }
    }

    /** Waits until Prometheus has a request of the last good version: a counter that has counted nothing is no series yet. */
    public void awaitCounted() throws Exception {
        children.await(
                "a request scraped",
                () -> ProcessFixture.get(prometheus() + "/api/v1/query?query=http_requests_total")
                        .body()
                        .contains("\"track\":\"baseline\""));
    }

    public void stopLoad() {
        clients.forEach(Thread::interrupt);
        await("the last clients")
                .atMost(Duration.ofMinutes(1))
                .until(() -> clients.stream().noneMatch(Thread::isAlive));
        clients.clear();
    }

    public static void fault(String service, double errors, long millis) throws Exception {
        ProcessFixture.get(service + "/fault?errors=" + errors + "&millis=" + millis);
    }

    /** What a service itself has counted, with all codes or one. */
    public static double counted(String service, String code) throws Exception {
        return ProcessFixture.get(service + "/metrics")
                .body()
                .lines()
                .filter(l -> l.startsWith("http_requests_total{"))
                .filter(l -> code == null || l.contains("code=\"" + code + '"'))
                .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        stopLoad();
        children.close();
    }
}
