// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.StatTable.Server;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Two backends, and a map that says who is sent to which ({@code show map}, {@code set map}, {@code add map} and {@code del map}, Management
 * Guide, section 9.3). The counters are the backends' own: who is sent to one that has no server is counted there too.
 */
final class ByMap implements Split {
    private static final int SHOWN = 600;
    private static final int MAPS = 5;

    private final HaproxySettings settings;
    private final MapShare map;
    private final String who;

    /** @param who whom the refusals name */
    ByMap(HaproxySettings settings, String who) {
        this.settings = settings;
        this.map = settings.map();
        this.who = who;
    }

    @Override
    public String beforeShift() {
        return "show stat -1 6 -1;show map;show map " + map.file();
    }

    @Override
    public String forReading() {
        return beforeShift();
    }

    @Override
    public ShiftOrders orders(double weight, String said) throws EffectException {
        StatTable canary = Refusals.table(said, map.canary(), who);
        StatTable baseline = Refusals.table(said, settings.backend(), who);
        OptionalInt parts = map.parts(weight);
        if (parts.isEmpty()) {
            throw new EffectException("The map '" + map.file() + "' can't give the canary " + weight
                    + " %: it counts in"
                    + " parts of " + map.of() + "; choose another phase, or write rand(10000) in haproxy.cfg and in the"
                    + " router's configuration");
        }
        MapTable table = MapTable.parse(said);
        if (!table.used().contains(map.file())) {
            throw new EffectException(unknown(table));
        }
        List<String> orders = map.orders(parts.getAsInt(), table.entries());
        if (weight > 0) {
            return new ShiftOrders(orders, List.of(), List.of(), false);
        }
        boolean serves = baseline.servers().stream().anyMatch(s -> s.effectiveWeight() > 0);
        List<String> shut = canary.servers().stream()
                .map(server -> "shutdown sessions server " + map.canary() + '/' + server.name())
                .toList();
        return new ShiftOrders(List.of(), orders, shut, serves);
    }

    @Override
    public RouterReading reading(String said) throws EffectException {
        StatTable canary = Refusals.table(said, map.canary(), who);
        StatTable baseline = Refusals.table(said, settings.backend(), who);
        MapTable table = MapTable.parse(said);
        Serving canaries = new Serving(canary.servers());
        Serving baselines = new Serving(baseline.servers());
        OptionalInt parts = map.parts(table.entries());
        double share = parts.isPresent() && table.used().contains(map.file())
                ? 100.0 * parts.getAsInt() / map.of()
                : Double.NaN;
        boolean serves = canaries.all() > 0;
        return new RouterReading(
                serves || Double.isNaN(share) ? share : 0,
                canary.whole().requests(),
                baseline.whole().requests(),
                canary.whole().sessions(),
                baseline.servers().stream().anyMatch(s -> s.effectiveWeight() > 0),
                new RouterGround(
                        map.words(table.entries()),
                        idle(canaries, baselines),
                        unfit(table, canary.servers(), serves),
                        null,
                        !serves && share > 0
                                ? "the map '" + map.file() + "' still sends users to backend '" + map.canary()
                                        + "', of which no server takes requests"
                                : null));
    }

    private String idle(Serving canaries, Serving baselines) {
        List<String> idle = new ArrayList<>();
        if (!canaries.idle().isEmpty()) {
            idle.add(map.canary() + ": " + canaries.idle());
        }
        if (!baselines.idle().isEmpty()) {
            idle.add(settings.backend() + ": " + baselines.idle());
        }
        return String.join("; ", idle);
    }

    /** What a shift would run into, or users would; null for nothing. */
    private String unfit(MapTable table, List<Server> canaries, boolean serves) {
        List<String> against = new ArrayList<>();
        if (!table.used().contains(map.file())) {
            against.add(unknown(table));
        } else if (map.against(table.entries()) != null) {
            against.add(map.against(table.entries()));
        }
        if (!serves) {
            against.add("no server of backend '" + map.canary() + "' takes requests ("
                    + Lines.bounded(new Serving(canaries).idle(), 120)
                    + "), and who is sent there gets an error of HAProxy's own");
        }
        return against.isEmpty() ? null : Lines.bounded(String.join("; ", against), SHOWN);
    }

    private String unknown(MapTable table) {
        List<String> used = table.used().stream().distinct().toList();
        String there = used.isEmpty()
                ? "none is used there"
                : "used there: " + String.join(", ", used.subList(0, Math.min(MAPS, used.size())))
                        + (used.size() > MAPS ? " and " + (used.size() - MAPS) + " more" : "");
        return "no 'use_backend' or other rule of haproxy.cfg reads the map '" + map.file() + "' (" + there
                + "): write it in the router's configuration as it stands in haproxy.cfg";
    }
}
