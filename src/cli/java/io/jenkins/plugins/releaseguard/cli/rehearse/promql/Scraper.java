// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import io.jenkins.plugins.releaseguard.cli.rehearse.world.Backend;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Counts;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Proxy;
import java.io.Closeable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Writes what the proxy counted into the history at a steady interval, under the names that HTTP services usually have. */
public final class Scraper implements Closeable {
    private static final String REQUESTS = "http_requests_total";
    private static final String LATENCY = "http_request_duration_seconds";

    private final Proxy proxy;
    private final History history;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "rehearsal-scraper");
        thread.setDaemon(true);
        return thread;
    });

    /** @param every on the clock on the wall */
    public Scraper(Proxy proxy, History history, InstantSource clock, Duration every) {
        this.proxy = proxy;
        this.history = history;
        this.clock = clock;
        timer.scheduleAtFixedRate(this::scrape, 0, every.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void scrape() {
        Map<Map<String, String>, Double> scrape = new HashMap<>();
        for (Backend backend : proxy.backends()) {
            String track = backend.track().label();
            Counts counts = backend.counts();
            scrape.put(labels("up", track, null, null), 1.0);
            // errors are read before totals: a request that ends in between must not make a rate above 1
            counts.byCode()
                    .forEach((code, count) ->
                            scrape.put(labels(REQUESTS, track, "code", code.toString()), (double) count));
            long[] cumulative = counts.cumulative();
            double[] bounds = Counts.bounds();
            for (int i = 0; i < cumulative.length; i++) {
                String le = i == bounds.length ? "+Inf" : number(bounds[i]);
                scrape.put(labels(LATENCY + "_bucket", track, "le", le), (double) cumulative[i]);
            }
            scrape.put(labels(LATENCY + "_count", track, null, null), (double) cumulative[bounds.length]);
            scrape.put(labels(LATENCY + "_sum", track, null, null), counts.seconds());
        }
        history.add(clock.instant().toEpochMilli(), scrape);
    }

    private static String number(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }

    private static Map<String, String> labels(String name, String track, String label, String value) {
        return label == null
                ? Map.of("__name__", name, "track", track)
                : Map.of("__name__", name, "track", track, label, value);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
