// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import java.util.Comparator;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Post-deploy validations, from the controller. */
@Restricted(NoExternalUse.class)
public final class Validations {
    private static final List<Status> WORST = List.of(Status.FAIL, Status.UNKNOWN, Status.WAIVED, Status.PASS);

    /** Runs checks where they can hold nothing else up. */
    @FunctionalInterface
    public interface Gathering {
        List<Evidence> gather(List<? extends Entry> entries, CheckContext context) throws InterruptedException;
    }

    private final ReleaseScope release;
    private final MetricSource source;
    private final Gathering gathering;

    public Validations(ReleaseScope release, MetricSource source, Gathering gathering) {
        this.release = release;
        this.source = source;
        this.gathering = gathering;
    }

    /** The worst of what the entry's checks say. */
    public Event.Validated validate(ValidationEntry entry) throws InterruptedException {
        Evidence worst = gathering.gather(List.of(entry), new ReleaseCheckContext(release, source, null)).stream()
                .min(Comparator.comparingInt(e -> WORST.indexOf(e.status())))
                .orElseThrow();
        return new Event.Validated(
                entry.id(), entry.title(), worst.status().word(), worst.value(), worst.limit(), worst.reason());
    }
}
