// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SHA-256 digests as bills of materials write them. */
final class SbomDigests {
    private static final Pattern HEX = Pattern.compile("(?i)(?:sha256:)?([0-9a-f]{64})");

    private SbomDigests() {}

    /** A hash with its algorithm's name, {@code SHA-256} or {@code SHA256}; others are passed over. */
    static void add(String algorithm, String content, Set<String> digests) {
        if (algorithm.replace("-", "").equalsIgnoreCase("SHA256")) {
            ofVersion(content, digests);
        }
    }

    /** The version of an image may be its digest. */
    static void ofVersion(String version, Set<String> digests) {
        Matcher hex = HEX.matcher(version.strip());
        if (hex.matches()) {
            digests.add(hex.group(1).toLowerCase(Locale.ROOT));
        }
    }

    static String named(String name, String version) {
        return version.isEmpty() ? name : name + " " + version;
    }
}
