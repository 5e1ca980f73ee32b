// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What an address answers that says it is a HAProxy or its master: states, a process, workers and a map's entries that can be, or none. */
public final class RuntimeAnswersFuzz {
    private static final List<MapShare> MAPS =
            List.of(new MapShare("/x.map", "shop", 100, "shop-new"), new MapShare("/x.map", "", 100, "shop-new"));

    private RuntimeAnswersFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(RuntimeAnswersFuzz.class, RuntimeAnswersFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is any of them. */
    public static boolean accepts(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<ServerStates> states = ServerStates.parse(text, "shop");
        Optional<WorkerTable> workers = WorkerTable.parse(text);
        Optional<ProcessInfo> info = ProcessInfo.parse(text);
        MapTable maps = MapTable.parse(text);
        for (MapShare map : MAPS) {
            map.parts(maps.entries()).ifPresent(parts -> {
                if (parts < 0 || parts > map.of()) {
                    throw new AssertionError("no share: " + parts);
                }
            });
            for (String order : map.orders(7, maps.entries())) {
                if (!order.matches("(set|add|del) map /x[.]map [A-Za-z0-9:]{1,40}( [0-9]{1,3}| shop-new)?")) {
                    throw new AssertionError("no order: " + order);
                }
            }
        }
        states.flatMap(s -> s.of("new")).ifPresent(server -> {
            if (server.initialWeight() < 0) {
                throw new AssertionError("no server: " + server);
            }
        });
        workers.ifPresent(table -> {
            if (table.workers().isEmpty() || table.old().stream().anyMatch(pid -> pid < 0)) {
                throw new AssertionError("no workers: " + table);
            }
        });
        return states.isPresent()
                || workers.isPresent()
                || info.isPresent()
                || !maps.used().isEmpty();
    }
}
