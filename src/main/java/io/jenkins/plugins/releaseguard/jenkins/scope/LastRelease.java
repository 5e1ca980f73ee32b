// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import hudson.model.Job;
import io.jenkins.plugins.releaseguard.ledger.Ledger;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import io.jenkins.plugins.releaseguard.report.Trust;
import io.jenkins.plugins.releaseguard.report.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Which build of a job brought a service to an environment last. The job's name says nothing of it: jobs are renamed, and others take
 * their names. A build is known by the sealed record that lies with it, where that is what a proven entry of the ledger is about.
 */
final class LastRelease {
    private static final Logger LOGGER = Logger.getLogger(LastRelease.class.getName());
    private static final long MOST_BYTES = 64L << 20;

    private LastRelease() {}

    /**
     * The build's number; 0 where none is proven, so that all builds may be new. What is later than it and isn't believed, or whose build
     * is gone, never makes builds count as released, only as not released.
     */
    static int of(Job<?, ?> job, Ledger ledger, String environment) {
        Ledger.History history = ledger.history();
        List<LedgerEntry> newestFirst = new ArrayList<>(history.entries());
        Collections.reverse(newestFirst);
        int doubted = Integer.MAX_VALUE;
        for (LedgerEntry entry : newestFirst) {
            if (history.doubtUntil() != null && !entry.endedAt().isAfter(history.doubtUntil())) {
                return 0;
            }
            if (!entry.promoted() || !environment.equals(entry.environment())) {
                continue;
            }
            int number = number(entry.build());
            boolean proven = ledger.proof(entry).holds();
            if (proven && number > 0 && kept(job, number, entry)) {
                return Math.min(number, doubted);
            }
            if (!proven || entry.build() == null || entry.build().equals(job.getFullName() + '#' + number)) {
                doubted = Math.min(doubted, number);
            }
        }
        return 0;
    }

    /** Of {@code job#number}; 0 where it is nothing of the kind. */
    private static int number(String build) {
        try {
            return build == null ? 0 : Math.max(0, Integer.parseInt(build.substring(build.lastIndexOf('#') + 1)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Whether the job's build of this number keeps the very release that the entry is about. A build's number stays for life. */
    private static boolean kept(Job<?, ?> job, int number, LedgerEntry entry) {
        Path folder = job.getBuildDir().toPath().resolve(String.valueOf(number)).resolve(ServiceLedgers.FOLDER);
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> records = Files.newDirectoryStream(folder, Files::isDirectory)) {
            for (Path sealed : records) {
                if (names(sealed.resolve(ReportFiles.JSON), entry.seal())
                        && Verification.verify(sealed, new Trust(null, "", null, entry))
                                .intact()) {
                    return true;
                }
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "What " + job.getFullName() + "#" + number + " released can't be read");
        }
        return false;
    }

    /** Spares reading a journal whose report can't be the one. */
    private static boolean names(Path report, String seal) throws IOException {
        return Files.isRegularFile(report)
                && Files.size(report) <= MOST_BYTES
                && new String(Files.readAllBytes(report), StandardCharsets.UTF_8).contains(seal);
    }
}
