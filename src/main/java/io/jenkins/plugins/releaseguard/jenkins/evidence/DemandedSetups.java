// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.contract.policy.PolicyRules;
import io.jenkins.plugins.releaseguard.contract.policy.RequiredCheck;
import io.jenkins.plugins.releaseguard.contract.policy.SetupRule;
import io.jenkins.plugins.releaseguard.effect.action.EndpointUse;
import io.jenkins.plugins.releaseguard.jenkins.config.BoundSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupKind;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupScope;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups.Placed;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a policy demands is looked at by what is set up where it stands or above: whoever owns a folder below could point a source or
 * an endpoint of that name to a server of his own.
 */
@Restricted(NoExternalUse.class)
public final class DemandedSetups {
    private final ReleaseScope release;
    private final Contract contract;
    private final Policy policy;
    private final List<SetupScope> above;

    /** @param place where the policy stands */
    DemandedSetups(ReleaseScope release, Policy policy, SetupScope place) {
        this.release = release;
        this.contract = release.contract();
        this.policy = policy;
        this.above = Setups.around(place.context());
    }

    /**
     * Evidence that doesn't count.
     *
     * @param entry whose check asks below the policy
     * @param check its kind
     */
    public record Below(String entry, String check, Problem problem) {}

    /** One for each demand that nothing but what is set up below would satisfy. */
    List<Below> all() {
        List<Below> found = new ArrayList<>();
        for (RequiredCheck demanded : policy.checks()) {
            List<Below> below = new ArrayList<>();
            boolean kept = false;
            for (CriteriaEntry entry : PolicyRules.satisfying(contract, demanded)) {
                for (CheckSpec check : entry.verify()) {
                    if (check.kind().equals(demanded.kind())) {
                        Optional<Below> one = below(entry, check);
                        one.ifPresent(below::add);
                        kept |= one.isEmpty();
                    }
                }
            }
            if (!kept) {
                found.addAll(below);
            }
        }
        return found;
    }

    private Optional<Below> below(CriteriaEntry entry, CheckSpec check) {
        Settings settings = check.settings();
        Set<String> endpoints = new LinkedHashSet<>();
        Set<String> sources = new LinkedHashSet<>();
        if (Catalog.STANDARD.specs().checks().containsKey(check.kind())) {
            EndpointUse.of(settings).forEach(use -> endpoints.add(use.endpoint()));
            sources.addAll(texts(settings, "source"));
            texts(settings, "metric")
                    .forEach(id -> contract.metric(id).map(Metric::source).ifPresent(sources::add));
        } else {
            // nobody here knows which field of another plugin's check names one
            settings.values().values().forEach(value -> words(value, endpoints));
            sources.addAll(endpoints);
            endpoints.forEach(id -> contract.metric(id).map(Metric::source).ifPresent(sources::add));
        }
        return below(SetupKind.SOURCE, sources)
                .or(() -> below(SetupKind.ENDPOINT, endpoints))
                .map(said -> new Below(
                        entry.id(),
                        check.kind(),
                        new Problem(
                                Severity.ERROR,
                                SetupRule.ABOVE.id(),
                                check.at(),
                                "the check " + check.kind() + " of " + entry.id() + ", which the policy of "
                                        + policy.name() + " demands, asks " + said
                                        + ", below where the policy stands, so that it doesn't count",
                                "name one that is set up where the policy stands or above; one of the same id in a folder below hides"
                                        + " it: give that another id")));
    }

    private <T extends BoundSetup<?>> Optional<String> below(SetupKind<T> kind, Set<String> ids) {
        for (String id : ids) {
            Optional<Placed<T>> seen = Setups.seen(release.user(), kind, id);
            if (seen.isPresent() && !above.contains(seen.get().scope())) {
                return Optional.of("the " + kind.word() + " '" + id + "' of "
                        + seen.get().scope().where());
            }
        }
        return Optional.empty();
    }

    private static List<String> texts(Settings settings, String field) {
        return settings.declares(field) ? settings.texts(field) : List.of();
    }

    private static void words(Object value, Set<String> into) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(one -> words(one, into));
        } else if (value instanceof Collection<?> list) {
            list.forEach(one -> words(one, into));
        } else if (value != null) {
            into.add(value.toString());
        }
    }
}
