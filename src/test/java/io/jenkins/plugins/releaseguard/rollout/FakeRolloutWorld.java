// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * A small world in which a rollout runs without threads or sockets: a service with two variants, a router and a clock that the
 * test holds. Deterministic for a seed.
 */
final class FakeRolloutWorld {
    static final String CONTRACT = """
            apiVersion: release-guard/v1
            release: {service: shop, version: "2", commit: abc, owner: team, rollback: {objective: 60s}}
            metrics:
              - {id: MON-001, name: error rate, kind: rate, source: prometheus, errors: "e", total: "t", worse: higher, critical: true}
            rollout:
              phases: [internal, 5, 25, 100]
              warmup: 0s
              bake: 5m
              maxBake: 10m
              undecided: proceed
              router: r
              interval: 5s
              noData: 1m
              after: 5m
            entries:
              - id: DEP-003
                type: Rollback
                stage: Post-deploy
                title: Error rate
                trigger: too many errors
                metric: MON-001
                threshold: ">2% of requests for 1 minute"
                procedure: [{traffic: 0}, {notify: oncall}]
                owner: team
            """;

    private static final Duration PATIENCE = Duration.ofHours(6);
    /** In one moment; nothing decides more often. */
    private static final int ROUNDS = 50;

    final Plan plan;
    final List<Stamped> journal = new ArrayList<>();
    final List<String> acts = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    State state = State.NEW;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");

    double requestsPerSecond = 100;
    double canaryErrors = 0.001;
    double baselineErrors = 0.001;
    EvidenceStatus checkStatus = EvidenceStatus.PASS;
    boolean checksWait;
    boolean sourceUp = true;
    boolean channelUp = true;
    /** What the source makes of the truth. */
    UnaryOperator<Event.Sample> tells = UnaryOperator.identity();

    boolean routerUp = true;
    /** How long it takes to answer what it is asked; its answer tells how things were when it was asked. */
    Duration routerTakes = Duration.ZERO;

    /** The answer on its way, and when it comes; null for none. */
    private Event.RouterRead reading;

    private Instant readingComes;

    boolean routerObeys = true;
    /** What the share rests on; null for a router that does not tell. */
    Event.Behind behind;

    /** It can be read, but takes no orders. */
    boolean shiftsFail;

    boolean baselineServes = true;
    /** What a later capture of the baseline finds; null while it fails. */
    Event.Armed capture;

    boolean bodyHangs;
    /** A phase's body moves the traffic at once and goes on running. */
    boolean bodyLingers;

    boolean actionsHang;

    String actionError;
    String bodyError;
    double weight;
    double weightLastRead = Double.NaN;
    /** When the way back last did something to the router. */
    Instant lastTried;

    private Instant rollingSince;
    private double weightWhenConfirmed = Double.NaN;
    double canaryRequests;
    double baselineRequests;
    private final Random random;
    private final Set<EffectKey> answered = new HashSet<>();

    FakeRolloutWorld(long seed) {
        this(seed, CONTRACT, PlanOptions.ALONE);
    }

    FakeRolloutWorld(long seed, String contract, PlanOptions options) {
        this(seed, contract, options, new Event.Armed(Map.of("MON-001", 0.001)));
    }

    FakeRolloutWorld(long seed, String contract, PlanOptions options, Event.Armed armed) {
        this.random = new Random(seed);
        this.plan = Plans.of(read(contract), "production", options);
        accept(armed);
    }

