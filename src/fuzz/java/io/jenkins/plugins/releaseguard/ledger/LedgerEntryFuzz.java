// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.ledger;

import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An entry of the ledger in a file that somebody made up: an entry and what it proves, or an {@link IOException}. */
public final class LedgerEntryFuzz {
    private LedgerEntryFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(LedgerEntryFuzz.class, LedgerEntryFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is an entry. */
    public static boolean accepts(byte[] input) {
        try {
            Path file = Files.createTempFile("entry", ".json");
            try {
                Files.write(file, input);
                LedgerEntry entry = Ledger.entry(file);
                if (EntryProof.of(entry, SealKey.of("0".repeat(64))).level() == EntryProof.Level.SIGNED) {
                    throw new AssertionError("proven by a key that never saw it: " + entry);
                }
                return true;
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            return false;
        }
    }
}
