// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What is looked at again just before the first users: the artifact that a gate saw, and the freezes of now. */
@Restricted(NoExternalUse.class)
public final class Admission {
    private Admission() {}

    /**
     * What to look at, with the checks that can have changed.
     *
     * @param gated whether a gate has let this release go; without one nobody has looked at its criteria, and nobody does now
     */
    public static List<CriteriaEntry> entries(ReleaseScope release, boolean gated) {
        Instant now = Instant.now();
        List<CriteriaEntry> entries =
                new ArrayList<>(gated ? Plans.changing(release.contract(), waiver -> waiver.counts(now)) : List.of());
        ReleasePolicy.of(release).freeze(now).ifPresent(entries::add);
        return entries;
    }

    /**
     * What the looks say together.
     *
     * @param override what somebody has let the release go in spite of, for as long as that holds; null for nothing
     */
    public static Event.Validated said(ValidationEntry about, List<Evidence> found, GateOverride override) {
        Instant now = Instant.now();
        List<Evidence> against = found.stream()
                .filter(one -> override == null || !override.covers(List.of(GateOverride.finding(one)), now))
                .toList();
        if (against.isEmpty()) {
            return new Event.Validated(
                    about.id(), about.title(), Status.PASS.word(), null, null, "nothing that could have changed");
        }
        Event.Validated said = Evidence.validated(about, against);
        return against.stream()
                .filter(one ->
                        one.status().word() == said.status() && one.reason().equals(said.reason()))
                .findFirst()
                .filter(one -> !one.status().green() && !one.fix().isBlank())
                .map(one -> new Event.Validated(
                        said.entry(),
                        said.title(),
                        said.status(),
                        said.value(),
                        said.limit(),
                        one.entry() + ": " + said.reason() + "; " + one.fix()))
                .orElse(said);
    }
}
