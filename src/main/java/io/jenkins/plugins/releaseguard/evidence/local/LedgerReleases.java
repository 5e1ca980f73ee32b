// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.local;

import io.jenkins.plugins.releaseguard.evidence.Drill;
import io.jenkins.plugins.releaseguard.evidence.PastRelease;
import io.jenkins.plugins.releaseguard.evidence.Releases;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.ledger.EntryProof;
import io.jenkins.plugins.releaseguard.ledger.Ledger;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
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
 * last word, so what is older than it is in doubt; what came after it counts as ever. So is an entry whose own seal doesn't prove it.
 *
 * @param ofJob whose releases count, by the full name of the job; what others have sealed is left out
 */
public record LedgerReleases(Ledger ledger, Predicate<String> ofJob) implements Releases {
    /** The same where every job's releases count. */
    public LedgerReleases(Ledger ledger) {
        this(ledger, job -> true);
    }

    @Override
    public List<PastRelease> releases(String environment) throws IOException {
        Ledger.History history = ledger.history();
        return sure(
                newestFirst(history).stream()
                        .filter(e -> environment.equals(e.environment()))
                        .map(e -> release(e, doubt(e, history)))
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
                        .map(e -> drill(e, doubt(e, history)))
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

    /** Why an entry isn't believed; empty where it is. */
    private String doubt(LedgerEntry entry, Ledger.History history) {
        EntryProof proof = ledger.proof(entry);
        if (!proof.holds()) {
            return "its entry in the ledger " + proof.reason();
        }
        return history.doubtUntil() == null || entry.endedAt().isAfter(history.doubtUntil())
                ? ""
                : "the ledger has a record that isn't older and can't be believed: "
                        + history.problems().get(0);
    }

    private Drill drill(LedgerEntry entry, String doubt) {
        Double seconds = entry.rollbackSeconds();
        return new Drill(
                entry.environment(),
                entry.endedAt(),
                seconds == null ? null : Duration.ofMillis(Math.round(seconds * 1000)),
                entry.confirmed() && entry.verdict() == ReleaseOutcome.ROLLED_BACK,
                entry.version() + " in " + entry.environment()
                        + (entry.build() == null || entry.build().isBlank() ? "" : ", " + entry.build()),
                doubt);
    }

    private List<LedgerEntry> newestFirst(Ledger.History history) throws IOException {
        if (Instant.MAX.equals(history.doubtUntil())) {
            throw new IOException(
                    "the ledger can't be read: " + history.problems().get(0));
        }
        List<LedgerEntry> entries = new ArrayList<>(history.entries());
        entries.removeIf(entry -> entry.observe() || !ofJob.test(job(entry)));
        Collections.reverse(entries);
        return entries;
    }

    private PastRelease release(LedgerEntry entry, String doubt) {
        Set<String> digests = entry.artifacts().values().stream()
                .map(s -> s.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        String build = String.valueOf(entry.build());
        return new PastRelease(
                entry.environment(),
                entry.version(),
                entry.commit(),
                digests,
                entry.verdict(),
                doubt,
                entry.endedAt(),
                job(entry),
                build,
                entry.seal());
    }

    private static String job(LedgerEntry entry) {
        String build = String.valueOf(entry.build());
        int number = build.lastIndexOf('#');
        return number < 0 ? build : build.substring(0, number).strip();
    }
}
