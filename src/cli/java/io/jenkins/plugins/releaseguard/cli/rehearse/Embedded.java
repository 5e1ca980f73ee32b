// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.cli.rehearse.haproxy.RuntimeEndpoint;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Family;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.History;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.PrometheusEndpoint;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Scraper;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.VirtualClock;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.World;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The world with its two windows: metrics as Prometheus shows them, traffic as HAProxy lets it be set. */
final class Embedded implements Closeable {
    /** The backend's name in HAProxy's commands; its servers are named after the tracks. */
    static final String BACKEND = "checkout";

    /** Requests a second on the wall: what two cores serve with room for the engine beside it. */
    static final double LOAD = 3500;

    private static final Duration KEEP = Duration.ofHours(6);

    private final World world;
    private final Scraper scraper;
    private final PrometheusEndpoint prometheus;
    private final RuntimeEndpoint haproxy;

    /** Ports of the proxy, Prometheus and HAProxy's runtime API; 0 for any free one. */
    record Ports(int proxy, int prometheus, int haproxy) {
        static final Ports ANY = new Ports(0, 0, 0);
    }

    /**
     * @param families under which names what is counted can be asked for
     * @param pace about one phase: the time scale of faults that come gradually
     * @param scrape between two scrapes, on the wall
     */
    Embedded(Scenario scenario, List<Family> families, VirtualClock clock, Duration pace, Duration scrape, Ports ports)
            throws IOException {
        world = new World(scenario, clock, pace, ports.proxy());
        History history = new History(KEEP.toMillis());
        scraper = new Scraper(world.proxy(), families, history, clock, scrape);
        try {
            prometheus = new PrometheusEndpoint(ports.prometheus(), history, clock, world.faults()::metricsSilent);
            haproxy = new RuntimeEndpoint(ports.haproxy(), world.proxy(), BACKEND);
        } catch (IOException e) {
            scraper.close();
            world.close();
            throw e;
        }
        world.load(LOAD);
    }

    World world() {
        return world;
    }

    String proxyUrl() {
        return "http://127.0.0.1:" + world.proxy().port();
    }

    String prometheusUrl() {
        return "http://127.0.0.1:" + prometheus.port();
    }

    int haproxyPort() {
        return haproxy.port();
    }

    @Override
    public void close() throws IOException {
        world.close();
        scraper.close();
        prometheus.close();
        haproxy.close();
    }
}
