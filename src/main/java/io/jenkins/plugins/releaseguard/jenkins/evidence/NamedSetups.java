// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import hudson.AbortException;
import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.contract.policy.SetupRule;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.action.EndpointUse;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.gate.PolicyEvidence;
import io.jenkins.plugins.releaseguard.jenkins.catalog.ReleaseCatalog;
import io.jenkins.plugins.releaseguard.jenkins.config.EndpointSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupKind;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupUser;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.scope.ProcedureJob;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What a contract names by id must be set up, and for this very release, before it begins: a breach is the wrong moment to find out.
 */
@Restricted(NoExternalUse.class)
public final class NamedSetups {
    private final ReleaseScope release;
    private final Contract contract;
    private final SetupUser user;
    private final List<Problem> problems = new ArrayList<>();

    private NamedSetups(ReleaseScope release) {
        this.release = release;
        this.contract = release.contract();
        this.user = release.user();
    }

    /** @throws AbortException what the contract can't do without is not set up, or what it names isn't for this release */
    public static void require(ReleaseScope release) throws AbortException {
        List<Problem> problems = new NamedSetups(release).all(true);
        if (!problems.isEmpty()) {
            throw new AbortException(release.contract().file()
                    + " names what is not set up for this release, so nothing was begun:\n"
                    + problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
    }

    /** What the contract names and this release can't use, for the gate; what is missing counts when the release begins. */
    public static List<Evidence> evidence(ReleaseScope release, Instant now) {
        return new NamedSetups(release)
                .all(false).stream().map(problem -> evidence(problem, now)).toList();
    }

    static Evidence evidence(Problem problem, Instant now) {
        Finding finding = new Finding(
                Status.FAIL,
                problem.at().file(),
                problem.at().toString(),
                "set up for this release",
                problem.message() + " [" + problem.rule() + "]",
                problem.fix(),
                Origin.CONTROLLER,
                "",
                now,
                "");
        return Evidence.of(PolicyEvidence.ENTRY, problem.rule(), true, finding, Duration.ofDays(1), Duration.ZERO);
    }

    /** @param begins whether what is missing counts */
    private List<Problem> all(boolean begins) {
        String router = contract.rollout().router();
        if (router != null && !router.isBlank()) {
            if (add(SetupKind.ROUTER, router, contract.rollout().at(), begins) && begins) {
                connected(router);
            }
        }
        Map<String, Position> sources = new LinkedHashMap<>();
        contract.metrics().forEach(metric -> sources.putIfAbsent(metric.source(), metric.at()));
        sources.forEach((source, at) -> add(SetupKind.SOURCE, source, at, begins));
        checks(contract).forEach(this::check);
        for (RollbackEntry entry : contract.entries(RollbackEntry.class)) {
            entry.procedure().forEach(this::action);
            entry.notification().forEach(id -> channel(id, entry.head().at()));
        }
        return problems.stream().distinct().toList();
    }

    /** A router that can't even be talked to is found out before anybody waits for it. */
    private void connected(String router) {
        try {
            Setups.router(user, router);
        } catch (EffectException e) {
            problems.add(new Problem(
                    Severity.ERROR,
                    SetupRule.USE.id(),
                    contract.rollout().at(),
                    "The router can't be used: " + e.getMessage(),
                    "have it set up rightly, or name another"));
        }
    }

    /** All that is looked at, whenever. */
    private static Stream<CheckSpec> checks(Contract contract) {
        return contract.entries().stream().flatMap(NamedSetups::checks);
    }

    private static Stream<CheckSpec> checks(Entry entry) {
        if (entry instanceof CriteriaEntry criteria) {
            return criteria.verify().stream();
        }
        if (entry instanceof ValidationEntry validation) {
            return validation.verify().stream();
        }
        return entry instanceof RollbackEntry rollback ? Stream.ofNullable(rollback.check()) : Stream.empty();
    }

    private void check(CheckSpec check) {
        named(SetupKind.SOURCE, check.settings(), "source", check.at());
        endpoints(EndpointUse.of(check.settings()), check.settings(), check.at());
    }

    private void action(ActionSpec action) {
        switch (action.kind()) {
            case "traffic" -> named(SetupKind.ROUTER, action.settings(), "router", action.at());
            case "job" -> job(action);
            case "notify" -> action.settings().texts("to").forEach(id -> channel(id, action.at()));
            default -> endpoints(ReleaseCatalog.get().actions().endpoints(action), action.settings(), action.at());
        }
    }

    private void job(ActionSpec action) {
        try {
            ProcedureJob.find(release.job(), action.settings().text("job"));
        } catch (EffectException e) {
            problems.add(
                    new Problem(
                            Severity.ERROR,
                            SetupRule.JOB.id(),
                            action.settings().at("job") == null
                                    ? action.at()
                                    : action.settings().at("job"),
                            "A procedure's job can't be started: " + e.getMessage(),
                            "name a job beside the release's own, or have this one listed and the release's job allowed to build it"));
        }
    }

    private void endpoints(List<EndpointUse> uses, Settings settings, Position at) {
        for (EndpointUse use : uses) {
            call(
                    use,
                    Stream.of("path", "method", "endpoint", "endpoints", "provider")
                            .map(settings::at)
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(at));
        }
    }

    /** Whether the endpoint may be used, and for this. */
    private void call(EndpointUse use, Position at) {
        if (add(SetupKind.ENDPOINT, use.endpoint(), at, false)) {
            Setups.seen(user, SetupKind.ENDPOINT, use.endpoint())
                    .flatMap(endpoint -> refusal(endpoint.setup(), use)
                            .map(why -> new Problem(
                                    Severity.ERROR,
                                    SetupRule.CALL.id(),
                                    at,
                                    "The endpoint '" + use.endpoint() + "' of "
                                            + endpoint.scope().where() + " is set up " + why,
                                    "call what it is set up for, or have its methods and paths widened there")))
                    .ifPresent(problems::add);
        }
    }

    private static Optional<String> refusal(EndpointSetup endpoint, EndpointUse use) {
        return use.isWhole()
                ? endpoint.refusal(use.method(), use.path())
                : endpoint.bounds().refusal(use.method());
    }

    private void named(SetupKind<?> kind, Settings settings, String field, Position at) {
        if (settings.declares(field)) {
            for (String id : settings.texts(field)) {
                add(kind, id, settings.at(field) == null ? at : settings.at(field), false);
            }
        }
    }

    /** One that isn't there is told apart: whoever can be called is. */
    private void channel(String id, Position at) {
        if (Setups.seen(user, SetupKind.CHANNEL, id).isPresent()) {
            add(SetupKind.CHANNEL, id, at, false);
        } else {
            call(new EndpointUse(id, "POST", ""), at);
        }
    }

    /** Whether it is there and can be used. */
    private boolean add(SetupKind<?> kind, String id, Position at, boolean mustBeThere) {
        Optional<Setups.Objection> against = id.isBlank() ? Optional.empty() : Setups.objection(user, kind, id);
        against.filter(said -> mustBeThere || said.rule() != SetupRule.MISSING)
                .map(said -> new Problem(Severity.ERROR, said.rule().id(), at, said.text(), said.fix()))
                .ifPresent(problems::add);
        return against.isEmpty() && !id.isBlank();
    }

    /** The routers that the release may move: the rollout's, and those of procedures. */
    public static Set<String> routers(Contract contract) {
        Set<String> ids = new LinkedHashSet<>();
        ids.add(contract.rollout().router());
        for (RollbackEntry entry : contract.entries(RollbackEntry.class)) {
            for (ActionSpec action : entry.procedure()) {
                if (action.kind().equals("traffic")) {
                    ids.add(action.settings().text("router"));
                }
            }
        }
        ids.removeIf(String::isBlank);
        return ids;
    }

    /** One line for each channel that a rollback would call and that can't be called: it isn't there, or isn't whole. */
    public static List<String> silentChannels(ReleaseScope release) {
        return release.contract().entries(RollbackEntry.class).stream()
                .flatMap(entry -> Stream.concat(entry.notification().stream(), told(entry)))
                .distinct()
                .flatMap(id ->
                        silence(release.user(), id).map(why -> "a rollback can't tell " + id + ": " + why).stream())
                .toList();
    }

    private static Optional<String> silence(SetupUser user, String id) {
        try {
            return Setups.channel(user, id).isPresent() ? Optional.empty() : Optional.of("no such channel is set up");
        } catch (IllegalStateException e) {
            return Optional.of(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            // of another plugin; whatever it says may quote an address that is secret
            return Optional.of(e.getClass().getSimpleName());
        }
    }

    private static Stream<String> told(RollbackEntry entry) {
        return entry.procedure().stream()
                .filter(action -> action.kind().equals("notify"))
                .flatMap(action -> action.settings().texts("to").stream());
    }
}
