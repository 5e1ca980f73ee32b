// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.contract.Contract;
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
        Contract contract = release.contract();
        boolean observe = release.info().observe();
        // whoever only observes leaves the router to those who move the traffic today
        boolean routed = !contract.rollout().router().isBlank() && !observe;
        Plan.Movement movement = routed ? Plan.Movement.ROUTER : Plan.Movement.BODY;
        PlanOptions options = new PlanOptions(movement, true, release.isEnclosed(), true, 1, observe);
        Plan plan = Plans.of(contract, release.environment(), options);
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
