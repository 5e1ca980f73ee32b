// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.EvidenceGatherer;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Gathers evidence about the contract's entries, before the release and after it. */
final class RehearsalChecks implements AutoCloseable {
    private static final int AT_A_TIME = 4;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final EvidenceGatherer gatherer =
            new EvidenceGatherer(Catalog.installed().checks());
    private final Supplier<CheckContext> context;
    private final ExecutorService executor = Executors.newFixedThreadPool(AT_A_TIME, work -> {
        Thread thread = new Thread(work, "rehearsal-check");
        thread.setDaemon(true);
        return thread;
    });

    /** @param context made anew for each gathering, so that its time is right */
    RehearsalChecks(Supplier<CheckContext> context) {
        this.context = context;
    }

    Contract contract() {
        return context.get().contract();
    }

    List<Evidence> gather(List<? extends Entry> entries) throws InterruptedException {
        return gatherer.gather(entries, context.get(), executor, AT_A_TIME, LIMIT);
    }

    /** The worst of what an entry's checks say. */
    Event.Validated validate(ValidationEntry entry) throws InterruptedException {
        return Evidence.validated(entry, gather(List.of(entry)));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
