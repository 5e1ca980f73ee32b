// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;

/** Times of test reports: an instant, none, or a {@link DateTimeException}, nothing else. */
public final class ReportTimeFuzz {
    private ReportTimeFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(ReportTimeFuzz.class, ReportTimeFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is a time, or says that there is none. */
    public static boolean accepts(byte[] input) {
        try {
            ReportTime.read(new String(input, StandardCharsets.UTF_8));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
