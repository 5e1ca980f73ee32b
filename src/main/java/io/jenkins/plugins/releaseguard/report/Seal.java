// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.jenkins.plugins.releaseguard.ledger.KeyedDigest;
import io.jenkins.plugins.releaseguard.ledger.SealKey;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What binds an ended release's files together. {@code head} is the SHA-256 of the journal's last line and so, through the chain, of
 * all {@code lines}; {@code report} that of report.json without its seal; {@code files} those of the pages beside it. {@code sha256}
 * is over these, one a line. It detects accident; what a key signed, {@code mac}, shows who sealed: null where there was no key. As it was
 * read, any of it may be null or nonsense.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Seal(String sha256, long lines, String head, String report, Map<String, String> files, KeyedDigest mac) {
    private static final String DOMAIN = "release-guard/seal/1";
    private static final String SIGNED_DOMAIN = "release-guard/signed-seal/1";

    public Seal {
        files = files == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(files));
    }

    public static Seal over(long lines, String head, String report, Map<String, String> files) {
        return over(lines, head, report, files, null);
    }

    /** @param key signs it; null for none */
    public static Seal over(long lines, String head, String report, Map<String, String> files, SealKey key) {
        String sha256 = digest(lines, head, report, files);
        return new Seal(sha256, lines, head, report, files, key == null ? null : key.sign(signed(sha256)));
    }

    /** Whether {@link #sha256} is the digest of the rest. */
    boolean holds() {
        return sha256 != null && sha256.equals(digest(lines, head, report, files));
    }

    /** Whether this very key signed it. */
    boolean signedBy(SealKey key) {
        return key.signed(signed(sha256), mac);
    }

    /** The text that a key signs. */
    private static String signed(String sha256) {
        return SIGNED_DOMAIN + "\n" + sha256 + "\n";
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
