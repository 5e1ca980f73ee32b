// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.text.Lines;
import java.time.Duration;
import java.util.List;

/**
 * Which servers of which HAProxy are the canary and the baseline.
 *
 * @param address the runtime API: {@code host:port}, or the absolute path of a unix socket
 * @param canary server names; a name may end in {@code *}
 * @param baseline the same; empty for every other server of the backend
 * @param timeout for one whole call of the router
 * @param maintenanceAtZero put the canary into maintenance at 0 %, for backends whose cookies or stick tables lead clients to a
 *     server whatever its weight
 */
public record HaproxySettings(
        String address,
        String backend,
        List<String> canary,
        List<String> baseline,
        Duration timeout,
        boolean maintenanceAtZero) {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** @throws IllegalArgumentException for an address, or a name, that HAProxy could not have */
    public HaproxySettings {
        canary = List.copyOf(canary);
        baseline = List.copyOf(baseline);
        RuntimeApi.parse(address);
        name("backend", backend);
        if (canary.isEmpty()) {
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
        return new HaproxySettings(address, backend, List.of(canary), List.of(baseline), TIMEOUT, false);
    }

    public static HaproxySettings of(String address, String backend, List<String> canary, List<String> baseline) {
        return new HaproxySettings(address, backend, canary, baseline, TIMEOUT, false);
    }

    public HaproxySettings withTimeout(Duration limit) {
        return new HaproxySettings(address, backend, canary, baseline, limit, maintenanceAtZero);
    }

    public HaproxySettings withMaintenanceAtZero() {
        return new HaproxySettings(address, backend, canary, baseline, timeout, true);
    }

    boolean isCanary(String server) {
        return canary.stream().anyMatch(p -> matches(p, server));
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
    private static void name(String what, String name) {
        if (!name.matches("[A-Za-z0-9_.:-]{1,200}")) {
            throw new IllegalArgumentException("'" + Lines.bounded(name, 80) + "' can't be the name of a " + what
                    + ": HAProxy's names have letters, digits and - _ . : only");
        }
    }
}
