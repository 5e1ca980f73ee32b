// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.catalog.StandardChecks;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.EntryHead;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Stage;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.EvidenceGatherer;
import java.time.Duration;
import java.util.List;

/** Looks as the gate does, from a check as it stands in a contract. */
public final class CheckFixture {
    private CheckFixture() {}

    public static CheckSpec spec(String yaml) {
        try {
            return Catalog.STANDARD.reader().parseCheck(yaml);
        } catch (ContractException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    public static CriteriaEntry entry(CheckSpec... specs) {
        Position at = new Position("release.yaml", 1, 1);
        EntryHead head = new EntryHead("DEP-002", Stage.PRE_DEPLOY, "The criterion", "QA Lead", List.of(), at);
        return new CriteriaEntry(head, "", List.of(specs), true, "functional", null);
    }

    public static Evidence at(String yaml, CheckContext context) {
        try {
            return new EvidenceGatherer(StandardChecks.checks())
                    .gather(List.of(entry(spec(yaml))), context, Runnable::run, 1, Duration.ofSeconds(30))
                    .get(0);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
