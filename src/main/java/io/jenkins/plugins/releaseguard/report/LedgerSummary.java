// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import java.util.Objects;
import java.util.Optional;

/** What the ledger keeps of a report. */
public final class LedgerSummary {
    private LedgerSummary() {}

    /** @throws IllegalArgumentException for a release that has not ended, which has no place in a ledger yet */
    public static LedgerEntry of(Report report, Seal seal) {
        if (report.running() || seal == null) {
            throw new IllegalArgumentException("the release has not ended and is not sealed");
        }
        Report.Release release = report.release();
        Report.Rollback rollback = report.rollback();
        return new LedgerEntry(
                LedgerEntry.FORMAT,
                release.service(),
                release.environment(),
                release.version(),
                release.commit(),
                release.artifacts(),
                report.outcome(),
                report.confirmed(),
                release.observe(),
                report.startedAt(),
                report.endedAt(),
                report.seconds(),
                reason(report),
                release.build(),
                release.by(),
                release.risk(),
                rollback == null || rollback.observed() ? null : rollback.totalSeconds(),
                rollback != null && rollback.withinObjective(),
                rollback == null ? null : rollback.recoveredSeconds(),
                report.requests() == null ? null : report.requests().lost(),
                seal.sha256(),
                null);
    }

    /**
     * The first fact of an entry that is another than the report's, as the end of a sentence; empty where all agree.
     *
     * @param report what the journal gives; empty leaves only the seal to compare
     */
    static Optional<String> contradiction(LedgerEntry entry, Optional<Report> report, Seal seal) {
        if (!Objects.equals(entry.seal(), seal.sha256())) {
            return Optional.of("it names the seal " + entry.seal() + ", not " + seal.sha256());
        }
        return report.filter(told -> !told.running()).flatMap(told -> {
            LedgerEntry now = of(told, seal);
            return differs("service", entry.service(), now.service())
                    .or(() -> differs("environment", entry.environment(), now.environment()))
                    .or(() -> differs("version", entry.version(), now.version()))
                    .or(() -> differs("commit", entry.commit(), now.commit()))
                    .or(() -> differs("artifacts", entry.artifacts(), now.artifacts()))
                    .or(() -> differs("verdict", entry.verdict(), now.verdict()))
                    .or(() -> differs("confirmed", entry.confirmed(), now.confirmed()))
                    .or(() -> differs("observe", entry.observe(), now.observe()))
                    .or(() -> differs("startedAt", entry.startedAt(), now.startedAt()))
                    .or(() -> differs("endedAt", entry.endedAt(), now.endedAt()));
        });
    }

    private static Optional<String> differs(String name, Object entry, Object now) {
        return Objects.equals(entry, now)
                ? Optional.empty()
                : Optional.of("its " + name + " is " + entry + ", the journal's " + now);
    }

    /** What an observed release would have done is why anybody observes. */
    private static String reason(Report report) {
        return report.rollback() != null && report.rollback().observed()
                ? report.reason() + "; only observed: would have been rolled back, "
                        + report.rollback().reason()
                : report.reason();
    }
}
