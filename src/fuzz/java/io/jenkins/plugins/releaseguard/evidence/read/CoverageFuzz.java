// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** JaCoCo's, Cobertura's and Clover's reports and LCOV's tracefiles, each united with itself: counts that can be, or an {@link IOException}, nothing else. */
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
            CoverageUnion union = new CoverageUnion(true);
            for (int i = 0; i < 2; i++) {
                CoverageReport report = CoverageReader.report(new ByteArrayInputStream(input), "auto", true);
                double rate = report.whole().line().rate();
                if (rate < 0 || rate > 1) {
                    throw new AssertionError("no rate: " + report.whole());
                }
                union.add(report, i + "/");
            }
            union.close();
            if (union.least().line().covered() > union.most().line().covered()
                    || union.least().branch().covered() > union.most().branch().covered()) {
                throw new AssertionError("the least is more than the most: " + union.least() + ", " + union.most());
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
