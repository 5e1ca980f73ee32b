// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.journal.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The contract's entries as far as the journal speaks of them; what a check said last is what counts. */
final class EntrySection {
    private static final List<EvidenceStatus> WORST_FIRST =
            List.of(EvidenceStatus.FAIL, EvidenceStatus.UNKNOWN, EvidenceStatus.WAIVED, EvidenceStatus.PASS);

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private static final class Entry {
        final String type;
        String title;
        boolean blocker;
        final Map<String, Report.CheckResult> checks = new LinkedHashMap<>();

        Entry(String type) {
            this.type = type;
        }
    }

    private EntrySection() {}

    static List<Report.EntryResult> of(JournalFacts facts) {
        EntrySection section = new EntrySection();
        facts.events().forEach(section::see);
        List<Report.EntryResult> results = new ArrayList<>();
        section.entries.forEach((id, entry) -> results.add(result(id, entry)));
        return List.copyOf(results);
    }

    private void see(Stamped stamped) {
        if (stamped.event() instanceof Event.EvidenceGathered seen) {
            Entry entry = entry(seen.entry(), seen.entryType(), seen.title());
            entry.blocker |= seen.blocker();
            entry.checks.put(
                    Words.text(seen.check()),
                    new Report.CheckResult(
                            seen.check(),
                            status(seen.status()),
                            seen.value(),
                            seen.limit(),
                            seen.reason(),
                            seen.fix(),
                            seen.origin(),
                            seen.sha256(),
                            seen.takenAt(),
                            JournalFacts.knownMillis(seen.seconds())));
        } else if (stamped.event() instanceof Event.Validated seen) {
            entry(seen.entry(), "Validation", seen.title())
                    .checks
                    .put(
                            "validation",
                            new Report.CheckResult(
                                    "validation",
                                    status(seen.status()),
                                    seen.value(),
                                    seen.limit(),
                                    seen.reason(),
                                    null,
                                    null,
                                    null,
                                    stamped.at(),
                                    null));
        } else if (stamped.event() instanceof Event.Breached seen
                && !Words.text(seen.entry()).isEmpty()) {
            entry(seen.entry(), "Rollback", null)
                    .checks
                    .put(
                            "trigger",
                            new Report.CheckResult(
                                    "trigger",
                                    EvidenceStatus.FAIL,
                                    seen.value(),
                                    seen.limit(),
                                    seen.reason(),
                                    Causes.advice(Word.text(seen.cause())),
                                    null,
                                    null,
                                    seen.sampleAt(),
                                    null));
        }
    }

    private Entry entry(String id, String type, String title) {
        Entry entry = entries.computeIfAbsent(Words.text(id), key -> new Entry(type));
        entry.title = entry.title == null ? title : entry.title;
        return entry;
    }

    private static EvidenceStatus status(EvidenceStatus status) {
        return status == null ? EvidenceStatus.UNKNOWN : status;
    }

    private static Report.EntryResult result(String id, Entry entry) {
        List<Report.CheckResult> checks = List.copyOf(entry.checks.values());
        Report.CheckResult worst = checks.stream()
                .min(java.util.Comparator.comparingInt(check -> WORST_FIRST.indexOf(check.status())))
                .orElseThrow();
        return new Report.EntryResult(
                id,
                entry.type,
                entry.title,
                worst.status(),
                entry.blocker,
                worst.value(),
                worst.limit(),
                worst.reason(),
                worst.fix(),
                checks);
    }
}
