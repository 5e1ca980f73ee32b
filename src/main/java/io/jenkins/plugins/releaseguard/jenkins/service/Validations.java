// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import java.util.Comparator;
import java.util.List;

/** Post-deploy validations, from the controller. */
final class Validations {
    private static final List<Status> WORST = List.of(Status.FAIL, Status.UNKNOWN, Status.WAIVED, Status.PASS);

    private final OpenRelease release;
    private final MetricSource source;
    private final ReleaseGuardService service;

    Validations(OpenRelease release, MetricSource source, ReleaseGuardService service) {
        this.release = release;
        this.source = source;
        this.service = service;
    }

    /** The worst of what the entry's checks say. */
    Event.Validated validate(ValidationEntry entry) throws InterruptedException {
        Evidence worst = service.gather(List.of(entry), new ReleaseCheckContext(release, source, null)).stream()
                .min(Comparator.comparingInt(e -> WORST.indexOf(e.status())))
                .orElseThrow();
        return new Event.Validated(
                entry.id(), entry.title(), worst.status().text(), worst.value(), worst.limit(), worst.reason());
    }
}
