// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RuntimeApi.Deadline;
import io.jenkins.plugins.releaseguard.effect.router.StatTable.Server;
import io.jenkins.plugins.releaseguard.http.Turns;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** One HAProxy of a router: the process at its runtime API and, where its master's socket is known, the old workers of reloads. */
final class Balancer {
    /** A stats socket takes ten connections unless told otherwise; some are left for operators. */
    private static final int AT_ONCE = 8;

    private static final Turns TURNS = new Turns(Integer.MAX_VALUE, AT_ONCE, SocketLoop.SHARED);

    private final HaproxySettings settings;
    private final String address;
    private final RuntimeApi api;
    private final OldWorkers old;

    /** @param master empty where it isn't known */
    Balancer(HaproxySettings settings, String address, String master) {
        this.settings = settings;
        this.address = address;
        this.api = new RuntimeApi(address);
        this.old = master.isEmpty() ? null : new OldWorkers(settings, new RuntimeApi(master));
    }

    /**
     * What one of them says.
     *
     * @param info empty where it doesn't say which process it is
     */
    record Reading(String address, RouterReading traffic, Optional<ProcessInfo> info) {}

    CompletableFuture<Void> shift(double weight) {
        return inTurn((scope, deadline) -> scope.start(() -> api.ask("show stat -1 6 -1", deadline))
                .thenApply(Scope.checked(this::table))
                .thenApply(Scope.checked(
                        table -> ShiftOrders.of(weight, settings, table, canaries(table), baselines(table))))
                .thenCompose(orders -> carryOut(orders, scope, deadline)
                        .thenCompose(done -> weight == 0 && old != null
                                ? old.leave(scope, deadline)
                                : CompletableFuture.completedFuture(null))));
    }

    CompletableFuture<Reading> read() {
        String line = "show stat -1 6 -1;show servers state " + settings.backend() + ";show info";
        return inTurn((scope, deadline) -> scope.start(() -> api.ask(line, deadline))
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

    private Reading reading(String said, OldWorkers.Reading others) throws EffectException {
        StatTable table = table(said);
        List<Server> canaries = canaries(table);
        List<Server> baselines = baselines(table);
        Serving serving = new Serving(table.servers());
        Optional<ProcessInfo> info = ProcessInfo.parse(said);
        String unfit = Fitness.against(settings, table, canaries, baselines, said);
        if (others != null && others.unfit(info) != null) {
            unfit = unfit == null ? others.unfit(info) : unfit + "; " + others.unfit(info);
        }
        // servers of neither side take their part of the traffic too
        double all = serving.all();
        RouterReading traffic = new RouterReading(
                all == 0 ? 0 : 100 * serving.sum(canaries) / all,
                sum(canaries, Server::requests) + (others == null ? 0 : others.requests()),
                sum(baselines, Server::requests),
                sum(canaries, Server::sessions) + (others == null ? 0 : others.sessions()),
                // a backup that stands in for all is not the last good version
                baselines.stream().anyMatch(s -> s.effectiveWeight() > 0),
                new RouterGround(
                        serving.set(canaries, baselines),
                        serving.idle(),
                        unfit,
                        // where the old ones are looked after, a new process is no news
                        others == null ? info.map(ProcessInfo::toString).orElse(null) : null,
                        others == null ? null : others.elsewhere()));
        return new Reading(address, traffic, info);
    }

    private StatTable table(String answer) throws EffectException {
        StatTable table = StatTable.read(answer, settings.backend()).orElseThrow(() -> refused("show stat", answer));
        if (table.servers().isEmpty()) {
            throw new EffectException(api.who() + " knows no server of a backend '" + settings.backend()
                    + "': set the backend's name as it stands in haproxy.cfg");
        }
        return table;
    }

    private List<Server> canaries(StatTable table) throws EffectException {
        return side(table.servers(), settings.canary(), settings::isCanary, "canary");
    }

    private List<Server> baselines(StatTable table) throws EffectException {
        return side(table.servers(), settings.baseline(), settings::isBaseline, "baseline");
    }

    private List<Server> side(List<Server> servers, List<String> wanted, Predicate<String> isOfSide, String side)
            throws EffectException {
        for (String pattern : wanted) {
            if (servers.stream().noneMatch(s -> HaproxySettings.matches(pattern, s.name()))) {
                throw noServer(pattern, servers, side);
            }
        }
        List<Server> found =
                servers.stream().filter(s -> isOfSide.test(s.name())).toList();
        if (found.isEmpty()) {
            throw noServer("*", servers, side);
        }
        return found;
    }

    private EffectException noServer(String pattern, List<Server> servers, String side) {
        return new EffectException(
                "Backend '" + settings.backend() + "' has no " + side + " server '" + pattern + "', it has "
                        + servers.stream().map(Server::name).collect(Collectors.joining(", "))
                        + ": set the " + side + "'s server names in the router's configuration");
    }

    /** One connection for all: HAProxy carries the commands of a line out one after the other, whatever each answers. */
    private CompletableFuture<Void> run(List<String> commands, Scope scope, Deadline deadline) {
        if (commands.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return scope.start(() -> api.ask(String.join(";", commands), deadline)).thenApply(Scope.checked(answer -> {
            if (!answer.isBlank()) {
                throw refused(commands.size() == 1 ? commands.get(0) : commands.get(0) + "; …", answer);
            }
            return null;
        }));
    }

    private EffectException refused(String command, String answer) {
        String shown = Lines.bounded(answer, 200);
        String lower = answer.toLowerCase(Locale.ROOT);
        String fix = "see the runtime API's documentation of your version";
        if (lower.contains("permission denied")) {
            fix = "give the stats socket 'level admin' in haproxy.cfg";
        } else if (lower.contains("static lb algorithm")) {
            fix = "set 'balance roundrobin', 'leastconn' or 'random' in the backend: static algorithms can't shift"
                    + " by percent";
        } else if (lower.contains("no such backend")) {
            fix = "set the backend's name as it stands in haproxy.cfg; asked for '" + settings.backend() + "'";
        } else if (lower.contains("no such server")) {
            fix = "set the server's name as it stands in haproxy.cfg";
        } else if (!lower.contains("unknown command") && command.startsWith("show stat")) {
            fix = "the answer is no table of servers: is this the runtime API ('stats socket')?";
        }
        return EffectException.answered(api.who() + " refused '" + command + "': ", shown, " (" + fix + ")");
    }

    private static double sum(List<Server> servers, ToDoubleFunction<Server> what) {
        return servers.stream().mapToDouble(what).sum();
    }
}
