// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge;

import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;

/**
 * What a decision still takes if the canary goes on as it did: an estimate, not a promise.
 *
 * @param metric the id of the metric that takes longest
 * @param canaryRequests more canary requests (or values); infinite when evidence is not building up
 * @param seconds at the present rate
 */
public record Needed(String metric, double canaryRequests, double seconds) {
    @Override
    public String toString() {
        return Double.isInfinite(canaryRequests)
                ? metric + " builds up no evidence for a promotion"
                : "needs " + Quantity.whole(canaryRequests) + " more canary requests, about " + Span.about(seconds)
                        + " at the present rate (" + metric + ")";
    }
}
