// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** H7: a rollback that can't be confirmed outlives the build that was stopped, and is confirmed when the router is back. */
@WithJenkins
class EndlessRollbackTest {
    private static final String LONG_PHASE = CheckoutFixture.CONTRACT
            .replace("objective: 20s", "objective: 5s")
            .replace("bake: 2s", "bake: 10m")
            .replace("maxBake: 4s", "maxBake: 20m");

    @Test
    void theBuildEndsAndTheReleaseGoesOn(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowRun run = PipelineFixture.start(
                    jenkins, "canaryPromote(" + PipelineFixture.contract(LONG_PHASE) + ") { echo 'checked' }");
            checkout.awaitCanary();
            // set up anew, and wrongly; one that is no longer set up would go on as it was begun with
            ReleaseGuardConfiguration.get()
                    .setRouters(List.of(new HaproxySetup("proxy", "127.0.0.1:1", "b", "canary", "")));
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("the rollback is not confirmed yet; the build ends here", run);
            assertThat(ReleaseGuardService.get().all())
                    .singleElement()
                    .satisfies(release ->
                            assertThat(release.state().isUnconfirmed()).isTrue());
            checkout.configure();
            Waits.untilNoReleaseIsOpen();
            assertThat(checkout.isStill()).isTrue();
            assertThat(ReleaseGuardService.get().ledger("checkout").history().entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.confirmed()).isTrue());
        }
    }
}
