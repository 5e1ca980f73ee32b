// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.Fold;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The example contract, and releases under it that came so far. */
final class Sample {
    static final Duration PACE = Duration.ofMinutes(20);
    static final Instant BEGIN = Instant.parse("2026-11-29T08:00:00Z");

    private Sample() {}

    static Contract contract() {
        try {
            return Catalog.installed()
                    .reader()
                    .read(
                            Path.of("release.yaml"),
                            Variables.of(Map.of(
                                    "VERSION",
                                    "2.4.0",
                                    "GIT_COMMIT",
                                    "4f0c1d9be5a2",
                                    "ARTIFACT_SHA256",
                                    "0".repeat(64))));
        } catch (ContractException e) {
            throw new IllegalStateException(e);
        }
    }

    static Plan plan() {
        return Plans.of(contract(), "production", PlanOptions.ALONE);
    }

    /** Noted a second apart. */
    static List<Stamped> record(Event... events) {
        List<Stamped> record = new ArrayList<>();
        for (Event event : events) {
            Instant at = BEGIN.plusSeconds(record.size());
            record.add(new Stamped(record.size() + 1, at, at, event));
        }
        return record;
    }

    static State armed() {
        return Fold.all(plan(), record(new Event.Armed(Map.of(), false, null, null)));
    }

    static State shifting(int phase) {
        return Fold.all(
                plan(), record(new Event.Armed(Map.of(), false, null, null), new Event.PhaseStarted(phase, "", 5, "")));
    }
}
