// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** Two versions of a service behind a weighted proxy, under load, all on loopback. It starts with everything on the baseline. */
public final class World implements Closeable {
    private static final int CLIENTS = 128;

    private final FaultInjector faults;
    private final Service baseline;
    private final Service canary;
    private final Proxy proxy;
    private final VirtualClock clock;
    private Load load;

    /**
     * @param port the proxy's, 0 for any free one
     * @param pace the time scale of what goes wrong gradually: about one phase of the rollout
     */
    public World(Scenario scenario, VirtualClock clock, Duration pace, int port) throws IOException {
        this.clock = clock;
        Share share = new Share();
        faults = new FaultInjector(scenario, share, clock, pace);
        baseline = new Service(Track.BASELINE, 0, faults);
        canary = new Service(Track.CANARY, 0, faults);
        proxy = new Proxy(
                port,
                new Backend(Track.BASELINE, baseline.port(), Backend.MAX_WEIGHT),
                new Backend(Track.CANARY, canary.port(), 0));
        share.proxy = proxy;
    }

    /** Users arrive: {@code perSecond} requests a second of the clock on the wall. */
    public void load(double perSecond) {
        load = new Load(proxy.port(), CLIENTS, perSecond, clock::nanos);
    }

    public Proxy proxy() {
        return proxy;
    }

    public FaultInjector faults() {
        return faults;
    }

    /** Requests that reached the service of a track, counted by itself. */
    public long served(Track track) {
        return (track == Track.CANARY ? canary : baseline).served();
    }

    /** Requests that users got an answer to, of any status. */
    public long answered() {
        return load == null ? 0 : load.answered();
    }

    /** Requests that users got no answer of a service to: shut sessions, broken connections. */
    public long cut() {
        long unanswered = proxy.backends().stream()
                .mapToLong(b -> b.counts().byCode().get(502))
                .sum();
        return unanswered + (load == null ? 0 : load.lost());
    }

    /** All traffic back on the baseline, as after a restart of the proxy. */
    public void reset() {
        proxy.backend(Track.CANARY).weight(0);
        proxy.backend(Track.BASELINE).weight(Backend.MAX_WEIGHT);
        proxy.backends().forEach(b -> b.state(Backend.State.READY));
    }

    @Override
    public void close() throws IOException {
        if (load != null) {
            load.close();
        }
        proxy.close();
        baseline.close();
        canary.close();
    }

    /** The canary's share, once there is a proxy to ask. */
    private static final class Share implements java.util.function.DoubleSupplier {
        private volatile Proxy proxy;

        @Override
        public double getAsDouble() {
            return proxy == null ? 0 : proxy.canaryShare();
        }
    }
}
