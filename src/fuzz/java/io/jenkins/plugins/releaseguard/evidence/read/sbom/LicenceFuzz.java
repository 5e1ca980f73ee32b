// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import io.jenkins.plugins.releaseguard.Seeds;
import io.jenkins.plugins.releaseguard.evidence.read.sbom.LicencePolicy.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Licence expressions: a verdict, always, and no better one for a further licence that must hold too. */
public final class LicenceFuzz {
    private static final LicencePolicy POLICY =
            new LicencePolicy(List.of("MIT", "BSD-*", "GPL-2.0 WITH Classpath-exception-2.0"), List.of("GPL-*"));

    private LicenceFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(LicenceFuzz.class, LicenceFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether the licence is known. */
    public static boolean accepts(byte[] input) {
        String expression = new String(input, StandardCharsets.UTF_8);
        Verdict verdict = POLICY.of(expression);
        if (verdict != Verdict.UNKNOWN && POLICY.of("(" + expression + ") AND GPL-3.0-only") == Verdict.ALLOWED) {
            throw new AssertionError("a denied licence is allowed beside " + expression);
        }
        return verdict != Verdict.UNKNOWN;
    }
}
