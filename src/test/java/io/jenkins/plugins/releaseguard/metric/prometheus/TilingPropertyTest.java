// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import static io.jenkins.plugins.releaseguard.testing.FakePrometheus.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event.Sample;
import io.jenkins.plugins.releaseguard.testing.FakePrometheus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever the scrapes' times, however late they are stored, with restarts of the services and looks of any length of which some are
 * thrown away: every scrape is counted once.
 */
class TilingPropertyTest {
    private static final Metric RATE = FakePrometheus.rate(
            "sum(increase(req_total{code=\"500\",track=\"$track\"}[$window]))",
            "sum(increase(req_total{track=\"$track\"}[$window]))");

    /** A scrape of one target: stored after it began; {@code errors} is part of {@code total}. */
    private record Scrape(double began, double stored, String track, double errors, double total) {}

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void everyScrapeIsCountedOnce(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        List<Scrape> scrapes = new ArrayList<>();
        double[] expected = new double[4];
        for (String track : List.of("canary", "baseline")) {
            double[] counted = history(random, track, scrapes);
            System.arraycopy(counted, 0, expected, track.equals("canary") ? 0 : 2, 2);
        }
        scrapes.sort(Comparator.comparingDouble(Scrape::stored));
        try (FakePrometheus prometheus = new FakePrometheus()) {
            PrometheusSource source = new PrometheusSource(prometheus.settings());
            double[] sums = new double[4];
            int next = 0;
            double from = 0;
            for (double to = 1; to < 90 || next < scrapes.size(); to += 0.5 + 12 * random.nextDouble()) {
                while (next < scrapes.size() && scrapes.get(next).stored() <= to) {
                    store(prometheus, scrapes.get(next++));
                }
                Sample sample = source.read(List.of(RATE), at(from), at(to)).get(0);
                boolean used = sample.missing() == null && random.nextInt(4) > 0;
                if (used) {
                    add(sums, sample);
                    from = to;
                }
            }
            Sample rest = source.read(List.of(RATE), at(from), at(200)).get(0);
            if (rest.missing() == null) {
                add(sums, rest);
            } else {
                addKnown(sums, rest);
            }
            assertThat(sums).containsExactly(expected);
        }
    }

    private static void add(double[] sums, Sample s) {
        sums[0] += s.canaryErrors();
        sums[1] += s.canaryTotal();
        sums[2] += s.baselineErrors();
        sums[3] += s.baselineTotal();
    }

    /** One side may have been counted to its end before. */
    private static void addKnown(double[] sums, Sample s) {
        sums[0] += s.canaryErrors() == null ? 0 : s.canaryErrors();
        sums[1] += s.canaryTotal() == null ? 0 : s.canaryTotal();
        sums[2] += s.baselineErrors() == null ? 0 : s.baselineErrors();
        sums[3] += s.baselineTotal() == null ? 0 : s.baselineTotal();
    }

    /** A target's scrapes, the first one before the first look; returns errors and total that they tell of. */
    private static double[] history(Random random, String track, List<Scrape> scrapes) {
        double errors = random.nextInt(50);
        double ok = random.nextInt(500);
        double stored = 0;
        double[] counted = new double[2];
        scrapes.add(new Scrape(-1, -0.5, track, errors, ok + errors));
        double every = 0.5 + 10 * random.nextDouble();
        for (double t = random.nextDouble() * every; t < 90; t += every) {
            boolean restarted = random.nextInt(12) == 0;
            double oldErrors = restarted ? 0 : errors;
            double oldOk = restarted ? 0 : ok;
            double newErrors = oldErrors + random.nextInt(5);
            double newOk = oldOk + random.nextInt(40);
            if (restarted && (newErrors >= errors || newOk >= ok)) {
                // a restart that no counter shows can't be told from none
                newErrors = errors;
                newOk = ok;
                oldErrors = errors;
                oldOk = ok;
            }
            counted[0] += newErrors - oldErrors;
            counted[1] += newErrors - oldErrors + newOk - oldOk;
            errors = newErrors;
            ok = newOk;
            stored = Math.max(stored, t + Math.min(every, 9) * random.nextDouble());
            scrapes.add(new Scrape(t, stored, track, errors, ok + errors));
        }
        return counted;
    }

    private static void store(FakePrometheus prometheus, Scrape s) {
        prometheus.store(
                s.began(),
                s.total() - s.errors(),
                "req_total",
                "track",
                s.track(),
                "code",
                "200",
                "instance",
                s.track());
        prometheus.store(s.began(), s.errors(), "req_total", "track", s.track(), "code", "500", "instance", s.track());
    }
}
