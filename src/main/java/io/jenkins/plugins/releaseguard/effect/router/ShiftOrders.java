// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.StatTable.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is said for a shift ({@code set server} and {@code shutdown sessions server}, Management Guide, section 9.3). Weights are worked out
 * for the servers that take requests now, and set for all of a side, so that one that comes back brings no other share than its own.
 *
 * @param more to those who are to take more than now
 * @param less to the others
 * @param shut ends the canary's sessions
 * @param evenSo whether {@code less} is said even where {@code more} was refused
 */
record ShiftOrders(List<String> more, List<String> less, List<String> shut, boolean evenSo) {
    /** They take no weights, or take them and balance by something else. */
    private static final Set<String> WITHOUT_WEIGHTS = Set.of("first", "static-rr");

    /**
     * @param table with its two sides
     * @throws EffectException the share can't be had, whatever is said
     */
    static ShiftOrders of(
            double weight, HaproxySettings settings, StatTable table, List<Server> canaries, List<Server> baselines)
            throws EffectException {
        if (weight > 0) {
            possible(settings, table, canaries, baselines, weight);
        }
        WeightPair pair = pair(weight, settings, table, canaries, baselines);
        List<String> more = new ArrayList<>();
        List<String> less = new ArrayList<>();
        for (Server server : baselines) {
            // a backup keeps its own: it stands in for all others, whose shares these are
            if (!server.backup()) {
                (pair.baseline() >= server.set() ? more : less).add(weight(settings, server, pair.baseline()));
            }
        }
        for (Server server : canaries) {
            (pair.canary() >= server.set() ? more : less).add(weight(settings, server, pair.canary()));
            if (settings.maintenanceAtZero()) {
                (weight == 0 ? less : more)
                        .add("set server " + path(settings, server) + " state " + (weight == 0 ? "maint" : "ready"));
            }
        }
        List<String> shut = new ArrayList<>();
        if (weight == 0) {
            canaries.forEach(server -> shut.add("shutdown sessions server " + path(settings, server)));
        }
        // on the way back a baseline that serves already is enough to take the canary out
        boolean serves = baselines.stream().anyMatch(s -> s.effectiveWeight() > 0);
        return new ShiftOrders(more, less, shut, weight == 0 && serves);
    }

    static void possible(
            HaproxySettings settings, StatTable table, List<Server> canaries, List<Server> baselines, double weight)
            throws EffectException {
        String algorithm = table.algorithm().toLowerCase(Locale.ROOT);
        if (WITHOUT_WEIGHTS.contains(algorithm)) {
            throw new EffectException("Backend '" + settings.backend() + "' has 'balance " + algorithm
                    + "', a static LB algorithm or one without weights: set 'balance roundrobin', 'leastconn' or"
                    + " 'random' there");
        }
        for (Server server : canaries) {
            if (server.backup()) {
                throw new EffectException("The canary server '" + server.name() + "' is a backup: HAProxy gives it"
                        + " requests only when no other can take them; take 'backup' off it in haproxy.cfg");
            }
        }
        if (weight < 100 && baselines.stream().allMatch(Server::backup)) {
            throw new EffectException(
                    "All baseline servers of backend '" + settings.backend() + "' are backups: HAProxy"
                            + " gives them nothing while the canary serves; take 'backup' off them in haproxy.cfg");
        }
    }

    /** For those who serve; where a side has none just now, for all of it: they may be about to. */
    private static WeightPair pair(
            double weight, HaproxySettings settings, StatTable table, List<Server> canaries, List<Server> baselines)
            throws EffectException {
        List<Server> others = new ArrayList<>(table.servers());
        others.removeAll(canaries);
        others.removeAll(baselines);
        Predicate<Server> ready =
                s -> settings.maintenanceAtZero() && s.status().startsWith("MAINT");
        double canary = capacity(canaries, s -> s.takesRequests() || ready.test(s));
        double baseline = capacity(baselines, Server::takesRequests);
        double other = others.stream().mapToInt(Server::effectiveWeight).sum();
        return WeightPair.of(weight, new WeightPair.Takers(canary, baseline, other))
                .orElseThrow(() -> unreachable(settings, weight, canary, baseline, other));
    }

    private static double capacity(List<Server> side, Predicate<Server> serves) {
        double now = Serving.capacity(side, serves);
        return now > 0 ? now : Math.max(1, Serving.capacity(side, s -> true));
    }

    private static EffectException unreachable(
            HaproxySettings settings, double weight, double canaries, double baselines, double others) {
        double least = new WeightPair(1, 256).share(canaries, baselines);
        return new EffectException(String.format(
                Locale.ROOT,
                "Backend '%s' can't give the canary %s %%: with %s canary and %s baseline servers that take requests%s"
                        + " the smallest share is %.2g %% (weights are whole, up to 256); choose a larger phase or add"
                        + " baseline servers",
                settings.backend(),
                weight,
                count(canaries),
                count(baselines),
                others > 0 ? ", and others on neither side," : "",
                least));
    }

    private static String count(double servers) {
        return servers == Math.rint(servers)
                ? Long.toString(Math.round(servers))
                : String.format(Locale.ROOT, "%.2f", servers);
    }

    /** 0 as a percentage: a backend with a static algorithm accepts that too. */
    private static String weight(HaproxySettings settings, Server server, int weight) {
        return "set server " + path(settings, server) + " weight " + (weight == 0 ? "0%" : Integer.toString(weight));
    }

    private static String path(HaproxySettings settings, Server server) {
        return settings.backend() + '/' + server.name();
    }
}
