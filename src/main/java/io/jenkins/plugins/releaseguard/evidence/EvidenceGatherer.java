// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

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
        return new BoundedRun(executor, bound, limit).all(looks(entries, context));
    }

    /** Does looks, each when its turn comes; how many at a time is its own. */
    @FunctionalInterface
    public interface Looker {
        /**
         * Returns at once.
         *
         * @param limit from when it begins
         * @param heard what came of it, once: evidence, or why there is none, a {@link java.util.concurrent.TimeoutException} at its limit
         */
        void look(Duration limit, Callable<Evidence> look, BiConsumer<Evidence, Exception> heard);
    }

    /**
     * The same as {@link #gather(List, CheckContext, Executor, int, Duration)} without waiting for it.
     *
     * @return does not fail; what the looker itself throws is thrown
     */
    public CompletableFuture<List<Evidence>> gather(
            List<? extends Entry> entries, CheckContext context, Looker looker, Duration limit) {
        CompletableFuture<List<Evidence>> all = CompletableFuture.completedFuture(List.of());
        for (CheckRun look : looks(entries, context)) {
            CompletableFuture<Evidence> one = new CompletableFuture<>();
            Duration most = look.limit(limit);
            looker.look(
                    most,
                    look,
                    (evidence, error) -> one.complete(error == null ? evidence : look.without(error, most)));
            all = all.thenCombine(one, EvidenceGatherer::with);
        }
        return all;
    }

    private static List<Evidence> with(List<Evidence> before, Evidence one) {
        List<Evidence> all = new ArrayList<>(before);
        all.add(one);
        return all;
    }

    private List<CheckRun> looks(List<? extends Entry> entries, CheckContext context) {
        List<CheckRun> looks = new ArrayList<>();
        for (Entry entry : entries) {
            List<CheckSpec> specs = specs(entry);
            if (specs.isEmpty()) {
                looks.add(CheckRun.of(entry, null, null, context));
            }
            for (CheckSpec spec : specs) {
                looks.add(CheckRun.of(entry, spec, checks.of(spec.kind()).orElse(null), context));
            }
        }
        return looks;
    }

    /** The checks an entry names; empty for entries that have none. */
    public static List<CheckSpec> specs(Entry entry) {
        if (entry instanceof CriteriaEntry criteria) {
            return criteria.verify();
        }
        return entry instanceof ValidationEntry validation ? validation.verify() : List.of();
    }
}
