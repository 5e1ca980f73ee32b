// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.async.Scope;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RuntimeApi.Deadline;
import io.jenkins.plugins.releaseguard.effect.router.StatTable.Server;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The workers of reloads before, asked through the master's socket ({@code show proc} and {@code @!<pid>}, Management Guide, section 9.4).
 * They take no new connections, and carry the ones that they have to whatever server their own weights say.
 */
final class OldWorkers {
    /** A master that keeps more is reloaded faster than its clients leave. */
    private static final int MOST = 32;

    private static final int AT_ONCE = 100;

    private static final Pattern SESSION =
            Pattern.compile("^(0x[0-9a-f]{1,16}): [^\n]{0,300}? be=(\\S+) srv=(\\S+) ", Pattern.MULTILINE);

    private final HaproxySettings settings;
    private final MapShare map;
    private final RuntimeApi master;

    OldWorkers(HaproxySettings settings, RuntimeApi master) {
        this.settings = settings;
        this.map = settings.map();
        this.master = master;
    }

    /**
     * What they still do.
     *
     * @param table empty where the master gave none
     * @param sessions open to the canary
     * @param requests that they have sent there
     * @param elsewhere which of them has or may have users of the canary; null for none
     */
    record Reading(Optional<WorkerTable> table, double sessions, double requests, String elsewhere, String master) {
        /** Why this master says nothing of the process that was asked; null where it does. */
        String unfit(Optional<ProcessInfo> asked) {
            if (table.isEmpty()) {
                return master + " does not answer 'show proc' with a table: give the master's socket (option -S of"
                        + " haproxy), or none";
            }
            return asked.isPresent()
                            && table.get().workers().contains(asked.get().pid())
                    ? null
                    : "the process at the runtime API ("
                            + asked.map(ProcessInfo::toString).orElse("unknown")
                            + ") is no worker of " + master + ", whose are "
                            + table.get().workers().stream()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(", "));
        }
    }

    CompletableFuture<Reading> read(Scope scope, Deadline deadline) {
        return table(scope, deadline).thenCompose(table -> {
            List<Integer> pids = table.map(WorkerTable::old).orElse(List.of());
            if (pids.isEmpty()) {
                String unknown = table.isPresent() ? null : master.who() + " does not tell of old workers";
                return CompletableFuture.completedFuture(new Reading(table, 0, 0, unknown, master.who()));
            }
            if (pids.size() > MOST) {
                return CompletableFuture.completedFuture(
                        new Reading(table, 0, 0, pids.size() + " old workers are too many to be asked", master.who()));
            }
            return tables(pids, 0, new ArrayList<>(), scope, deadline).thenApply(said -> told(table, pids, said));
        });
    }

    private CompletableFuture<Optional<WorkerTable>> table(Scope scope, Deadline deadline) {
        return scope.start(() -> master.ask("show proc;quit", deadline)).thenApply(WorkerTable::parse);
    }

    /** One after the other: each may have gone meanwhile. */
    private CompletableFuture<List<String>> tables(
            List<Integer> pids, int next, List<String> said, Scope scope, Deadline deadline) {
        if (next == pids.size()) {
            return CompletableFuture.completedFuture(said);
        }
        List<String> questions =
                map == null ? List.of("show stat -1 6 -1") : List.of("show stat -1 6 -1", "show map " + map.file());
        return worker(pids.get(next), questions, scope, deadline).thenCompose(answer -> {
            said.add(answer);
            return tables(pids, next + 1, said, scope, deadline);
        });
    }

    /** What a worker answers; nothing where it has gone since it was listed. */
    private CompletableFuture<String> worker(int pid, List<String> commands, Scope scope, Deadline deadline) {
        String line = commands.stream().map(c -> "@!" + pid + ' ' + c).collect(Collectors.joining(";")) + ";quit";
        return scope.start(() -> master.ask(line, deadline))
                .exceptionallyCompose(error -> Scope.cause(error) instanceof EffectException
                        ? CompletableFuture.completedFuture("")
                        : CompletableFuture.failedFuture(error));
    }

    private Reading told(Optional<WorkerTable> table, List<Integer> pids, List<String> said) {
        double sessions = 0;
        double requests = 0;
        List<String> elsewhere = new ArrayList<>();
        for (int i = 0; i < pids.size(); i++) {
            String who = "old worker " + pids.get(i);
            Optional<StatTable> stat = StatTable.read(said.get(i), settings.canaryBackend());
            if (stat.isEmpty()) {
                // gone between the two questions; the next reading has no such worker
                elsewhere.add(who + " does not say what it still does");
                continue;
            }
            Serving serving = new Serving(stat.get().servers());
            List<Server> canaries = stat.get().servers().stream()
                    .filter(s -> settings.isCanary(s.name()))
                    .toList();
            double open = canaries.stream().mapToDouble(Server::sessions).sum();
            sessions += open;
            requests += canaries.stream().mapToDouble(Server::requests).sum();
            if (!(open == 0)) {
                elsewhere.add(who + " of a reload still carries " + (Double.isNaN(open) ? "unknown" : Math.round(open))
                        + " connections to the canary");
            } else if (sends(serving.sum(canaries), said.get(i))) {
                elsewhere.add(who + " of a reload still sends its clients' requests to the canary");
            }
        }
        String all = elsewhere.isEmpty() ? null : Lines.bounded(String.join("; ", elsewhere), 300);
        return new Reading(table, sessions, requests, all, master.who());
    }

    /** Whether the next request of a client that it has may go to the canary. */
    private boolean sends(int weight, String said) {
        if (weight == 0 || map == null) {
            return weight > 0;
        }
        if (said.contains("Unknown map identifier")) {
            // its file was another: nobody knows by what it sends
            return true;
        }
        OptionalInt parts = map.parts(MapTable.parse(said).entries());
        return parts.isEmpty() || parts.getAsInt() > 0;
    }

    /**
     * Ends the canary's sessions. An old worker takes a map's entries, and refuses to set weights ("Proxy is disabled"), so that its
     * clients' next requests may still go there: that is told until it ends. One that is gone, or refuses, is seen in the next reading.
     */
    CompletableFuture<Void> leave(Scope scope, Deadline deadline) {
        return table(scope, deadline)
                .thenCompose(table -> leave(table.map(WorkerTable::old).orElse(List.of()), 0, scope, deadline))
                .exceptionallyCompose(error -> Scope.cause(error) instanceof EffectException
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(error));
    }

    private CompletableFuture<Void> leave(List<Integer> pids, int next, Scope scope, Deadline deadline) {
        if (next >= Math.min(MOST, pids.size())) {
            return CompletableFuture.completedFuture(null);
        }
        int pid = pids.get(next);
        return turned(pid, scope, deadline)
                .thenCompose(turned -> worker(pid, List.of("show sess"), scope, deadline))
                .thenCompose(said -> shutdown(pid, sessions(said), scope, deadline))
                .thenCompose(done -> leave(pids, next + 1, scope, deadline));
    }

    /** Its own map sends nobody to the canary any more. */
    private CompletableFuture<String> turned(int pid, Scope scope, Deadline deadline) {
        if (map == null) {
            return CompletableFuture.completedFuture("");
        }
        return worker(pid, List.of("show map " + map.file()), scope, deadline).thenCompose(said -> {
            List<String> orders = map.orders(0, MapTable.parse(said).entries());
            return orders.isEmpty()
                    ? CompletableFuture.completedFuture("")
                    : worker(pid, orders.subList(0, Math.min(AT_ONCE, orders.size())), scope, deadline);
        });
    }

    /** In parts: HAProxy takes a line of so many characters. */
    private CompletableFuture<Void> shutdown(int pid, List<String> sessions, Scope scope, Deadline deadline) {
        if (sessions.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<String> now = sessions.subList(0, Math.min(AT_ONCE, sessions.size()));
        return worker(pid, now.stream().map(one -> "shutdown session " + one).toList(), scope, deadline)
                .thenCompose(done -> shutdown(pid, sessions.subList(now.size(), sessions.size()), scope, deadline));
    }

    /** Of the canary, as {@code show sess} names them. */
    private List<String> sessions(String said) {
        List<String> sessions = new ArrayList<>();
        Matcher session = SESSION.matcher(said);
        while (session.find()) {
            if (session.group(2).equals(settings.canaryBackend()) && settings.isCanary(session.group(3))) {
                sessions.add(session.group(1));
            }
        }
        return sessions;
    }
}
