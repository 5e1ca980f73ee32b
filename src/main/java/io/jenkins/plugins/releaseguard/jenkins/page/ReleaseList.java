// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.releaseguard.ledger.Ledger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The releases of a job as a table: those of its builds, and of others' builds that the reader may see. */
@Restricted(NoExternalUse.class)
public final class ReleaseList {
    private final List<ReleaseRow> rows;
    private final List<String> problems;
    private final int more;
    private final boolean told;

    private ReleaseList(List<ReleaseRow> rows, List<String> problems, int more, boolean told) {
        this.rows = rows;
        this.problems = problems;
        this.more = more;
        this.told = told;
    }

    /** @param told whether each release's reason is shown */
    static ReleaseList of(Job<?, ?> job, int limit, boolean told) {
        List<ReleaseRow> rows = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Map<String, Boolean> readable = new ConcurrentHashMap<>();
        Predicate<String> formerly = formerly(job);
        UnaryOperator<String> own = name -> formerly.test(name) ? job.getFullName() : name;
        for (String service : JobReleases.get().services(job)) {
            Ledger.History history = LedgerCache.history(service);
            problems.addAll(history.problems());
            history.entries().stream()
                    .map(entry -> new ReleaseRow(entry, own))
                    .filter(row -> row.isOf(job) || readable.computeIfAbsent(row.jobName(), ReleaseList::readable))
                    .forEach(rows::add);
        }
        rows.sort(
                Comparator.comparing((ReleaseRow row) -> row.entry().endedAt()).reversed());
        return new ReleaseList(
                rows.subList(0, Math.min(limit, rows.size())), problems, Math.max(0, rows.size() - limit), told);
    }

    /** Names that were the job's, and are nobody else's now. */
    private static Predicate<String> formerly(Job<?, ?> job) {
        Set<String> names = new HashSet<>(JobReleases.get().formerNames(job));
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            names.removeIf(name -> Jenkins.get().getItemByFullName(name) != null);
        }
        return names::contains;
    }

    /** A contract can name any service: its history must not tell about jobs that the reader can't see. */
    private static boolean readable(String jobName) {
        return !jobName.isEmpty() && Jenkins.get().getItemByFullName(jobName, Job.class) != null;
    }

    public List<ReleaseRow> getRows() {
        return rows;
    }

    public List<String> getProblems() {
        return problems;
    }

    public boolean isTold() {
        return told;
    }

    /** How many older ones are not listed. */
    public int getMore() {
        return more;
    }
}
