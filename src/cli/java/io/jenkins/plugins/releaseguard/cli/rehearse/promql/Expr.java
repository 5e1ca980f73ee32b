// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;

/** An expression of the subset of PromQL that a canary's queries need. Durations and times in milliseconds. */
sealed interface Expr {
    record Number(double value) implements Expr {}

    /** A selector; {@code range} 0 for an instant one, {@code at} null where no {@code @} stands. */
    record Selector(String name, List<Matcher> matchers, long range, long offset, Long at) implements Expr {}

    record Call(String function, List<Expr> arguments) implements Expr {}

    /** {@code labels} are kept, or left out where {@code without}. */
    record Aggregate(String operator, boolean without, List<String> labels, Expr of) implements Expr {}

    record Binary(String operator, Expr left, Expr right) implements Expr {}

    record Negative(Expr of) implements Expr {}

    /** One label's condition. Regular expressions are anchored, a missing label is the empty string. */
    record Matcher(String label, boolean wanted, String value, Pattern pattern) {
        boolean matches(Map<String, String> labels) {
            String actual = labels.getOrDefault(label, "");
            boolean same = pattern == null
                    ? actual.equals(value)
                    : pattern.matcher(actual).matches();
            return same == wanted;
        }
    }
}
