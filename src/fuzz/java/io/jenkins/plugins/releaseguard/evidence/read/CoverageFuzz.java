// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** JaCoCo's and Cobertura's reports: counts that can be, or an {@link IOException}, nothing else. */
public final class CoverageFuzz {
    private CoverageFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(CoverageFuzz.class, CoverageFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is a coverage report. */
    public static boolean accepts(byte[] input) {
        try {
            Coverage coverage = CoverageReader.read(new ByteArrayInputStream(input), "auto");
            double rate = coverage.line().rate();
            if (rate < 0 || rate > 1) {
                throw new AssertionError("no rate: " + coverage);
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
