// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import io.jenkins.plugins.releaseguard.evidence.SignOff;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An approval that a release waits for: on an entry of its gate, or to end a phase.
 *
 * @param entry the entry's id, empty for a phase
 * @param phase the phase's index, -1 for an entry
 * @param of users and groups who may give it
 * @param needed how many must approve
 * @param signed who has spoken so far, oldest first
 * @param digest what is approved: a signature counts for nothing else; empty for a phase
 * @param deadline when the wait ends, null where that isn't known
 */
public record PendingSignOff(
        String entry,
        int phase,
        String title,
        List<String> of,
        int needed,
        List<SignOff> signed,
        String digest,
        Instant deadline) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    public PendingSignOff {
        of = List.copyOf(of);
        signed = List.copyOf(signed);
    }

    public String getEntry() {
        return entry;
    }

    public int getPhase() {
        return phase;
    }

    public boolean isForPhase() {
        return phase >= 0;
    }

    public String getTitle() {
        return title;
    }

    public String getDigest() {
        return digest;
    }

    /** "1 of 2 approvals, from release-managers, until 2026-11-20 18:00 UTC". */
    public String getSentence() {
        Map<String, SignOff> last = new LinkedHashMap<>();
        signed.forEach(word -> last.put(word.by(), word));
        long given = last.values().stream().filter(SignOff::approved).count();
        return given + " of " + needed + (needed == 1 ? " approval" : " approvals")
                + (of.isEmpty() ? "" : ", from " + String.join(" or ", of))
                + (deadline == null ? "" : ", until " + TIME.format(deadline));
    }

    /** A line for each who has spoken. */
    public List<String> getVoices() {
        return signed.stream()
                .map(voice -> voice.by()
                        + (voice.approved() ? " approved" : " refused")
                        + (voice.comment() == null || voice.comment().isBlank() ? "" : ": " + voice.comment()))
                .toList();
    }
}
