// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.Collection;
import java.util.List;

/** Words for findings: numbers with units, lists that stay short. */
final class Say {
    private static final int NAMED = 8;

    private Say() {}

    /** {@code %} from a fraction, {@code s} from seconds, {@code B} from bytes; empty for NaN. */
    static String number(double value, String unit) {
        return Double.isNaN(value) ? "" : Quantity.ofBase(value, unit);
    }

    /** The first of them, and how many more there are. */
    static String some(Collection<String> names) {
        List<String> first = names.stream().limit(NAMED).toList();
        int more = names.size() - first.size();
        return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
    }

    /** The first twelve digits of a digest. */
    static String digest(String sha256) {
        return sha256.length() > 12 ? sha256.substring(0, 12) + "…" : sha256;
    }
}
