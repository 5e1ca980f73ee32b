// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.model.Run;
import io.jenkins.plugins.releaseguard.jenkins.page.JobReleases;
import io.jenkins.plugins.releaseguard.jenkins.page.ReleaseReportAction;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.report.view.ReportWriter;
import java.io.IOException;
import java.util.Optional;

/** Keeps the build's actions up to date. */
final class ReleaseActions {
    private ReleaseActions() {}

    static void opened(Run<?, ?> run, RecordInfo info, String version) throws IOException {
        ReleaseReportAction.attach(run, info.id(), info.service(), version, info.environment());
        JobReleases.get().note(run.getParent(), info.service());
    }

    static void ended(Run<?, ?> run, RecordInfo info, ReportWriter.Written written) throws IOException {
        Optional<ReleaseReportAction> known = ReleaseReportAction.of(run, info.id());
        ReleaseReportAction action = known.isPresent()
                ? known.get()
                : ReleaseReportAction.attach(
                        run,
                        info.id(),
                        info.service(),
                        written.report().release().version(),
                        info.environment());
        action.sealed(written);
    }

    static boolean refused(Run<?, ?> run, String service, String environment) {
        return run.getActions(ReleaseReportAction.class).stream()
                .filter(action -> service.equals(action.getService()) && environment.equals(action.getEnvironment()))
                .reduce((first, second) -> second)
                .map(action -> ReleaseOutcome.NO_GO.text().equals(action.getVerdict()))
                .orElse(false);
    }
}
