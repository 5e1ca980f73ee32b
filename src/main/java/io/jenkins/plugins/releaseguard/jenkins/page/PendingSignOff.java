// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * An approval that a release waits for: on an entry of its gate, or to end a phase.
 *
 * @param entry the entry's id, empty for a phase
 * @param phase the phase's index, -1 for an entry
 * @param of users and groups who may give it
 * @param needed how many must approve
 * @param voices who has spoken so far, oldest first
 * @param digest what is approved: a signature counts for nothing else; empty for a phase
 * @param authors user ids of those who made the release and can't sign; empty where anybody named can
 * @param deadline when the wait ends, null where it doesn't
 * @param otherwise what the contract says happens then: no-go or conditional
 */
@Restricted(NoExternalUse.class)
public record PendingSignOff(
        String entry,
        int phase,
        String title,
        List<String> of,
        int needed,
        List<SignOffView> voices,
        String digest,
        Set<String> authors,
        Instant deadline,
        String otherwise) {
    public PendingSignOff {
        of = List.copyOf(of);
        voices = List.copyOf(voices);
        authors = Set.copyOf(authors);
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

    public int getNeeded() {
        return needed;
    }

    public List<SignOffView> getVoices() {
        return voices;
    }

    /** The last word of each whose word counts; ids that differ in case only are one person, as the gate counts them. */
    private Map<String, SignOffView> last() {
        Map<String, SignOffView> last = new LinkedHashMap<>();
        voices.stream()
                .filter(SignOffView::counts)
                .forEach(voice -> last.put(voice.by().toLowerCase(Locale.ROOT), voice));
        return last;
    }

    public long getGiven() {
        return last().values().stream().filter(SignOffView::approved).count();
    }

    /** Who refuses; empty for nobody. */
    public String getRefusedBy() {
        return last().values().stream()
                .filter(voice -> !voice.approved())
                .map(SignOffView::by)
                .findFirst()
                .orElse("");
    }

    public boolean isGiven() {
        return getRefusedBy().isEmpty() && getGiven() >= needed;
    }

    /** The last word that counts of this person; null for none. */
    SignOffView lastOf(String person) {
        return last().get(person.toLowerCase(Locale.ROOT));
    }

    /** "1 of 2 approvals, from release-managers". */
    public String getSentence() {
        return getGiven() + " of " + needed + (needed == 1 ? " approval" : " approvals")
                + (of.isEmpty() ? "" : ", from " + names());
    }

    private String names() {
        int last = of.size() - 1;
        return last == 0 ? of.get(0) : String.join(", ", of.subList(0, last)) + " or " + of.get(last);
    }

    /** Null where nobody waits, or somebody has refused. */
    public SignOffDeadline getDue() {
        return deadline == null || !getRefusedBy().isEmpty() ? null : new SignOffDeadline(deadline, otherwise);
    }
}
