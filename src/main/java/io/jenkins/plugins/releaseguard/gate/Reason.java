// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Why the gate isn't green: the entry, the number, the limit, what to do, and who may waive it. {@code awaits} names who
 * still has to sign, empty unless that alone is missing; {@code deadline} when that wait ends, null where nobody waits.
 */
public record Reason(
        String entry,
        String title,
        String check,
        Status status,
        boolean blocker,
        String value,
        String limit,
        String text,
        String fix,
        List<String> waivableBy,
        String awaits,
        Instant deadline) {
    public Reason {
        waivableBy = List.copyOf(waivableBy);
    }

    static Reason of(String title, Evidence evidence, List<String> waivableBy, Instant deadline) {
        return new Reason(
                evidence.entry(),
                title,
                evidence.check(),
                evidence.status(),
                evidence.blocker(),
                evidence.value(),
                evidence.limit(),
                evidence.reason(),
                evidence.fix(),
                waivableBy,
                evidence.awaits(),
                deadline);
    }

    /** One sentence for log and page. */
    public String sentence() {
        StringBuilder line = new StringBuilder(entry)
                .append(title.isBlank() ? "" : " (" + title + ")")
                .append(": ")
                .append(status.name().toLowerCase(Locale.ROOT))
                .append(blocker ? "" : ", should-have");
        append(line, ": ", text);
        if (!value.isBlank() || !limit.isBlank()) {
            line.append(" [").append(value.isBlank() ? "no value" : value);
            append(line, ", limit ", limit);
            line.append(']');
        }
        append(line, ". Fix: ", fix);
        append(line, ". Can be waived by: ", String.join(", ", waivableBy));
        return line.toString();
    }

    private static void append(StringBuilder line, String before, String text) {
        if (!text.isBlank()) {
            line.append(before).append(text);
        }
    }
}
