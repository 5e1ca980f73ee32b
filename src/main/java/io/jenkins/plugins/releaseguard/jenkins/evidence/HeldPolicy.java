// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.gate.PolicyEvidence;
import io.jenkins.plugins.releaseguard.jenkins.config.RouterSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupKind;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.policy.NameList;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import io.jenkins.plugins.releaseguard.text.Glob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One place's policy, held against one release. What the release calls its environment is the pipeline's own word, so that a
 * release over a router that may move a protected environment's traffic is a release to a protected one.
 */
final class HeldPolicy {
    private final ReleaseScope release;
    private final Policy asked;
    private final Policy policy;
    private final Optional<String> reach;

    HeldPolicy(ReleaseScope release, Policy policy) {
        this.release = release;
        this.asked = policy;
        this.reach = policy.protects(release.environment()) ? Optional.empty() : reach(release, policy);
        this.policy = reach.isEmpty() ? policy : policy.alsoProtecting(release.environment());
    }

    /** As it holds for this release. */
    Policy policy() {
        return policy;
    }

    /** Why an environment that the policy doesn't name is protected, as a sentence's end; empty where it isn't or is named. */
    String because() {
        return reach.map(why -> ": " + why).orElse("");
    }

    List<Evidence> evidence(String branch, Instant now) {
        List<Evidence> found = of(policy, branch, now);
        if (reach.isEmpty()) {
            return found;
        }
        List<Evidence> anyway = of(asked, branch, now);
        return found.stream()
                .map(one -> one.status() == Status.PASS || anyway.contains(one)
                        ? one
                        : one.with(
                                one.status(),
                                one.reason() + because(),
                                one.fix() + "; or have the router set up for its own environments alone"))
                .toList();
    }

    private List<Evidence> of(Policy which, String branch, Instant now) {
        List<Evidence> evidence =
                new ArrayList<>(PolicyEvidence.demands(which, release.contract(), release.environment(), now));
        evidence.addAll(PolicyEvidence.branch(which, release.contract(), release.environment(), branch, now));
        evidence.addAll(PolicyEvidence.origin(
                which, release.contract(), release.environment(), release.contractOrigin(), now));
        return evidence;
    }

    private static Optional<String> reach(ReleaseScope release, Policy policy) {
        for (String id : NamedSetups.routers(release.contract())) {
            Optional<RouterSetup> router =
                    Setups.seen(release.user(), SetupKind.ROUTER, id).map(Setups.Placed::setup);
            if (router.isPresent()) {
                List<String> environments = NameList.of(router.get().getEnvironments());
                Optional<String> met = policy.protectedEnvironments().stream()
                        .sorted()
                        .filter(guarded -> environments.isEmpty()
                                || environments.stream().anyMatch(own -> Glob.overlap(own, guarded)))
                        .findFirst();
                if (met.isPresent()) {
                    return Optional.of("the router '" + id + "' is set up for "
                            + (environments.isEmpty() ? "any environment" : String.join(", ", environments))
                            + ", and the policy protects " + met.get());
                }
            }
        }
        return Optional.empty();
    }
}
