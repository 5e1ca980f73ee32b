// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** Bills of materials: components whose licences come to a verdict, or an {@link IOException}, nothing else. */
public final class SbomFuzz {
    private static final LicencePolicy POLICY = new LicencePolicy(List.of("MIT", "BSD-*"), List.of("GPL-*"));

    private SbomFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(SbomFuzz.class, SbomFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is an SBOM. */
    public static boolean accepts(byte[] input) {
        try {
            Sbom sbom = SbomReader.read(new ByteArrayInputStream(input));
            for (String digest : sbom.digests()) {
                if (!digest.matches("[0-9a-f]{64}")) {
                    throw new AssertionError("no digest: " + digest);
                }
            }
            sbom.components().forEach(c -> c.licences().forEach(POLICY::of));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
