// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import io.jenkins.plugins.releaseguard.ledger.Ledger;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Services' ledgers as they were last read: read again only when a release was added. */
final class LedgerCache {
    private static final Map<Path, SoftReference<Kept>> KEPT = new ConcurrentHashMap<>();

    private record Kept(String revision, Ledger.History history) {}

    private LedgerCache() {}

    static Ledger.History history(String service) {
        Ledger ledger = Ledger.of(JobReleases.ledgers(), service);
        Path folder = ledger.folder();
        String revision = revision(folder);
        Kept kept = KEPT.getOrDefault(folder, new SoftReference<>(null)).get();
        if (kept == null || !kept.revision().equals(revision)) {
            kept = new Kept(revision, ledger.history());
            KEPT.put(folder, new SoftReference<>(kept));
        }
        return kept.history();
    }

    private static String revision(Path folder) {
        try {
            return Files.getLastModifiedTime(folder).toString();
        } catch (IOException e) {
            return "absent";
        }
    }
}
