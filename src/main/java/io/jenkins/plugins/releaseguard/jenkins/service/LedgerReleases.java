// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.evidence.Drill;
import io.jenkins.plugins.releaseguard.evidence.PastRelease;
import io.jenkins.plugins.releaseguard.evidence.Releases;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import io.jenkins.plugins.releaseguard.journal.LedgerEntry;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What the controller's own ledger tells of a service. */
record LedgerReleases(String service) implements Releases {
    @Override
    public List<PastRelease> releases(String environment) throws IOException {
        return ReleaseGuardService.get().ledger(service).history().entries().stream()
                .filter(entry -> environment.equals(entry.environment()) && !entry.observe())
                .sorted(Comparator.comparing(LedgerEntry::endedAt).reversed())
                .map(LedgerReleases::past)
                .toList();
    }

    @Override
    public List<Drill> drills(String environment) throws IOException {
        throw new UnavailableException("no rollback has been rehearsed", "run rollbackDrill in the environment");
    }

    private static PastRelease past(LedgerEntry entry) {
        String build = entry.build() == null ? "" : entry.build();
        int hash = build.lastIndexOf('#');
        return new PastRelease(
                entry.environment(),
                entry.version(),
                entry.commit(),
                Set.copyOf(entry.artifacts().values()),
                entry.verdict(),
                // the ledger lies where no build can write
                entry.seal() != null,
                entry.endedAt(),
                hash < 0 ? build : build.substring(0, hash),
                build,
                entry.seal());
    }
}
