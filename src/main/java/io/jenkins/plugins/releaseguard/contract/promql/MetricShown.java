// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.text.Lines;
import java.math.BigDecimal;

/** Queries and numbers in messages. */
final class MetricShown {
    private static final int LONGEST = 80;

    private MetricShown() {}

    static String shorten(String query) {
        return Lines.bounded(query.strip(), LONGEST);
    }

    /** As PromQL reads it, without an exponent. */
    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
