// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import io.jenkins.plugins.releaseguard.contract.Margin;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.grammar.QueryText;
import io.jenkins.plugins.releaseguard.text.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a latency's margin shows in its buckets. Which ones there are is known here only where the query picks them by {@code le};
 * of others the first look of a release says it.
 */
final class BucketRules {
    private static final Pattern LE = Pattern.compile("\\ble\\s*=~\\s*([\"'`])(.*?)\\1");
    private static final double USUAL = 0.1;

    /** What a promotion excludes where {@code allow} is 0. */
    private static final double OF_NOTHING = 0.25;

    private BucketRules() {}

    static void check(ContractFacts facts, LintFindings out) {
        for (Metric m : facts.contract().metrics()) {
            List<Double> bounds = bounds(new QueryText(m.query().histogram()).withoutComments());
            double margin = margin(m.allow());
            if (m.kind() != Metric.Kind.LATENCY || bounds.size() < 2 || Double.isNaN(margin)) {
                continue;
            }
            double closest = Double.POSITIVE_INFINITY;
            double at = 0;
            for (int i = 1; i < bounds.size(); i++) {
                double ratio = bounds.get(i) / bounds.get(i - 1);
                at = ratio < closest ? bounds.get(i - 1) : at;
                closest = Math.min(closest, ratio);
            }
            if (closest > 1 + margin + 1e-9) {
                out.add(
                        m.at(),
                        m.id() + "'s buckets can't show +" + Quantity.percent(margin) + ": even le=\""
                                + Quantity.number(at) + "\" and the next are " + Quantity.percent(closest - 1)
                                + " apart, so its level stays inconclusive",
                        "add bounds at most " + Quantity.percent(margin) + " apart around the level, such as "
                                + Quantity.number(at * (1 + margin)) + " after " + Quantity.number(at)
                                + ", or query a native histogram without _bucket");
            }
        }
    }

    /** Relative; NaN for one in the metric's own unit, which no ratio of bounds tells. */
    private static double margin(Margin allow) {
        if (allow == null || allow.equals(Margin.NONE)) {
            return USUAL;
        }
        return allow.value() == 0 ? OF_NOTHING : allow.relative() ? allow.value() : Double.NaN;
    }

    /** Finite bounds above zero that the query names one by one, ascending; none where it names them otherwise. */
    private static List<Double> bounds(String query) {
        TreeSet<Double> bounds = new TreeSet<>();
        Matcher le = LE.matcher(query);
        if (le.find()) {
            for (String part : le.group(2).replace("\\", "").split("\\|")) {
                if (part.strip().endsWith("Inf")) {
                    continue;
                }
                try {
                    bounds.add(Double.parseDouble(part.strip()));
                } catch (NumberFormatException e) {
                    return List.of();
                }
            }
        }
        return new ArrayList<>(bounds.tailSet(0.0, false));
    }
}
