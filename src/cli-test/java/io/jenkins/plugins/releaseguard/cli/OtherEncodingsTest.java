// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file in another encoding than UTF-8 is named by whatever reads it, and told as such. */
class OtherEncodingsTest {
    private static final String CONTRACT = """
            apiVersion: release-guard/v1
            release: {service: s, version: "1", owner: t}
            metrics:
              - {id: e, kind: rate, source: p, errors: 'sum(increase(e{track="$track"}[$window]))', total: 'sum(increase(t{track="$track"}[$window]))'}
            rollout: {router: r, phases: [10, 100], bake: 10m}
            entries:
              - {id: DEP-902, type: Rollback, owner: o, metric: e, threshold: "> 5% for 1m", procedure: [{traffic: 0}]}
            """;

    @TempDir
    private Path folder;

    /** {@code ODD} is the odd file, with its ending. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lint ODD.yaml",
                "lint ODD.md",
                "lint --format json ODD.yaml",
                "lint --explain ODD.yaml",
                "text ODD.yaml",
                "import ODD.yaml",
                "judge ODD.json",
                "judge --stream ODD.json",
                "judge --profile kayenta ODD.json",
                "replay --config ODD.json c.yaml",
                "replay --contract ODD.yaml c.yaml",
                "replay --contract c.yaml ODD.csv",
                "replay --contract c.yaml ODD.jsonl",
                "plan --rps 5 --errors 1% ODD.yaml",
                "rehearse --contract ODD.yaml --scenario healthy --out out",
            })
    void isNamed(String command) throws IOException {
        Files.writeString(folder.resolve("c.yaml"), CONTRACT);
        StringWriter said = new StringWriter();
        String[] args = command.split(" ");
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("ODD")) {
                Path odd = folder.resolve(args[i]);
                Files.write(odd, "{\"caf\u00e9\": 1}\n".getBytes(StandardCharsets.ISO_8859_1));
                args[i] = odd.toString();
            } else if (args[i].matches("c.yaml|out")) {
                args[i] = folder.resolve(args[i]).toString();
            }
        }
        int code = Main.commandLine()
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(args);

        assertThat(code).isNotZero();
        assertThat(said.toString()).contains("ODD.").contains("UTF-8").doesNotContain("Input length");
    }
}
