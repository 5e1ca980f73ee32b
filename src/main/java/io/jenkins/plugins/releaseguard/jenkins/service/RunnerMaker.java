// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.rollout.runner.Past;
import io.jenkins.plugins.releaseguard.rollout.runner.ReleaseClock;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import java.io.IOException;

/** Makes the runner of an armed release. */
final class RunnerMaker {
    private RunnerMaker() {}

    static Runner make(OpenRelease release, ReleaseGuardService service) throws IOException {
        Plan plan = Plans.of(
                release.contract(),
                release.environment(),
                PlanOptions.ofPipeline(
                                release.contract(),
                                release.info().isEnclosed(),
                                release.info().observe())
                        .withAdmission());
        Past past = Past.read(plan, release.folder().journal());
        return new Runner(
                plan,
                JournalFile.openUnforced(release.folder().journal()),
                past.state(),
                new JenkinsPorts(release, service),
                ReleaseClock.WALL,
                service.threads());
    }
}
