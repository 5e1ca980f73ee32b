// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Pending;
import io.jenkins.plugins.releaseguard.metric.prometheus.Marks.Mark;
import io.jenkins.plugins.releaseguard.metric.prometheus.Scrapes.Raw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * By how much counters rose in a look: differences between scrapes, each counted once, nothing extrapolated. A counter that falls was
 * restarted at zero.
 *
 * @param fresh whether there is a scrape that no look before has seen
 */
record CounterIncrease(List<One> series, boolean fresh) {
    /** One series' part. */
    record One(Map<String, String> labels, double amount) {}

    static CounterIncrease of(Raw raw, Scrapes scrapes, QueryApi api, String selector) throws SourceException, Pending {
        List<One> parts = new ArrayList<>();
        boolean fresh = false;
        scrapes.prepareTargets(raw.series().stream()
                .filter(series -> !raw.before().containsKey(series.key()))
                .toList());
        for (Series series : raw.series()) {
            Mark mark = raw.before().get(series.key());
            boolean bornHere = mark == null && scrapes.wasScraped(series);
            double last = mark != null ? mark.value() : bornHere ? 0 : Double.NaN;
            double amount = 0;
            for (int i = 0; i < series.times().length; i++) {
                if (mark != null && series.times()[i] <= mark.time()) {
                    continue;
                }
                double value = series.values()[i];
                if (!(value >= 0) || Double.isInfinite(value)) {
                    throw new SourceException(api.who() + ": the counter " + QueryApi.shorten(selector)
                            + " has the value " + value + ", which no count can have; is it a gauge?");
                }
                fresh = true;
                if (!Double.isNaN(last)) {
                    amount += value >= last ? value - last : value;
                }
                last = value;
            }
            parts.add(new One(series.labels(), amount));
        }
        return new CounterIncrease(parts, fresh);
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    double sum() {
        return series.stream().mapToDouble(One::amount).sum();
    }
}
