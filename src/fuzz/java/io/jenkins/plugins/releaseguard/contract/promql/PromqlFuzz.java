// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.Seeds;
import io.jenkins.plugins.releaseguard.contract.Metric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Queries: a dimension with terms that stand in the text, or a fault whose place lies in it; nothing is thrown. */
public final class PromqlFuzz {
    private PromqlFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(PromqlFuzz.class, PromqlFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it counts requests of a look. */
    public static boolean accepts(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        boolean accepted = false;
        for (Metric.Kind kind : Metric.Kind.values()) {
            boolean rate = kind == Metric.Kind.RATE;
            boolean latency = kind == Metric.Kind.LATENCY;
            Metric.Query query = new Metric.Query(
                    rate ? text : "",
                    rate ? "sum(increase(a_total{track=\"$track\"}[$window]))" : "",
                    latency ? text : "",
                    rate ? "" : text,
                    Double.NaN);
            Metric metric = new Metric(
                    "M", "", kind, "ms", "p", Metric.Worse.HIGHER, true, false, "", 1, null, query, null, null);
            for (QueryReading reading : MetricQueries.of(metric)) {
                check(reading, reading.text().length());
                accepted |= rate && reading.field().equals("errors") && reading.fault() == null && reading.isRaw();
            }
        }
        return accepted;
    }

    private static void check(QueryReading reading, int length) {
        for (Term term : reading.terms()) {
            if (!reading.text().contains(term.selector())) {
                throw new AssertionError("a term that nobody wrote: " + term);
            }
        }
        QueryFault fault = reading.fault();
        if (fault != null
                && (fault.offset() < 0 || fault.offset() > length || fault.fix().isEmpty())) {
            throw new AssertionError("a fault outside the text, or without a fix: " + fault);
        }
    }
}
