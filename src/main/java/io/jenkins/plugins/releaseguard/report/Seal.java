// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.util.Map;
import java.util.TreeMap;

/**
 * What binds an ended release's files together. {@code head} is the SHA-256 of the journal's last line and so, through the chain, of
 * all {@code lines}; {@code report} that of report.json without its seal; {@code files} those of the pages beside it. {@code sha256}
 * is over these, one a line. It detects accident; it is no signature.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Seal(String sha256, long lines, String head, String report, Map<String, String> files) {
    private static final String DOMAIN = "release-guard/seal/1";

    public static Seal over(long lines, String head, String report, Map<String, String> files) {
        return new Seal(digest(lines, head, report, files), lines, head, report, files);
    }

    /** Whether {@link #sha256} is the digest of the rest. */
    boolean holds() {
        return sha256 != null && sha256.equals(digest(lines, head, report, files == null ? Map.of() : files));
    }

    private static String digest(long lines, String head, String report, Map<String, String> files) {
        StringBuilder text = new StringBuilder(DOMAIN)
                .append("\njournal ")
                .append(lines)
                .append(' ')
                .append(head)
                .append("\nreport ")
                .append(report)
                .append('\n');
        new TreeMap<>(files)
                .forEach((name, digest) ->
                        text.append(name).append(' ').append(digest).append('\n'));
        return Sha256.hex(text.toString());
    }
}
