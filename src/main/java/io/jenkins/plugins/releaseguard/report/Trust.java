// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import io.jenkins.plugins.releaseguard.ledger.SealKey;
import io.jenkins.plugins.releaseguard.report.Verification.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is known of a release from elsewhere than its folder, and what follows for the folder: digests show that its files fit
 * together, only this shows whose they are.
 *
 * @param seal the SHA-256 of its seal; null for none
 * @param from where that seal is from, as in "the seal of build.xml"
 * @param key the key that seals are signed with; null for none
 * @param entry its entry in the ledger, which was proven already; null for none
 */
public record Trust(String seal, String from, SealKey key, LedgerEntry entry) {
    /** Nothing is known. */
    public static final Trust NONE = new Trust(null, "", null, null);

    /** Only a seal is known. */
    public static Trust inSeal(String seal, String from) {
        return new Trust(seal, from, null, null);
    }

    /** What making the report again adds: a sentence of what it proves, or of what it doesn't. */
    record Opinion(boolean proves, String sentence) {}

    boolean asked() {
        return seal != null || key != null || entry != null;
    }

    /** The last word on files that fit together. */
    Verification hold(JournalCheck journal, Seal found, Opinion opinion) {
        Optional<Verification> other = contradiction(journal, found);
        if (other.isPresent()) {
            return other.get();
        }
        List<String> proven = new ArrayList<>();
        List<String> unproven = new ArrayList<>();
        proven.add("the journal's lines and readings follow one another without a gap");
        List<String> bare = Stream.of(ReportFiles.MARKDOWN, ReportFiles.HTML)
                .filter(page -> !found.files().containsKey(page))
                .toList();
        proven.add((bare.isEmpty() ? "journal, report and pages" : "the files that the seal names")
                + " are unchanged since the seal that lies with them was made");
        if (!bare.isEmpty()) {
            unproven.add(String.join(" and ", bare) + ": the seal doesn't name it, so it may be anything");
        }
        (opinion.proves() ? proven : unproven).add(opinion.sentence());
        if (seal != null) {
            proven.add("that seal is " + from);
        }
        if (entry != null) {
            proven.add("the entry of the ledger names that seal, and the same release and verdict");
        }
        boolean signed = key != null && found.signedBy(key);
        if (signed) {
            proven.add("that seal is signed by the key " + key.id());
        } else if (key == null && found.mac() != null) {
            unproven.add("its signature: give the controller's key to have it checked");
        }
        if (!signed && seal == null && entry == null) {
            unproven.add("who sealed it: whoever can write these files can make all of them anew, seal included; hold"
                    + " it against the seal in the ledger or on the build's page, or check its signature");
        } else if (!signed) {
            unproven.add("that what it was held against is genuine: that is as good as where it was kept");
        }
        String what = Words.count(found.lines(), "journal line") + " and the report, seal " + found.sha256();
        if (key != null && !signed) {
            return new Verification(Outcome.UNPROVEN, "", 0, what + ", " + whyUnsigned(found), proven, unproven);
        }
        return new Verification(
                Outcome.INTACT,
                "",
                0,
                what + (asked() ? "" : "; only that the files fit together is proven, not who sealed them"),
                proven,
                unproven);
    }

    private Optional<Verification> contradiction(JournalCheck journal, Seal found) {
        if (seal != null && !seal.equals(found.sha256())) {
            return altered("is sealed with " + found.sha256() + ", but " + from + " is " + seal);
        }
        if (entry != null) {
            Optional<String> differs = LedgerSummary.contradiction(entry, journal.report(), found);
            if (differs.isPresent()) {
                return altered("is not what the entry of the ledger says: " + differs.get());
            }
        }
        if (key != null && found.mac() != null && key.id().equals(found.mac().key()) && !found.signedBy(key)) {
            return altered("its signature is not that of the key that it names");
        }
        return Optional.empty();
    }

    private String whyUnsigned(Seal found) {
        return found.mac() == null
                ? "which no key signed"
                : "which another key signed than the one given, which is " + key.id();
    }

    private static Optional<Verification> altered(String what) {
        return Optional.of(Verification.altered(ReportFiles.JSON, 0, what));
    }
}
