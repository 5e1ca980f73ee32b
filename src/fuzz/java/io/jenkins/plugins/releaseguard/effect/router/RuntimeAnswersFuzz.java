// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What an address answers that says it is a HAProxy or its master: states, a process and workers that can be, or none. */
public final class RuntimeAnswersFuzz {
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
        return states.isPresent() || workers.isPresent() || info.isPresent();
    }
}
