// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.text.Lines;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Which servers of which HAProxy are the canary and the baseline.
 *
 * @param address the runtime API: {@code host:port}, or the absolute path of a unix socket; of several balancers that take the same
 *     traffic each, separated by commas
 * @param masters the masters' sockets in the same order, through which old workers are asked; empty where they aren't known
 * @param canary server names; a name may end in {@code *}
 * @param baseline the same; empty for every other server of the backend
 * @param timeout for one whole call of the router
 * @param maintenanceAtZero put the canary into maintenance at 0 %, for backends whose cookies or stick tables lead clients to a
 *     server whatever its weight
 * @param agentsKeepWeights a person's word that agent-checks answer with states, and never with a weight
 * @param map for a canary in a backend of its own, whose servers, as those of {@code backend}, aren't named then; null for servers of one
 *     backend that are divided by their weights
 */
public record HaproxySettings(
        String address,
        List<String> masters,
        String backend,
        List<String> canary,
        List<String> baseline,
        Duration timeout,
        boolean maintenanceAtZero,
        boolean agentsKeepWeights,
        MapShare map) {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST = 16;

    /** @throws IllegalArgumentException for an address, or a name, that HAProxy could not have */
    public HaproxySettings {
        masters = List.copyOf(masters);
        canary = List.copyOf(canary);
        baseline = List.copyOf(baseline);
        List<String> addresses = addresses(address);
        addresses.forEach(RuntimeApi::parse);
        masters.forEach(RuntimeApi::parse);
        if (addresses.isEmpty() || addresses.size() > MOST) {
            throw new IllegalArgumentException(addresses.size() + " addresses of runtime APIs are given: write 1 to "
                    + MOST + ", separated by commas");
        }
        if (addresses.stream().map(RuntimeAddress::normal).distinct().count() < addresses.size()) {
            throw new IllegalArgumentException("The same address is given twice: " + Lines.bounded(address, 120));
        }
        if (!masters.isEmpty() && masters.size() != addresses.size()) {
            throw new IllegalArgumentException(masters.size() + " masters' sockets are given for " + addresses.size()
                    + " runtime APIs: give one for each, in the same order, or none");
        }
        name("backend", backend);
        if (map != null && !(canary.isEmpty() && baseline.isEmpty())) {
            throw new IllegalArgumentException("Servers are named, and a canary's backend too: of a canary in a backend"
                    + " of its own all servers are meant, so name none");
        }
        if (map != null && map.canary().equals(backend)) {
            throw new IllegalArgumentException(
                    "The canary's backend is '" + backend + "', as the baseline's: name two");
        }
        if (map != null && maintenanceAtZero) {
            throw new IllegalArgumentException(
                    "A canary in a backend of its own is not put into maintenance at 0 %: its"
                            + " map sends nobody there");
        }
        if (map == null && canary.isEmpty()) {
            throw new IllegalArgumentException(
                    "No canary server is named: give the names as they stand behind 'server' in the backend");
        }
        canary.forEach(s -> name("canary server", pattern(s)));
        baseline.forEach(s -> name("baseline server", pattern(s)));
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("The router's timeout " + timeout + " is not above zero");
        }
    }

    /** One server a side. */
    public static HaproxySettings of(String address, String backend, String canary, String baseline) {
        return of(address, backend, List.of(canary), List.of(baseline));
    }

    public static HaproxySettings of(String address, String backend, List<String> canary, List<String> baseline) {
        return of(address, backend, canary, baseline, null);
    }

    /** @param map null for none */
    public static HaproxySettings of(
            String address, String backend, List<String> canary, List<String> baseline, MapShare map) {
        return new HaproxySettings(address, List.of(), backend, canary, baseline, TIMEOUT, false, false, map);
    }

    /** Two backends. */
    public static HaproxySettings of(String address, String backend, MapShare map) {
        return of(address, backend, List.of(), List.of(), map);
    }

    /** Addresses as people write several, one after the other; none for nothing. */
    public static List<String> addresses(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
    }

    public HaproxySettings withTimeout(Duration limit) {
        return new HaproxySettings(
                address, masters, backend, canary, baseline, limit, maintenanceAtZero, agentsKeepWeights, map);
    }

    public HaproxySettings withMaintenanceAtZero() {
        return new HaproxySettings(address, masters, backend, canary, baseline, timeout, true, agentsKeepWeights, map);
    }

    /** @param sockets of the masters, one for each address */
    public HaproxySettings withMasters(List<String> sockets) {
        return new HaproxySettings(
                address, sockets, backend, canary, baseline, timeout, maintenanceAtZero, agentsKeepWeights, map);
    }

    public HaproxySettings withAgentsThatKeepWeights() {
        return new HaproxySettings(address, masters, backend, canary, baseline, timeout, maintenanceAtZero, true, map);
    }

    List<String> addresses() {
        return addresses(address);
    }

    /** In which backend the canary's servers are. */
    String canaryBackend() {
        return map == null ? backend : map.canary();
    }

    boolean isCanary(String server) {
        return map != null || canary.stream().anyMatch(p -> matches(p, server));
    }

    boolean isBaseline(String server) {
        return !isCanary(server) && (baseline.isEmpty() || baseline.stream().anyMatch(p -> matches(p, server)));
    }

    static boolean matches(String pattern, String server) {
        return pattern.endsWith("*") ? server.startsWith(pattern(pattern)) : server.equals(pattern);
    }

    private static String pattern(String name) {
        return name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
    }

    /** Names end up in commands: only what HAProxy itself allows in a name passes. */
    static void name(String what, String name) {
        if (!name.matches("[A-Za-z0-9_.:-]{1,200}")) {
            throw new IllegalArgumentException("'" + Lines.bounded(name, 80) + "' can't be the name of a " + what
                    + ": HAProxy's names have letters, digits and - _ . : only");
        }
    }
}