    static Contract read(String text) {
        try {
            return Catalog.STANDARD.reader().parse(text, "release.yaml", Variables.none());
        } catch (ContractException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    FakeRolloutWorld start() {
        accept(new Event.CanaryStarted(List.of()));
        accept(Rollout.firstPhase(plan));
        return this;
    }

    void accept(Event event) {
        Stamped stamped = new Stamped(journal.size() + 1, now, now, event);
        journal.add(stamped);
        if (event instanceof Event.RollbackConfirmed) {
            weightWhenConfirmed = weight;
        } else if (event instanceof Event.RollbackStarted || event instanceof Event.Resumed) {
            rollingSince = now;
            lastTried = now;
        }
        state = Fold.apply(plan, state, stamped);
    }

    /** One second of life: the reaction, the effects, the traffic. */
    void second() {
        if (reading != null && !now.isBefore(readingComes)) {
            accept(reading);
            reading = null;
        }
        Reaction reaction = Rollout.react(plan, state, now, now);
        for (int round = 0; !reaction.events().isEmpty(); round++) {
            if (round == ROUNDS) {
                throw new AssertionError("decides again and again: " + reaction.events());
            }
            reaction.events().forEach(this::accept);
            reaction = Rollout.react(plan, state, now, now);
        }
        reaction.effects().forEach(this::perform);
        now = now.plusSeconds(1);
        canaryRequests += requestsPerSecond * weight / 100;
        baselineRequests += requestsPerSecond * (1 - weight / 100);
    }

    FakeRolloutWorld run(Duration limit) {
        Instant end = now.plus(limit);
        while (state.life() != Lifecycle.ENDED && now.isBefore(end)) {
            second();
        }
        return this;
    }

    FakeRolloutWorld runUntilPhase(int phase) {
        return runUntil(() -> state.phaseIndex() >= phase && state.life() == Lifecycle.BAKING);
    }

    FakeRolloutWorld runUntil(Lifecycle life) {
        return runUntil(() -> state.life() == life);
    }

    FakeRolloutWorld runUntil(BooleanSupplier reached) {
        Instant end = now.plus(PATIENCE);
        while (!reached.getAsBoolean()) {
            second();
            if (state.life() == Lifecycle.ENDED || now.isAfter(end)) {
                throw new AssertionError("never came so far: " + state);
            }
        }
        return this;
    }

    /** Since the way back began, or was taken up again. */
    Duration rollingFor() {
        return Duration.between(rollingSince, now);
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Shift || effect instanceof Effect.ReadRouter) {
            lastTried = now;
        }
        if (effect instanceof Effect.Look look) {
            accept(
                    sourceUp
                            ? new Event.Looked(look.phase(), look.from(), look.to(), told(look), null)
                            : new Event.Looked(look.phase(), look.from(), look.to(), List.of(), "connection refused"));
        } else if (effect instanceof Effect.Capture && capture != null) {
            accept(capture);
        } else if (effect instanceof Effect.Shift shift && answered.add(shift.key())) {
            boolean well = routerUp && !shiftsFail;
            if (well && routerObeys) {
                weight = shift.weight();
            }
            accept(new Event.Done(shift.key().toString(), well ? null : "connection refused", 0.01));
        } else if (effect instanceof Effect.ReadRouter && reading == null) {
            weightLastRead = routerUp ? weight : Double.NaN;
            Event.RouterRead answer = routerUp
                    ? new Event.RouterRead(
                            "read",
                            weight,
                            Math.floor(canaryRequests),
                            Math.floor(baselineRequests),
                            0,
                            baselineServes,
                            null,
                            now,
                            behind)
                    : new Event.RouterRead("read", Double.NaN, 0, 0, 0, null, "connection refused", now);
            if (routerTakes.isZero()) {
                accept(answer);
            } else {
                reading = answer;
                readingComes = now.plus(routerTakes);
            }
        } else if (effect instanceof Effect.Act act && !actionsHang && answered.add(act.key())) {
            acts.add(act.action().kind());
            accept(new Event.Done(act.key().toString(), actionError, 0));
        } else if (effect instanceof Effect.Call call && answered.add(call.key())) {
            if (channelUp) {
                calls.add(call.text());
            }
            accept(new Event.Done(call.key().toString(), channelUp ? null : "could not tell oncall", 0));
        } else if (effect instanceof Effect.Validate validate && !checksWait) {
            accept(new Event.Validated(
                    validate.entry().id(),
                    validate.entry().title(),
                    checkStatus,
                    "3 rows",
                    "0 rows",
                    "3 rows are orphaned"));
            if (validate.key().kind() != EffectKey.Kind.PROBE) {
                accept(new Event.Done(validate.key().toString(), null, 0));
            }
        } else if (effect instanceof Effect.RunBody body
                && !(bodyHangs && body.phase() < 0)
                && answered.add(body.key())) {
            acts.add("body " + body.weight());
            if (!plan.routed() && routerObeys) {
                weight = body.weight();
            }
            if (bodyLingers && body.phase() >= 0) {
                return;
            }
            accept(
                    body.phase() < 0
                            ? new Event.Done(body.key().toString(), null, 0)
                            : new Event.BodyEnded(body.phase(), body.attempt(), bodyError));
        }
    }

    private List<Event.Sample> told(Effect.Look look) {
        return plan.metrics().isEmpty() ? List.of() : List.of(tells.apply(sample(look)));
    }

    private Event.Sample sample(Effect.Look look) {
        double seconds = Duration.between(look.from(), look.to()).toMillis() / 1000.0;
        double canary = Math.rint(requestsPerSecond * seconds * weight / 100);
        double baseline = Math.rint(requestsPerSecond * seconds * (1 - weight / 100));
        return new Event.Sample(
                "MON-001",
                errors(canary, canaryErrors),
                canary,
                errors(baseline, baselineErrors),
                baseline,
                null,
                null,
                null,
                null,
                null);
    }

    private double errors(double requests, double rate) {
        int errors = 0;
        for (int i = 0; i < requests; i++) {
            errors += random.nextDouble() < rate ? 1 : 0;
        }
        return errors;
    }

    /** After a restart nobody remembers what was answered: side effects may be asked for again. */
    void forget() {
        answered.clear();
    }

    double weightWhenConfirmed() {
        return weightWhenConfirmed;
    }

    <E extends Event> List<E> events(Class<E> type) {
        return journal.stream()
                .map(Stamped::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** Whether the router has been asked and has not answered yet. */
    boolean isReading() {
        return reading != null;
    }

    Event.Ended outcome() {
        return state.outcome();
    }
}
