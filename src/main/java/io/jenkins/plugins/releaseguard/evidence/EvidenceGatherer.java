// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Runs the checks of entries side by side, with a bound and a time limit each. Never throws for what a check does: what
 * can't be looked at is unknown, with the reason.
 */
public final class EvidenceGatherer {
    private final Checks checks;

    public EvidenceGatherer(Checks checks) {
        this.checks = checks;
    }

    /**
     * Evidence in the order of entries and of the checks within each; an entry without a check gives one unknown.
     *
     * @param executor offers at least {@code bound} threads; a check that ignores interruption keeps its thread
     * @param bound how many checks run at a time, from 1
     * @param limit how long each may take at most; a check's own {@code timeout} counts where it is shorter
     * @throws InterruptedException the caller was; running checks are interrupted first
     */
    public List<Evidence> gather(
            List<? extends Entry> entries, CheckContext context, Executor executor, int bound, Duration limit)
            throws InterruptedException {
        List<CheckRun> looks = new ArrayList<>();
        for (Entry entry : entries) {
            List<CheckSpec> specs = specs(entry);
            if (specs.isEmpty()) {
                looks.add(new CheckRun(entry, null, null, context));
            }
            for (CheckSpec spec : specs) {
                looks.add(new CheckRun(entry, spec, checks.of(spec.kind()).orElse(null), context));
            }
        }
        return new BoundedRun(executor, bound, limit).all(looks);
    }

    /** The checks an entry names; empty for entries that have none. */
    public static List<CheckSpec> specs(Entry entry) {
        if (entry instanceof CriteriaEntry criteria) {
            return criteria.verify();
        }
        return entry instanceof ValidationEntry validation ? validation.verify() : List.of();
    }
}
