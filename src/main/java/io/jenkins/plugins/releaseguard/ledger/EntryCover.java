// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.ledger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.TreeMap;

/**
 * The seal of a ledger's entry: the SHA-256 of all its fields in one canonical text, and that text's HMAC where there is a key.
 *
 * @param form how the text is made; a later version's can't be checked here
 * @param mac null where there was no key
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EntryCover(int form, String sha256, KeyedDigest mac) {
    static final int FORM = 1;

    static EntryCover over(LedgerEntry entry, SealKey key) {
        String text = text(entry);
        return new EntryCover(FORM, Sha256.hex(text), key == null ? null : key.sign(text));
    }

    /** Whether this version knows the form, and every word of the entry. */
    boolean known(LedgerEntry entry) {
        return form == FORM && entry.format() <= LedgerEntry.FORMAT && entry.verdict() != ReleaseOutcome.UNKNOWN;
    }

    boolean agrees(LedgerEntry entry) {
        return Sha256.hex(text(entry)).equals(sha256);
    }

    boolean signed(LedgerEntry entry, SealKey key) {
        return key.signed(text(entry), mac);
    }

    /**
     * A line a field, in the order of the record: its name, then {@code -} for nothing or the length in bytes of its UTF-8 text, a colon
     * and the text; numbers with a fraction as Java's {@code Double.toHexString}, which every version prints alike.
     */
    static String text(LedgerEntry entry) {
        StringBuilder text = new StringBuilder("release-guard/ledger-entry/1\n");
        line(text, "format", Integer.toString(entry.format()));
        line(text, "service", entry.service());
        line(text, "environment", entry.environment());
        line(text, "version", entry.version());
        line(text, "commit", entry.commit());
        line(text, "artifacts", Integer.toString(entry.artifacts().size()));
        new TreeMap<>(entry.artifacts()).forEach((name, digest) -> {
            line(text, "artifact", name);
            line(text, "sha256", digest);
        });
        line(text, "verdict", entry.verdict() == null ? null : entry.verdict().text());
        line(text, "confirmed", Boolean.toString(entry.confirmed()));
        line(text, "observe", Boolean.toString(entry.observe()));
        line(text, "startedAt", time(entry.startedAt()));
        line(text, "endedAt", time(entry.endedAt()));
        line(text, "seconds", number(entry.seconds()));
        line(text, "reason", entry.reason());
        line(text, "build", entry.build());
        line(text, "by", entry.by());
        line(text, "risk", entry.risk());
        line(text, "rollbackSeconds", number(entry.rollbackSeconds()));
        line(text, "withinObjective", Boolean.toString(entry.withinObjective()));
        line(text, "recoveredSeconds", number(entry.recoveredSeconds()));
        line(text, "requestsLost", number(entry.requestsLost()));
        line(text, "seal", entry.seal());
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(' ');
        if (value == null) {
            text.append('-');
        } else {
            text.append(value.getBytes(StandardCharsets.UTF_8).length)
                    .append(':')
                    .append(value);
        }
        text.append('\n');
    }

    private static String time(Instant at) {
        return at == null ? null : at.toString();
    }

    private static String number(Double value) {
        return value == null ? null : Double.toHexString(value);
    }
}
