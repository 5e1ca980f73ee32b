// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.integration;

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
final class RealWorld implements AutoCloseable {
    final Children children;
    private final Path dir;
    private final int[] services = new int[2];
    private int prometheusPort;
    private int proxyPort;
    private int runtimePort;
    private int operatorPort;
    private Process haproxy;
    private Process canary;
    private final List<Thread> clients = new ArrayList<>();

    RealWorld(Path dir) {
        this.dir = dir;
        this.children = new Children(dir);
    }

    static void need(String... programs) {
        for (String program : programs) {
            assumeTrue(Children.has(program), program + " is not installed: apt-get install " + program);
        }
    }

    void startServices() throws Exception {
        for (int i = 0; i < 2; i++) {
            services[i] = Children.freePort();
            Process process = startService(i);
            canary = i == 1 ? process : null;
        }
        for (int port : services) {
            children.awaitHttp("http://127.0.0.1:" + port + "/health");
        }
    }

    private Process startService(int i) throws IOException {
        String track = i == 0 ? "baseline" : "canary";
        return children.java(track, TrackService.class, track, Integer.toString(services[i]));
    }

    void restartCanary() throws Exception {
        canary.destroyForcibly().waitFor();
        canary = startService(1);
        children.awaitHttp(canary() + "/health");
    }

    String baseline() {
        return "http://127.0.0.1:" + services[0];
    }

    String canary() {
        return "http://127.0.0.1:" + services[1];
    }

    void startPrometheus(String interval) throws Exception {
        prometheusPort = Children.freePort();
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
                Children.find("prometheus"),
                "--config.file=" + config,
                "--storage.tsdb.path=" + dir.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + prometheusPort,
                "--log.level=warn");
        children.awaitHttp(prometheus() + "/-/ready");
        children.await(
                "both services scraped",
                () -> Children.get(prometheus() + "/api/v1/query?query=sum(up)")
                        .body()
                        .contains("\"2\""));
    }

    String prometheus() {
        return "http://127.0.0.1:" + prometheusPort;
    }

    PrometheusSource source() {
        return new PrometheusSource(PrometheusSettings.of(URI.create(prometheus())));
    }

    void startHaproxy() throws Exception {
        proxyPort = Children.freePort();
        runtimePort = Children.freePort();
        operatorPort = Children.freePort();
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
                Children.find("haproxy"),
                "-f",
                dir.resolve("haproxy.cfg").toString(),
                "-db");
        children.awaitHttp(shop() + "/health");
    }

    /** A reload as its packages do it: a new process takes over, with the weights of the file. */
    void reloadHaproxy() throws Exception {
        Process old = haproxy;
        haproxy = children.start(
                "haproxy",
                Children.find("haproxy"),
                "-f",
                dir.resolve("haproxy.cfg").toString(),
                "-db",
                "-sf",
                Long.toString(old.pid()));
        old.waitFor();
        children.awaitHttp(shop() + "/health");
    }

    void killHaproxy() throws InterruptedException {
        haproxy.destroyForcibly().waitFor();
    }

    String runtimeSocket() {
        return dir.resolve("h.sock").toString();
    }

    String runtime() {
        return "127.0.0.1:" + runtimePort;
    }

    String operatorRuntime() {
        return "127.0.0.1:" + operatorPort;
    }

    HaproxyRouter router() {
        return new HaproxyRouter(HaproxySettings.of(runtime(), "shop", "canary", "baseline"));
    }

    /** The proxy's address. */
    String shop() {
        return "http://127.0.0.1:" + proxyPort;
    }

    /** Clients that pay without end, each a little slower than the proxy could. */
    void startLoad(int count, int pauseMillis) {
        for (int i = 0; i < count; i++) {
            Thread client = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    try {
                        Children.get(shop() + "/pay");
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

    void stopLoad() {
        clients.forEach(Thread::interrupt);
        await("the last clients")
                .atMost(Duration.ofSeconds(30))
                .until(() -> clients.stream().noneMatch(Thread::isAlive));
        clients.clear();
    }

    static void fault(String service, double errors, long millis) throws Exception {
        Children.get(service + "/fault?errors=" + errors + "&millis=" + millis);
    }

    /** What a service itself has counted, with all codes or one. */
    static double counted(String service, String code) throws Exception {
        return Children.get(service + "/metrics")
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
