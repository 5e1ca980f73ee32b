// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;

/** Prometheus' answers: series with as many times as values, or {@link Answer.Unreadable}, nothing else. */
public final class AnswerFuzz {
    private AnswerFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(AnswerFuzz.class, AnswerFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is an answer. */
    public static boolean accepts(byte[] input) {
        Answer.error(input);
        try {
            for (Series series : Answer.read(input)) {
                if (series.times().length == 0 || series.times().length != series.values().length) {
                    throw new AssertionError("not a value at each time: " + series);
                }
            }
            return true;
        } catch (Answer.Unreadable e) {
            return false;
        }
    }
}
