// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** The ids of SPDX's list of licences: a word that only looks like one, as a vendor's {@code acme-eula-2}, is none. */
final class SpdxIds {
    private static final Set<String> ALL = read();

    private SpdxIds() {}

    /** Whether the list has it, current or deprecated; the id in lower case. */
    static boolean has(String id) {
        return ALL.contains(id);
    }

    private static Set<String> read() {
        try (InputStream in = SpdxIds.class.getResourceAsStream("spdx-ids.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
