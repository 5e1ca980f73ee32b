// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.EntryType;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.List;

/** Evidence as the journal keeps it, also about what is no entry. */
final class EvidenceEvents {
    private EvidenceEvents() {}

    static Event.EvidenceGathered event(Evidence evidence, List<CriteriaEntry> entries) {
        return entries.stream()
                .filter(e -> e.id().equals(evidence.entry()))
                .findFirst()
                .map(evidence::event)
                .orElseGet(() -> new Event.EvidenceGathered(
                        evidence.entry(),
                        EntryType.CRITERIA.text(),
                        evidence.check().equals("lint") ? "The contract itself" : "The policy",
                        evidence.check(),
                        evidence.status().word(),
                        evidence.blocker(),
                        evidence.value(),
                        evidence.limit(),
                        evidence.reason(),
                        evidence.fix(),
                        evidence.origin().text(),
                        evidence.sha256(),
                        evidence.at(),
                        evidence.took().toMillis() / 1000.0));
    }
}
