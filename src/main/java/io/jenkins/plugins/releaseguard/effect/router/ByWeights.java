// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.StatTable.Server;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** One backend with the servers of both sides, divided by their weights. */
final class ByWeights implements Split {
    private final HaproxySettings settings;
    private final String who;

    /** @param who whom the refusals name */
    ByWeights(HaproxySettings settings, String who) {
        this.settings = settings;
        this.who = who;
    }

    @Override
    public String beforeShift() {
        return "show stat -1 6 -1";
    }

    @Override
    public String forReading() {
        String asked = "show stat -1 6 -1;show servers state " + settings.backend();
        return settings.maintenanceAtZero() ? asked : asked + ';' + StickTables.question(settings.backend());
    }

    @Override
    public ShiftOrders orders(double weight, String said) throws EffectException {
        StatTable table = table(said);
        return ShiftOrders.of(weight, settings, table, canaries(table), baselines(table));
    }

    @Override
    public RouterReading reading(String said) throws EffectException {
        StatTable table = table(said);
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
                new RouterGround(
                        serving.set(canaries, baselines),
                        serving.idle(),
                        Fitness.against(settings, table, canaries, baselines, said),
                        null,
                        null));
    }

    private StatTable table(String said) throws EffectException {
        return Refusals.table(said, settings.backend(), who);
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

    private static double sum(List<Server> servers, ToDoubleFunction<Server> what) {
        return servers.stream().mapToDouble(what).sum();
    }
}
