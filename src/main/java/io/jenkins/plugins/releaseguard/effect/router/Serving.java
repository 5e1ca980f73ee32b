// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.effect.router.StatTable.Server;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who of a backend takes requests now, and how many, as HAProxy does (Configuration Manual, section 5.2: {@code backup},
 * {@code slowstart}, {@code agent-check}; Management Guide, section 9.3: {@code set server … state}). A server that is DOWN, in MAINT,
 * DRAIN or NOLB takes none, a spare slot of a template is in MAINT, a backup takes some only when no other server can.
 */
final class Serving {
    private static final int SHOWN = 200;
    private static final int MOST_WEIGHTS = 5;

    private final List<Server> servers;
    private final boolean backups;

    Serving(List<Server> servers) {
        this.servers = servers;
        this.backups = servers.stream().noneMatch(s -> s.effectiveWeight() > 0);
    }

    /** The weight by which it gets new requests now. Of backups HAProxy may use the first alone: each counts, so that none is missed. */
    int weight(Server server) {
        if (!backups) {
            return server.effectiveWeight();
        }
        return server.backup() && server.takesRequests() ? server.weight() : 0;
    }

    int sum(List<Server> side) {
        return side.stream().mapToInt(this::weight).sum();
    }

    int all() {
        return sum(servers);
    }

    /** How many whole servers' weight a side takes: what is set for it is multiplied by this. */
    static double capacity(List<Server> side, Predicate<Server> willServe) {
        return side.stream()
                .filter(s -> willServe.test(s) && !s.backup())
                .mapToDouble(s -> s.takesRequests() ? s.throttle() / 100.0 : 1)
                .sum();
    }

    /** The weights that were set, of each side and of those on neither: which differ, not how many servers have them. */
    String set(List<Server> canaries, List<Server> baselines) {
        List<Server> others = new ArrayList<>(servers);
        others.removeAll(canaries);
        others.removeAll(baselines);
        String both = "canary " + weights(canaries) + ", baseline " + weights(baselines);
        return others.isEmpty() ? both : both + ", others " + weights(others);
    }

    private static String weights(List<Server> side) {
        List<String> weights = side.stream()
                .filter(s -> !s.backup())
                .map(Server::set)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .toList();
        return weights.size() <= MOST_WEIGHTS
                ? String.join(" ", weights)
                : String.join(" ", weights.subList(0, MOST_WEIGHTS)) + " …";
    }

    /** The servers that take nothing, or less than their weight, by what keeps them; empty for none. */
    String idle() {
        Map<String, List<String>> by = new TreeMap<>();
        for (Server server : servers) {
            String why = !server.takesRequests()
                    ? word(server.status())
                    : server.backup()
                            ? backups ? "" : "backup"
                            : server.throttle() < 100 ? "slowstart " + server.throttle() + " %" : "";
            if (!why.isEmpty()) {
                by.computeIfAbsent(why, w -> new ArrayList<>()).add(server.name());
            }
        }
        return Lines.bounded(
                by.entrySet().stream()
                        .map(e -> names(e.getValue()) + " " + e.getKey())
                        .collect(Collectors.joining(", ")),
                SHOWN);
    }

    /** Without how often a check has answered: DOWN 1/2 is DOWN. */
    private static String word(String status) {
        return status.replaceFirst(" [0-9]+/[0-9]+$", "").toUpperCase(Locale.ROOT);
    }

    /** The count says of a long list that it has become another. */
    private static String names(List<String> names) {
        return names.size() <= MOST_WEIGHTS
                ? String.join(" ", names)
                : String.join(" ", names.subList(0, MOST_WEIGHTS)) + " and " + (names.size() - MOST_WEIGHTS) + " more";
    }
}
