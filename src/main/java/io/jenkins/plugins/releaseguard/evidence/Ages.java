// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import java.time.Duration;

/** Durations as people say them: the two largest units. */
public final class Ages {
    private Ages() {}

    public static String text(Duration duration) {
        long seconds = Math.abs(duration.toSeconds());
        String sign = duration.isNegative() ? "-" : "";
        if (seconds >= 86_400) {
            return sign + pair(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
        }
        if (seconds >= 3600) {
            return sign + pair(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        if (seconds >= 60) {
            return sign + pair(seconds / 60, "min", seconds % 60, "s");
        }
        return sign + seconds + " s";
    }

    private static String pair(long large, String unit, long small, String smaller) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
    }
}
