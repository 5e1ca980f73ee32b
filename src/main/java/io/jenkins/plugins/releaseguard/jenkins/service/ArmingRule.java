// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.AbortException;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.jenkins.evidence.ReleasePolicy;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.GateWord;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Policies hold for a release whichever step begins it: who leaves out {@code releaseGate} evades none. Where they want something looked
 * at or signed, only a gate's answer will do; what they say of the contract alone is asked here.
 */
@Restricted(NoExternalUse.class)
public final class ArmingRule {
    private ArmingRule() {}

    /** @throws AbortException what a policy demands and this release has not; nothing may be moved */
    public static void require(OpenRelease release) throws IOException {
        if (mayStart(release)) {
            return;
        }
        Instant now = Instant.now();
        ReleasePolicy policy = ReleasePolicy.of(release);
        String what = release.service() + " to " + release.environment();
        Optional<String> wanted = policy.needsGate(now);
        if (wanted.isPresent()) {
            throw new AbortException(
                    "No gate has let " + what + " go, and " + wanted.get()
                            + ", so nothing is moved. Put releaseGate before this step, with the same contract and environment");
        }
        List<Evidence> against = policy.evidence(release.job(), now).stream()
                .filter(one -> one.status() != Status.PASS)
                .toList();
        if (!against.isEmpty()) {
            throw new AbortException("A policy holds against releasing " + what + ", so nothing is moved:\n"
                    + against.stream()
                            .map(one -> one.reason() + ": " + one.fix())
                            .collect(Collectors.joining("\n")));
        }
    }

    /** Whether a gate of this very release said so; one that was overridden did. */
    static boolean mayStart(OpenRelease release) throws IOException {
        return release.events().stream()
                .map(Stamped::event)
                .filter(Event.GateDecided.class::isInstance)
                .map(event -> ((Event.GateDecided) event).decision())
                .reduce((first, last) -> last)
                .filter(word -> word == GateWord.GO || word == GateWord.CONDITIONAL)
                .isPresent();
    }
}
