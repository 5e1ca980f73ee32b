// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A build that ends in the middle of a phase: the traffic is back on stable, confirmed, each time. */
@WithJenkins
class EndsTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private static final String LONG_PHASE =
            CheckoutFixture.CONTRACT.replace("bake: 2s", "bake: 10m").replace("maxBake: 4s", "maxBake: 20m");

    @Test
    void abortedByAUser(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            WorkflowRun run = midPhase(jenkins, checkout, "canaryPromote(CONTRACT) { echo 'checked' }");
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            // told at once, not when it is over
            assertThat(JenkinsRule.getLog(run)).containsSubsequence("[release-guard] stopping", "rollback confirmed");
            back(checkout);
        }
    }

    @Test
    void abortedWhileTheBodyRuns(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            WorkflowRun run = midPhase(jenkins, checkout, "autoRollback(CONTRACT) { canaryPromote { sleep 600 } }");
            jenkins.waitForMessage("Sleeping for 10 min", run);
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("rollback confirmed", run);
            back(checkout);
        }
    }

    @Test
    void failedByTheBody(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            WorkflowRun run =
                    midPhase(jenkins, checkout, "canaryPromote(CONTRACT) { error 'the login page is blank' }");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("the login page is blank", run);
            back(checkout);
        }
    }

    @Test
    void killedHard(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            WorkflowRun run = midPhase(jenkins, checkout, "canaryPromote(CONTRACT) { sleep 600 }");
            run.doKill();
            jenkins.waitForCompletion(run);
            Waits.untilNoReleaseIsOpen();
            back(checkout);
        }
    }

    @Test
    void deleted(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            WorkflowRun run = midPhase(jenkins, checkout, "canaryPromote(CONTRACT) { sleep 600 }");
            run.getParent().delete();
            Waits.untilNoReleaseIsOpen();
            back(checkout);
        }
    }

    private static WorkflowRun midPhase(JenkinsRule jenkins, CheckoutFixture checkout, String script) throws Exception {
        checkout.configure();
        WorkflowRun run =
                PipelineFixture.start(jenkins, script.replace("CONTRACT", PipelineFixture.contract(LONG_PHASE)));
        checkout.awaitCanary();
        return run;
    }

    private static void back(CheckoutFixture checkout) throws InterruptedException {
        assertThat(checkout.isStill()).isTrue();
        Waits.untilNoReleaseIsOpen();
        List<LedgerEntry> ledger =
                ReleaseGuardService.get().ledger("checkout").history().entries();
        assertThat(ledger).hasSize(1);
        assertThat(ledger.get(0).verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(ledger.get(0).confirmed()).isTrue();
    }
}
