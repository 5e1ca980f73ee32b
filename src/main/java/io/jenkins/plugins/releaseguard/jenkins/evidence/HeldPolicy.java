// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.contract.policy.SetupRule;
import io.jenkins.plugins.releaseguard.effect.router.RecordedRouter;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.gate.PolicyEvidence;
import io.jenkins.plugins.releaseguard.jenkins.config.RouterSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupKind;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupScope;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.evidence.DemandedSetups.Below;
import io.jenkins.plugins.releaseguard.jenkins.policy.NameList;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import io.jenkins.plugins.releaseguard.text.Glob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One place's policy, held against one release. What the release calls its environment is the pipeline's own word, so that a
 * release over a router that may move a protected environment's traffic is a release to a protected one.
 */
final class HeldPolicy {
    private final ReleaseScope release;
    private final Policy asked;
    private final Policy policy;
    private final Optional<String> reach;

    private final DemandedSetups demanded;

    /** @param place where it stands */
    HeldPolicy(ReleaseScope release, Policy policy, SetupScope place) {
        this.release = release;
        this.demanded = new DemandedSetups(release, policy, place);
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

    /** Evidence that doesn't count for what it demands, as things are set up now. */
    List<Below> below() {
        return demanded.all();
    }

    List<Evidence> evidence(String branch, Instant now) {
        List<Evidence> found = of(policy, branch, now);
        below().forEach(below -> found.add(NamedSetups.evidence(below.problem(), now)));
        if (reach.isEmpty()) {
            return found;
        }
        Set<Evidence> anyway = Set.copyOf(of(asked, branch, now));
        return found.stream()
                .map(one ->
                        one.status() == Status.PASS || one.check().equals(SetupRule.ABOVE.id()) || anyway.contains(one)
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
        evidence.addAll(
                PolicyEvidence.origin(which, release.contract(), release.environment(), release.contractOrigin(), now));
        return evidence;
    }

    private static Optional<String> reach(ReleaseScope release, Policy policy) {
        for (String id : NamedSetups.routers(release.contract())) {
            Optional<String> met = Setups.seen(release.user(), SetupKind.ROUTER, id)
                    .flatMap(router -> met(release, policy, router.setup()));
            if (met.isPresent()) {
                return Optional.of("the router '" + id + "' is set up " + met.get());
            }
        }
        return Optional.empty();
    }

    /** By whatever id and in whichever place it is set up: one proxy's backend is one router. */
    private static Optional<String> met(ReleaseScope release, Policy policy, RouterSetup router) {
        Optional<RecordedRouter> where = recorded(router);
        List<SetupScope> seen = Setups.around(release.place());
        Set<SetupScope> scopes = new LinkedHashSet<>(seen);
        scopes.addAll(Setups.everywhere());
        for (SetupScope scope : scopes) {
            for (RouterSetup other : scope.getRouters()) {
                boolean same = other == router
                        || where.isPresent()
                                && recorded(other).filter(where.get()::isSame).isPresent();
                Optional<String> met = same ? met(policy, other) : Optional.empty();
                if (met.isPresent()) {
                    return other == router
                            ? met
                            : met.map(said -> (seen.contains(scope)
                                            ? "as '" + other.getId() + "' of " + scope.where()
                                            // what others have is not told by its name
                                            : "in a folder of others")
                                    + " " + said);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<RecordedRouter> recorded(RouterSetup router) {
        try {
            return router.recorded();
        } catch (RuntimeException | LinkageError e) {
            // of another plugin: it is known by its own set-up alone
            return Optional.empty();
        }
    }

    private static Optional<String> met(Policy policy, RouterSetup router) {
        List<String> environments = NameList.orNothing(router.getEnvironments());
        return policy.protectedEnvironments().stream()
                .sorted()
                .filter(guarded ->
                        environments.isEmpty() || environments.stream().anyMatch(own -> Glob.overlap(own, guarded)))
                .findFirst()
                .map(guarded -> "for " + (environments.isEmpty() ? "any environment" : String.join(", ", environments))
                        + ", and the policy protects " + guarded);
    }
}
