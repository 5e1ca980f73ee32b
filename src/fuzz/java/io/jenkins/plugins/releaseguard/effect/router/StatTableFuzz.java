// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What an address answers that says it is a HAProxy: servers with weights that can be, or no table. */
public final class StatTableFuzz {
    private StatTableFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(StatTableFuzz.class, StatTableFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is a table. */
    public static boolean accepts(byte[] input) {
        Optional<List<StatTable.Server>> servers = StatTable.parse(new String(input, StandardCharsets.UTF_8), "shop");
        servers.ifPresent(all -> all.forEach(server -> {
            if (server.weight() < 0 || server.weight() > 256 || server.name().isEmpty() || server.requests() < 0) {
                throw new AssertionError("no server: " + server);
            }
        }));
        return servers.isPresent();
    }
}
