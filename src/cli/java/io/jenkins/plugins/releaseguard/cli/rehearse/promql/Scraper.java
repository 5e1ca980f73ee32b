// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import io.jenkins.plugins.releaseguard.cli.rehearse.world.Backend;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Proxy;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.RequestCounts;
import java.io.Closeable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Writes what the proxy counted into the history at a steady interval. */
public final class Scraper implements Closeable {
    private final Proxy proxy;
    private final List<Family> families;
    private final History history;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "rehearsal-scraper");
        thread.setDaemon(true);
        return thread;
    });

    /** @param every on the clock on the wall */
    public Scraper(Proxy proxy, List<Family> families, History history, InstantSource clock, Duration every) {
        this.proxy = proxy;
        this.families = families;
        this.history = history;
        this.clock = clock;
        timer.scheduleAtFixedRate(this::scrape, 0, every.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void scrape() {
        Map<Map<String, String>, Double> scrape = new HashMap<>();
        for (Backend backend : proxy.backends()) {
            // read once for all families: numbers of one scrape belong together
            RequestCounts counts = backend.counts();
            double bad = 0;
            double all = 0;
            for (Map.Entry<Integer, Long> count : counts.byCode().entrySet()) {
                if (count.getKey() >= 500) {
                    bad += count.getValue();
                }
                all += count.getValue();
            }
            long[] cumulative = counts.cumulative();
            for (Family family : families) {
                add(scrape, family, backend, all, bad, cumulative);
            }
            scrape.put(Map.of("__name__", "up", "track", backend.track().label()), 1.0);
        }
        history.add(clock.instant().toEpochMilli(), scrape);
    }

    private static void add(
            Map<Map<String, String>, Double> scrape,
            Family family,
            Backend backend,
            double all,
            double bad,
            long[] cumulative) {
        String track = backend.track().label();
        switch (family.kind()) {
            case REQUESTS -> {
                scrape.put(family.labels(track, true, null), family.outcomes().isEmpty() ? all : all - bad);
                if (!family.outcomes().isEmpty()) {
                    scrape.put(family.labels(track, false, null), bad);
                }
            }
            case ERRORS -> scrape.put(family.labels(track, false, null), bad);
            case IN_FLIGHT -> scrape.put(family.labels(track, true, null), (double) backend.current());
            case BUCKETS -> {
                double[] bounds = RequestCounts.bounds();
                for (int i = 0; i < cumulative.length; i++) {
                    String le = i == bounds.length ? "+Inf" : number(bounds[i] * family.factor());
                    scrape.put(family.labels(track, true, le), (double) cumulative[i]);
                }
            }
        }
    }

    private static String number(double bound) {
        double exact = Math.round(bound * 1e6) / 1e6;
        return exact == Math.rint(exact) ? Long.toString((long) exact) : Double.toString(exact);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
