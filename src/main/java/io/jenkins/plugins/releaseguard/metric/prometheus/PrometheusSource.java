// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.http.SharedClient;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;

/**
 * Prometheus as a metric source, for one release. Counts are differences between raw scrapes, so looks that follow each other count
 * every scrape once; the source remembers how far it has counted at both ends of the last look. A look that begins elsewhere, the first
 * one or the first after a restart, begins with what Prometheus had stored at that time.
 */
public final class PrometheusSource implements MetricSource {
    private final PrometheusSettings settings;
    private final QueryApi api;
    private volatile Held held = new Held(null, Marks.NONE, null, Marks.NONE);

    public PrometheusSource(PrometheusSettings settings) {
        this(settings, SharedClient.get());
    }

    /** @param client whose connections and threads are shared; the timeouts and redirects are the settings' */
    public PrometheusSource(PrometheusSettings settings, OkHttpClient client) {
        this.settings = settings;
        this.api = new QueryApi(client, settings);
    }

    /** The last look's ends. A look that was not used is asked for again from its beginning. */
    private record Held(Instant from, Marks atFrom, Instant to, Marks atTo) {
        Marks at(Instant time) {
            return time.equals(to) ? atTo : time.equals(from) ? atFrom : Marks.NONE;
        }
    }

    @Override
    public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to)
            throws SourceException, InterruptedException {
        if (!from.isBefore(to) || to.toEpochMilli() == from.toEpochMilli()) {
            throw new SourceException("A look from " + from + " to " + to + " covers no time");
        }
        try {
            return attempt(metrics, from, to);
        } catch (Unbelievable e) {
            // a scrape may have been stored between two queries; twice is not by chance
            try {
                return attempt(metrics, from, to);
            } catch (Unbelievable again) {
                throw new SourceException(api.who() + " is not believed: " + again.getMessage());
            }
        }
    }

    private List<Event.Sample> attempt(List<Metric> metrics, Instant from, Instant to)
            throws SourceException, InterruptedException, Unbelievable {
        Scrapes scrapes =
                new Scrapes(api, from, to, held.at(from), settings.timeout().multipliedBy(2));
        SampleReader reader = new SampleReader(api, settings, scrapes, from, to);
        for (Metric metric : metrics) {
            reader.fetch(metric);
        }
        List<Event.Sample> samples = new ArrayList<>();
        for (Metric metric : metrics) {
            samples.add(reader.sample(metric));
        }
        held = new Held(from, scrapes.start(), to, scrapes.end());
        return samples;
    }

    /** Numbers that contradict each other. */
    static final class Unbelievable extends Exception {
        private static final long serialVersionUID = 1L;

        Unbelievable(String message) {
            super(message);
        }
    }

    @Override
    public String toString() {
        return api.who();
    }
}
