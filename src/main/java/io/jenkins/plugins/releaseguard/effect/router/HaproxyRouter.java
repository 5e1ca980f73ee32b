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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Shifts traffic by the weights of a HAProxy backend's servers, through the runtime API (level admin). Weights set so last until the
 * process is replaced: a reload brings back those of the file, and {@link #read()} shows it.
 */
public final class HaproxyRouter implements TrafficRouter {
    /** A stats socket takes ten connections unless told otherwise; some are left for operators. */
    private static final int AT_ONCE = 8;

    private static final Turns TURNS = new Turns(Integer.MAX_VALUE, AT_ONCE, SocketLoop.SHARED);

    private final HaproxySettings settings;
    private final RuntimeApi api;

    public HaproxyRouter(HaproxySettings settings) {
        this.settings = settings;
        this.api = new RuntimeApi(settings.address());
    }

    @Override
    public void shift(double weight) throws EffectException, InterruptedException {
        await(shiftAsync(weight, Runnable::run));
    }

    @Override
    public RouterReading read() throws EffectException, InterruptedException {
        return await(readAsync(Runnable::run));
    }

    private static <T> T await(CompletableFuture<T> call) throws EffectException, InterruptedException {
        try {
            return Scope.await(call);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof EffectException said) {
                throw said;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new EffectException("HAProxy could not be asked: " + e.getCause(), e.getCause());
        }
    }

    /** Holds no thread. */
    @Override
    public CompletableFuture<Void> shiftAsync(double weight, Executor blocking) {
        if (!(weight >= 0 && weight <= 100)) {
            return CompletableFuture.failedFuture(
                    new EffectException("A share of " + weight + " % can't be set: it goes from 0 to 100"));
        }
        return inTurn((scope, deadline) -> table(scope, deadline)
                .thenApply(Scope.checked(table -> orders(weight, table)))
                .thenCompose(orders -> carryOut(orders, scope, deadline)));
    }

    /** Holds no thread. */
    @Override
    public CompletableFuture<RouterReading> readAsync(Executor blocking) {
        return inTurn((scope, deadline) -> table(scope, deadline).thenApply(Scope.checked(this::reading)));
    }

    /** A call's questions, one after the other. */
    private interface Conversation<T> {
        CompletableFuture<T> begin(Scope scope, Deadline deadline);
    }

    /** A call's time begins with its turn. */
    private <T> CompletableFuture<T> inTurn(Conversation<T> conversation) {
        Scope scope = new Scope();
        return scope.answer(scope.start(() -> TURNS.call(settings.address(), () -> {
            Scope inner = new Scope();
            return inner.answer(conversation.begin(inner, new Deadline(settings.timeout())));
        })));
    }

    private ShiftOrders orders(double weight, StatTable table) throws EffectException {
        return ShiftOrders.of(weight, settings, table, canaries(table), baselines(table));
    }

    private List<Server> canaries(StatTable table) throws EffectException {
        return side(table.servers(), settings.canary(), settings::isCanary, "canary");
    }

    private List<Server> baselines(StatTable table) throws EffectException {
        return side(table.servers(), settings.baseline(), settings::isBaseline, "baseline");
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

    private RouterReading reading(StatTable table) throws EffectException {
        List<Server> canaries = canaries(table);
        List<Server> baselines = baselines(table);
        Serving serving = new Serving(table.servers());
        // servers of neither side take their part of the traffic too
        double all = serving.all();
        return new RouterReading(
                all == 0 ? 0 : 100 * serving.sum(canaries) / all,
                sum(canaries, Server::requests),
                sum(baselines, Server::requests),
                sum(canaries, Server::sessions),
                // a backup that stands in for all is not the last good version
                baselines.stream().anyMatch(s -> s.effectiveWeight() > 0),
                new RouterGround(serving.set(canaries, baselines), serving.idle(), null, null));
    }

    private CompletableFuture<StatTable> table(Scope scope, Deadline deadline) {
        // backends and servers of all proxies: asked for by name, HAProxy would tell of a frontend that has the same
        // one
        return scope.start(() -> api.ask("show stat -1 6 -1", deadline)).thenApply(Scope.checked(this::table));
    }

    private StatTable table(String answer) throws EffectException {
        StatTable table = StatTable.read(answer, settings.backend()).orElseThrow(() -> refused("show stat", answer));
        if (table.servers().isEmpty()) {
            throw new EffectException(api.who() + " knows no server of a backend '" + settings.backend()
                    + "': set the backend's name as it stands in haproxy.cfg");
        }
        return table;
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

    /** Routers of one process, whatever their backends, share what it takes. */
    @Override
    public String destination() {
        return "haproxy " + settings.address();
    }

    @Override
    public String toString() {
        return "HAProxy " + settings.address() + " backend " + settings.backend();
    }
}
