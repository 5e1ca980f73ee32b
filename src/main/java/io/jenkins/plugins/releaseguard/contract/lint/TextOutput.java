// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.util.List;
import java.util.Locale;

/**
 * Findings for people: {@code file:line:column: severity: message [rule]}, which editors and CI servers recognise,
 * and the fix below.
 */
public final class TextOutput {
    private TextOutput() {}

    public static String write(List<LintResult> results) {
        StringBuilder out = new StringBuilder();
        for (LintResult result : results) {
            for (Problem p : result.problems()) {
                out.append(Shown.line(p.at().toString()))
                        .append(": ")
                        .append(p.severity().name().toLowerCase(Locale.ROOT))
                        .append(": ")
                        .append(Shown.line(p.message()))
                        .append(" [")
                        .append(p.rule())
                        .append("]\n");
                if (p.fix() != null && !p.fix().isEmpty()) {
                    out.append("    ").append(Shown.line(p.fix())).append('\n');
                }
            }
            out.append(Shown.line(result.file()))
                    .append(": ")
                    .append(number(result.count(Severity.ERROR), "error"))
                    .append(", ")
                    .append(number(result.count(Severity.WARNING), "warning"))
                    .append(", ")
                    .append(number(result.count(Severity.NOTE), "note"))
                    .append('\n');
        }
        return out.toString();
    }

    private static String number(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
