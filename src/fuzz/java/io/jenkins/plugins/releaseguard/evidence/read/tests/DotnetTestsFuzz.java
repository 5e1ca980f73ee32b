// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.tests;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;

/** TRX, NUnit 3 and xUnit 2, with the seeds and words of theirs: what {@link JunitFuzz} promises. */
public final class DotnetTestsFuzz {
    private DotnetTestsFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(DotnetTestsFuzz.class, DotnetTestsFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is a test report. */
    public static boolean accepts(byte[] input) {
        return JunitFuzz.accepts(input);
    }
}
