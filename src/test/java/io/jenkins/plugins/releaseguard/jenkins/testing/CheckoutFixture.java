// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.testing;

import io.jenkins.plugins.releaseguard.cli.rehearse.haproxy.RuntimeEndpoint;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Family;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.History;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.PrometheusEndpoint;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Scraper;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Track;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.VirtualClock;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.World;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.HaproxyRouter;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Two versions of a service behind a proxy, under load, watched and steered over sockets as in life. */
public final class CheckoutFixture implements Closeable {
    /** A release of a few seconds. */
    public static final String CONTRACT = """
            apiVersion: release-guard/v1
            release: {service: checkout, version: "2", commit: abc, owner: team, author: dana, rollback: {objective: 20s}}
            metrics:
              - id: MON-001
                name: error rate
                kind: rate
                source: prom
                errors: sum(increase(http_requests_total{code=~"5..",track="$track"}[$window]))
                total: sum(increase(http_requests_total{track="$track"}[$window]))
                worse: higher
                allow: 300%
            rollout:
              phases: [20, 50, 100]
              bake: 2s
              maxBake: 4s
              undecided: proceed
              router: proxy
              interval: 1s
              noData: 15s
              after: 2s
            entries:
              - id: DEP-003
                type: Rollback
                stage: Post-deploy
                title: Error rate
                trigger: too many errors
                metric: MON-001
                threshold: ">20% of requests for 2 seconds"
                procedure: [{traffic: 0}]
                owner: team
            """;

    private static final double LOAD = 300;

    private final World world;
    private final Scraper scraper;
    private final PrometheusEndpoint prometheus;
    private final RuntimeEndpoint haproxy;

    public CheckoutFixture(Scenario scenario) throws IOException {
        VirtualClock clock = new VirtualClock(Instant.now(), 1);
        world = new World(scenario, clock, Duration.ofSeconds(2), 0);
        History history = new History(Duration.ofHours(1).toMillis());
        scraper = new Scraper(world.proxy(), Family.USUAL, history, clock, Duration.ofMillis(250));
        prometheus = new PrometheusEndpoint(0, history, clock, world.faults()::metricsSilent);
        haproxy = new RuntimeEndpoint(0, world.proxy(), "checkout");
        world.load(LOAD);
    }

    public World world() {
        return world;
    }

    /** The canary's share in percent, as the proxy itself has it. */
    public double share() {
        return world.proxy().canaryShare();
    }

    /** Sets the canary's share, as a release that went before has left it. */
    public void shift(double share) throws EffectException, InterruptedException {
        new HaproxyRouter(HaproxySettings.of(haproxyAddress(), "checkout", "canary", "baseline")).shift(share);
    }

    /** Waits until the canary has some of the traffic. */
    public void awaitCanary() {
        Waits.until("traffic on the canary", () -> share() > 0);
    }

    /** Whether no request reaches the canary: its own counter stands still for a second. */
    public boolean isStill() throws InterruptedException {
        long before = world.served(Track.CANARY);
        Thread.sleep(1000); // the time in which nothing may happen
        return share() == 0 && world.served(Track.CANARY) == before;
    }

    public String prometheusUrl() {
        return "http://127.0.0.1:" + prometheus.port();
    }

    public String haproxyAddress() {
        return "127.0.0.1:" + haproxy.port();
    }

    /** Nobody reaches the proxy's runtime API any more; traffic goes on as it was. */
    public void routerGoesAway() throws IOException {
        haproxy.close();
    }

    /** Sets Jenkins up to watch and steer it. */
    public void configure() {
        configure(prometheusUrl(), haproxyAddress());
    }

    /** The same where the world is in another process. */
    public static void configure(String prometheus, String haproxy) {
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        configuration.setSources(List.of(new PrometheusSetup("prom", prometheus)));
        configuration.setRouters(List.of(new HaproxySetup("proxy", haproxy, "checkout", "canary", "baseline")));
        configuration.save();
    }

    @Override
    public void close() throws IOException {
        world.close();
        scraper.close();
        prometheus.close();
        haproxy.close();
    }
}
