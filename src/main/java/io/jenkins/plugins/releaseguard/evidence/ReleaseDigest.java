// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.contract.Artifact;
import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a sign-off is bound to: the artifact's SHA-256, or that of the sorted digests (one a line) where there are several. A
 * release without artifacts has the SHA-256 of its commit id; one without either has none and can't be signed for.
 */
public final class ReleaseDigest {
    private ReleaseDigest() {}

    /** The digest in lower-case hex, or empty. */
    public static String of(Release release) {
        if (release.artifacts().isEmpty()) {
            return blank(release.commit()) ? "" : Sha256.hex(release.commit());
        }
        if (release.artifacts().stream().anyMatch(a -> blank(a.sha256()))) {
            return "";
        }
        if (release.artifacts().size() == 1) {
            return lower(release.artifacts().get(0));
        }
        String all = release.artifacts().stream()
                .map(ReleaseDigest::lower)
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
        return Sha256.hex(all);
    }

    private static String lower(Artifact artifact) {
        return artifact.sha256().toLowerCase(Locale.ROOT);
    }

    private static boolean blank(String text) {
        return text == null || text.isBlank();
    }
}
