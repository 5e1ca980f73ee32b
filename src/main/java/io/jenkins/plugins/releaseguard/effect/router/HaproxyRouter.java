// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RuntimeApi.Deadline;
import io.jenkins.plugins.releaseguard.effect.router.StatTable.Server;
import io.jenkins.plugins.releaseguard.http.Turns;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.ArrayList;
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
        return inTurn((scope, deadline) -> servers(scope, deadline)
                .thenApply(Scope.checked(servers -> orders(weight, servers)))
                .thenCompose(orders -> carryOut(orders, scope, deadline)));
    }

    /** Holds no thread. */
    @Override
    public CompletableFuture<RouterReading> readAsync(Executor blocking) {
        return inTurn((scope, deadline) -> servers(scope, deadline).thenApply(Scope.checked(this::reading)));
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

    /**
     * What is said for a shift.
     *
     * @param more to those who are to take more than now
     * @param less to the others
     * @param shut ends the canary's sessions
     * @param evenSo whether {@code less} is said even where {@code more} was refused
     */
    private record Orders(List<String> more, List<String> less, List<String> shut, boolean evenSo) {}

    private Orders orders(double weight, List<Server> servers) throws EffectException {
        List<Server> canaries = side(servers, settings.canary(), settings::isCanary, "canary");
        List<Server> baselines = side(servers, settings.baseline(), settings::isBaseline, "baseline");
        WeightPair pair = WeightPair.of(weight, canaries.size(), baselines.size())
                .orElseThrow(() -> unreachable(weight, canaries.size(), baselines.size()));
        List<String> more = new ArrayList<>();
        List<String> less = new ArrayList<>();
        for (Server server : baselines) {
            (pair.baseline() >= server.weight() ? more : less).add(weight(server, pair.baseline()));
        }
        for (Server server : canaries) {
            (pair.canary() >= server.weight() ? more : less).add(weight(server, pair.canary()));
            if (settings.maintenanceAtZero()) {
                (weight == 0 ? less : more)
                        .add("set server " + path(server) + " state " + (weight == 0 ? "maint" : "ready"));
            }
        }
        List<String> shut = new ArrayList<>();
        if (weight == 0) {
            canaries.forEach(server -> shut.add("shutdown sessions server " + path(server)));
        }
        // on the way back a baseline that serves already is enough to take the canary out
        return new Orders(more, less, shut, weight == 0 && sum(baselines, Server::effectiveWeight) > 0);
    }

    /** Who is to take more comes first: between the two there must never be nobody to take requests. */
    private CompletableFuture<Void> carryOut(Orders orders, Scope scope, Deadline deadline) {
        CompletableFuture<Void> raised = run(orders.more(), scope, deadline);
        return raised.exceptionallyCompose(error -> orders.evenSo() && Scope.cause(error) instanceof EffectException
                        ? CompletableFuture.completedFuture(null)
                        : raised)
                .thenCompose(done -> run(orders.less(), scope, deadline))
                .thenCompose(done -> run(orders.shut(), scope, deadline))
                .thenCompose(done -> raised);
    }

    private RouterReading reading(List<Server> servers) throws EffectException {
        List<Server> canaries = side(servers, settings.canary(), settings::isCanary, "canary");
        List<Server> baselines = side(servers, settings.baseline(), settings::isBaseline, "baseline");
        // servers of neither side take their part of the traffic too
        double all = sum(servers, Server::effectiveWeight);
        double canary = sum(canaries, Server::effectiveWeight);
        return new RouterReading(
                all == 0 ? 0 : 100 * canary / all,
                sum(canaries, Server::requests),
                sum(baselines, Server::requests),
                sum(canaries, Server::sessions),
                baselines.stream().anyMatch(s -> s.effectiveWeight() > 0));
    }

    private CompletableFuture<List<Server>> servers(Scope scope, Deadline deadline) {
        // servers of all proxies: asked for by name, HAProxy would tell of a frontend that has the same one
        return scope.start(() -> api.ask("show stat -1 4 -1", deadline)).thenApply(Scope.checked(this::servers));
    }

    private List<Server> servers(String answer) throws EffectException {
        List<Server> servers =
                StatTable.parse(answer, settings.backend()).orElseThrow(() -> refused("show stat", answer));
        if (servers.isEmpty()) {
            throw new EffectException(api.who() + " knows no server of a backend '" + settings.backend()
                    + "': set the backend's name as it stands in haproxy.cfg");
        }
        return servers;
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

    /** 0 as a percentage: a backend with a static algorithm accepts that too. */
    private String weight(Server server, int weight) {
        return "set server " + path(server) + " weight " + (weight == 0 ? "0%" : Integer.toString(weight));
    }

    private String path(Server server) {
        return settings.backend() + '/' + server.name();
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

    private EffectException unreachable(double weight, int canaries, int baselines) {
        double least = new WeightPair(1, 256).share(canaries, baselines);
        return new EffectException(String.format(
                Locale.ROOT,
                "Backend '%s' can't give the canary %s %%: with %d canary and %d baseline servers the smallest share"
                        + " is %.2g %% (weights are whole, up to 256); choose a larger phase or add baseline servers",
                settings.backend(),
                weight,
                canaries,
                baselines,
                least));
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
