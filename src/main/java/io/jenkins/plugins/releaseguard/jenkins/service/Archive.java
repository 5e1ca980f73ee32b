// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.model.Run;
import io.jenkins.plugins.releaseguard.jenkins.scope.ServiceLedgers;
import io.jenkins.plugins.releaseguard.report.LedgerSummary;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import io.jenkins.plugins.releaseguard.report.view.ReportWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.commons.io.FileUtils;

/** Seals an ended release, and reads it again: its report, its entry in the ledger, its folder beside the build. */
final class Archive {
    private static final Logger LOGGER = Logger.getLogger(Archive.class.getName());

    private Archive() {}

    /** The folder of an ended release in its build. */
    static Path of(Run<?, ?> run, String id) {
        return run.getRootDir().toPath().resolve(ServiceLedgers.FOLDER).resolve(id);
    }

    /** The report of a release that has ended. */
    static Report read(Run<?, ?> run, String id) throws IOException {
        if (!ReleaseIds.valid(id)) {
            throw new IOException("'" + id + "' is no release");
        }
        Path journal = of(run, id).resolve(ReportFiles.JOURNAL);
        if (DamagedRecords.get().has(ReleaseGuardService.folder(id))) {
            throw new IOException(
                    "The record of release " + id + " can't be read after the restart: see where its traffic"
                            + " is, now; it lies in release-guard/open/" + id + " of the controller's home");
        }
        if (!Files.exists(journal)) {
            throw new IOException("The record of release " + id + " is gone: see where its traffic is");
        }
        return Report.read(journal);
    }

    /** Completed when an ended release's record is on the disk. */
    static CompletableFuture<Void> written(OpenRelease release) {
        return release.runner() == null
                ? CompletableFuture.completedFuture(null)
                : release.runner().written();
    }

    static Report keep(OpenRelease release, ReleaseGuardService service) throws IOException {
        if (!written(release).isDone()) {
            throw new IOException("its record is not on the disk yet");
        }
        release.note().close();
        Path open = release.folder().path();
        ReportWriter.Written written = ReportWriter.write(open, ServiceLedgers.key());
        service.ledger(release.info().service()).add(LedgerSummary.of(written.report(), written.seal()));
        Run<?, ?> run = release.run();
        if (run == null) {
            LOGGER.log(Level.INFO, () -> release.id() + " ended without its build; the ledger keeps it");
        } else {
            release.folder().copyTo(of(run, release.id()));
            ReleaseActions.ended(run, release.info(), written);
        }
        FileUtils.deleteDirectory(open.toFile());
        return written.report();
    }
}
