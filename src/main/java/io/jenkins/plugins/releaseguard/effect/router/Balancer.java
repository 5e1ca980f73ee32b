// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RuntimeApi.Deadline;
import io.jenkins.plugins.releaseguard.http.Turns;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One HAProxy of a router: the process at its runtime API and, where its master's socket is known, the old workers of reloads. */
final class Balancer {
    /** A stats socket takes ten connections unless told otherwise; some are left for operators. */
    private static final int AT_ONCE = 8;

    private static final Turns TURNS = new Turns(Integer.MAX_VALUE, AT_ONCE, SocketLoop.SHARED);

    private final HaproxySettings settings;
    private final String address;
    private final RuntimeApi api;
    private final OldWorkers old;
    private final Split split;

    /** @param master empty where it isn't known */
    Balancer(HaproxySettings settings, String address, String master) {
        this.settings = settings;
        this.address = address;
        this.api = new RuntimeApi(address);
        this.split = settings.map() == null ? new ByWeights(settings, api.who()) : new ByMap(settings, api.who());
        this.old = master.isEmpty() ? null : new OldWorkers(settings, new RuntimeApi(master));
    }

    /**
     * What one of them says.
     *
     * @param info empty where it doesn't say which process it is
     */
    record Reading(String address, RouterReading traffic, Optional<ProcessInfo> info) {}

    CompletableFuture<Void> shift(double weight) {
        return inTurn((scope, deadline) -> scope.start(() -> api.ask(split.beforeShift(), deadline))
                .thenApply(Scope.checked(said -> split.orders(weight, said)))
                .thenCompose(orders -> carryOut(orders, scope, deadline)
                        .thenCompose(done -> weight == 0 && old != null
                                ? old.leave(scope, deadline)
                                : CompletableFuture.completedFuture(null))));
    }

    CompletableFuture<Reading> read() {
        return inTurn((scope, deadline) -> scope.start(() -> api.ask(split.forReading() + ";show info", deadline))
                .thenCompose(said -> old == null
                        ? CompletableFuture.completedFuture(said).thenApply(Scope.checked(text -> reading(text, null)))
                        : old.read(scope, deadline).thenApply(Scope.checked(others -> reading(said, others)))));
    }

    /** A call's questions, one after the other. */
    private interface Conversation<T> {
        CompletableFuture<T> begin(Scope scope, Deadline deadline);
    }

    /** A call's time begins with its turn. */
    private <T> CompletableFuture<T> inTurn(Conversation<T> conversation) {
        Scope scope = new Scope();
        return scope.answer(scope.start(() -> TURNS.call(address, () -> {
            Scope inner = new Scope();
            return inner.answer(conversation.begin(inner, new Deadline(settings.timeout())));
        })));
    }

    /** Who is to take more comes first: between the two there must never be nobody to take requests. */
    private CompletableFuture<Void> carryOut(ShiftOrders orders, Scope scope, Deadline deadline) {
        CompletableFuture<Void> raised = run(orders.more(), scope, deadline);
        return raised.exceptionallyCompose(error -> orders.evenSo() && Scope.cause(error) instanceof EffectException
                        ? CompletableFuture.completedFuture(null)
                        : raised)
                .thenCompose(done -> run(orders.less(), scope, deadline))
                .thenCompose(done -> run(orders.shut(), scope, deadline))
                .thenCompose(done -> raised);
    }

    /** With what the old workers add to it. */
    private Reading reading(String said, OldWorkers.Reading others) throws EffectException {
        RouterReading now = split.reading(said);
        RouterGround ground = now.ground();
        Optional<ProcessInfo> info = ProcessInfo.parse(said);
        RouterReading traffic = new RouterReading(
                now.weight(),
                now.canaryRequests() + (others == null ? 0 : others.requests()),
                now.baselineRequests(),
                now.canarySessions() + (others == null ? 0 : others.sessions()),
                now.baselineServing(),
                new RouterGround(
                        ground.set(),
                        ground.idle(),
                        both(ground.unfit(), others == null ? null : others.unfit(info)),
                        // where the old ones are looked after, a new process is no news
                        others == null ? info.map(ProcessInfo::toString).orElse(null) : null,
                        both(ground.elsewhere(), others == null ? null : others.elsewhere())));
        return new Reading(address, traffic, info);
    }

    private static String both(String one, String other) {
        return one == null ? other : other == null ? one : one + "; " + other;
    }

    /** One connection for all: HAProxy carries the commands of a line out one after the other, whatever each answers. */
    private CompletableFuture<Void> run(List<String> commands, Scope scope, Deadline deadline) {
        if (commands.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return scope.start(() -> api.ask(String.join(";", commands), deadline)).thenApply(Scope.checked(answer -> {
            if (!answer.isBlank()) {
                throw Refusals.of(
                        commands.size() == 1 ? commands.get(0) : commands.get(0) + "; …",
                        answer,
                        settings.backend(),
                        api.who());
            }
            return null;
        }));
    }
}
