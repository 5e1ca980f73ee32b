// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.local;

import io.jenkins.plugins.releaseguard.evidence.Drill;
import io.jenkins.plugins.releaseguard.evidence.PastRelease;
import io.jenkins.plugins.releaseguard.evidence.Releases;
import io.jenkins.plugins.releaseguard.journal.Ledger;
import io.jenkins.plugins.releaseguard.journal.LedgerEntry;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A ledger as evidence. A release that only observed proves nothing and is left out. A record that can't be read might have been the
 * last word, so what is older than it counts as not intact; what came after it counts as ever.
 *
 * @param intact whether the record's sealed report was found and its seal holds
 */
public record LedgerReleases(Ledger ledger, Predicate<LedgerEntry> intact) implements Releases {
    @Override
    public List<PastRelease> releases(String environment) throws IOException {
        Ledger.History history = ledger.history();
        return sure(
                newestFirst(history).stream()
                        .filter(e -> environment.equals(e.environment()))
                        .map(e -> release(e, isIntact(e, history)))
                        .toList(),
                history);
    }

    /** Every release that was rolled back, also where the end was not confirmed: that one is proof, too, of the contrary. */
    @Override
    public List<Drill> drills(String environment) throws IOException {
        Ledger.History history = ledger.history();
        return sure(
                newestFirst(history).stream()
                        .filter(e -> environment.isEmpty() || environment.equals(e.environment()))
                        .filter(e -> e.rollbackSeconds() != null || e.verdict() == ReleaseOutcome.ROLLED_BACK)
                        .map(e -> drill(e, isIntact(e, history)))
                        .toList(),
                history);
    }

    /** Where nothing is found, nobody knows whether that is for want of it. */
    private static <T> List<T> sure(List<T> found, Ledger.History history) throws IOException {
        if (found.isEmpty() && history.doubtUntil() != null) {
            throw new IOException("the ledger has a record that can't be read: "
                    + history.problems().get(0));
        }
        return found;
    }

    private boolean isIntact(LedgerEntry entry, Ledger.History history) {
        return intact.test(entry)
                && (history.doubtUntil() == null || entry.endedAt().isAfter(history.doubtUntil()));
    }

    private Drill drill(LedgerEntry entry, boolean isIntact) {
        Double seconds = entry.rollbackSeconds();
        return new Drill(
                entry.environment(),
                entry.endedAt(),
                seconds == null ? null : Duration.ofMillis(Math.round(seconds * 1000)),
                entry.confirmed() && entry.verdict() == ReleaseOutcome.ROLLED_BACK,
                entry.version() + " in " + entry.environment()
                        + (entry.build() == null || entry.build().isBlank() ? "" : ", " + entry.build()),
                isIntact);
    }

    private List<LedgerEntry> newestFirst(Ledger.History history) throws IOException {
        if (Instant.MAX.equals(history.doubtUntil())) {
            throw new IOException(
                    "the ledger can't be read: " + history.problems().get(0));
        }
        List<LedgerEntry> entries = new ArrayList<>(history.entries());
        entries.removeIf(LedgerEntry::observe);
        Collections.reverse(entries);
        return entries;
    }

    private PastRelease release(LedgerEntry entry, boolean isIntact) {
        Set<String> digests = entry.artifacts().values().stream()
                .map(s -> s.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        String build = String.valueOf(entry.build());
        int number = build.lastIndexOf('#');
        return new PastRelease(
                entry.environment(),
                entry.version(),
                entry.commit(),
                digests,
                entry.verdict(),
                isIntact,
                entry.endedAt(),
                number < 0 ? build : build.substring(0, number).strip(),
                build,
                entry.seal());
    }
}
