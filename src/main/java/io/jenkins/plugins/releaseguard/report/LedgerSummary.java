// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.LedgerEntry;

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
                seal.sha256());
    }

    /** What an observed release would have done is why anybody observes. */
    private static String reason(Report report) {
        return report.rollback() != null && report.rollback().observed()
                ? report.reason() + "; only observed: would have been rolled back, "
                        + report.rollback().reason()
                : report.reason();
    }
}
