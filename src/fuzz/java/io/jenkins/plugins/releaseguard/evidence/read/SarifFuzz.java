// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** SARIF: findings with known levels, or an {@link IOException}, nothing else. */
public final class SarifFuzz {
    private static final List<String> LEVELS = List.of("none", "note", "warning", "error", "unknown");

    private SarifFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(SarifFuzz.class, SarifFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is SARIF. */
    public static boolean accepts(byte[] input) {
        try {
            for (SarifRun run : SarifReader.read(new ByteArrayInputStream(input))) {
                for (SarifRun.Finding finding : run.findings()) {
                    if (!LEVELS.contains(finding.level())) {
                        throw new AssertionError("no level: " + finding);
                    }
                    if (finding.severity() < 0 || finding.severity() > 10) {
                        throw new AssertionError("no severity: " + finding);
                    }
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
