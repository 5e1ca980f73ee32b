// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Instant;

/**
 * One reading: {@code value} in the metric's unit (a rate as a fraction; NaN where there is no data), for rates the
 * {@code errors} among {@code total} (NaN otherwise), the newest sample's time, and where it was read.
 *
 * @param since when the oldest sample of a long period was taken; null where nobody can say, or the time is a short one
 */
@Beta
public record MetricReading(double value, double errors, double total, Instant at, String looked, Instant since) {
    /** Of a time that is short enough to be all there. */
    public MetricReading(double value, double errors, double total, Instant at, String looked) {
        this(value, errors, total, at, looked, null);
    }
}
