// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;

/** Prometheus' answers: series with as many times as values, or {@link QueryResponse.Unreadable}, nothing else. */
public final class QueryResponseFuzz {
    private QueryResponseFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(QueryResponseFuzz.class, QueryResponseFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is an answer. */
    public static boolean accepts(byte[] input) {
        QueryResponse.error(input);
        try {
            for (Series series : QueryResponse.read(input)) {
                if (series.times().length == 0 || series.times().length != series.values().length) {
                    throw new AssertionError("not a value at each time: " + series);
                }
            }
            return true;
        } catch (QueryResponse.Unreadable e) {
            return false;
        }
    }
}
