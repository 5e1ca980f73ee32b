// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import io.jenkins.plugins.releaseguard.report.Report;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What a step returns to the Jenkinsfile. */
@Restricted(NoExternalUse.class)
public final class ReleaseResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String release;
    private final String verdict;
    private final String reason;
    private final double score;
    private final ArrayList<ReleaseResultEntry> entries;

    private ReleaseResult(
            String release, String verdict, String reason, double score, List<ReleaseResultEntry> entries) {
        this.release = release;
        this.verdict = verdict;
        this.reason = reason;
        this.score = score;
        this.entries = new ArrayList<>(entries);
    }

    /** @param verdict the step's own, as {@code go} */
    static ReleaseResult of(String release, String verdict, Report report) {
        List<ReleaseResultEntry> entries =
                report.entries().stream().map(ReleaseResultEntry::new).toList();
        return new ReleaseResult(release, verdict, report.reason(), score(entries), entries);
    }

    private static double score(List<ReleaseResultEntry> entries) {
        long green = entries.stream().filter(ReleaseResultEntry::isGreen).count();
        if (green == entries.size()) {
            return entries.isEmpty() ? 0 : 100;
        }
        // next to all is not all
        return Math.min(99.9, Math.round(1000.0 * green / entries.size()) / 10.0);
    }

    /** The release's id. */
    @Whitelisted
    public String getRelease() {
        return release;
    }

    /** The gate: go, conditional or no-go. A rollout: promoted, rolled-back or halted, and running where it goes on. */
    @Whitelisted
    public String getVerdict() {
        return verdict;
    }

    @Whitelisted
    public String getReason() {
        return reason;
    }

    /** Percent of the entries looked at that passed or are waived, 0 to 100. */
    @Whitelisted
    public double getScore() {
        return score;
    }

    @Whitelisted
    public List<ReleaseResultEntry> getEntries() {
        return entries;
    }

    @Override
    @Whitelisted
    public String toString() {
        return verdict;
    }
}
