// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a release lacks is said before anything is begun. */
@WithJenkins
class BeginTest {
    @Test
    void aRouterOrSourceThatIsNotSetUpIsSaidBeforeAnythingMoves(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            String contract = CheckoutFixture.CONTRACT
                    .replace("router: proxy", "router: poxy")
                    .replace("source: prom", "source: pram");
            WorkflowRun run = jenkins.buildAndAssertStatus(
                    Result.FAILURE,
                    PipelineFixture.job(
                            jenkins,
                            "autoRollback(CONTRACT) { canaryPromote { echo 'moved' } }"
                                    .replace("CONTRACT", PipelineFixture.contract(contract))));
            jenkins.assertLogContains(
                    "release.yaml names what is not set up for this release, so nothing was begun", run);
            jenkins.assertLogContains("No router 'poxy' is set up", run);
            jenkins.assertLogContains("there is proxy", run);
            jenkins.assertLogContains("No metric source 'pram' is set up", run);
            jenkins.assertLogNotContains("BREACH", run);
            jenkins.assertLogNotContains("moved", run);
            assertThat(checkout.share()).isZero();
            Waits.untilNoReleaseIsOpen();
        }
    }

    @Test
    void aChannelThatNobodyHearsIsSaid(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            String contract = CheckoutFixture.CONTRACT.replace("[{traffic: 0}]", "[{traffic: 0}, {notify: [oncall]}]");
            WorkflowRun run = jenkins.buildAndAssertSuccess(PipelineFixture.job(
                    jenkins, "canaryPromote(CONTRACT) { }".replace("CONTRACT", PipelineFixture.contract(contract))));
            jenkins.assertLogContains("a rollback can't tell oncall: no such channel is set up", run);
        }
    }

    // H15: blue-green, rolling and flag were run as a canary without a word
    @Test
    void aStrategyThatIsNotRunInPhasesIsRefusedBeforeAnythingMoves(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            String contract =
                    CheckoutFixture.CONTRACT.replace("  router: proxy", "  strategy: rolling\n  router: proxy");
            for (String step : new String[] {"canaryPromote(CONTRACT)", "autoRollback(CONTRACT) { canaryPromote"}) {
                String script = step.replace("CONTRACT", PipelineFixture.contract(contract)) + " { echo 'moved' }"
                        + (step.contains("{") ? " }" : "");
                WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, PipelineFixture.job(jenkins, script));
                jenkins.assertLogContains(
                        "strategy: rolling is not carried out: nothing replaces instances one by one", run);
                jenkins.assertLogNotContains("moved", run);
                assertThat(checkout.share()).isZero();
                Waits.untilNoReleaseIsOpen();
            }
        }
    }

    @Test
    void aContractThatIsNotThereIsSaidSo(JenkinsRule jenkins) throws Exception {
        WorkflowRun run =
                jenkins.buildAndAssertStatus(Result.FAILURE, PipelineFixture.job(jenkins, "node { releaseGate() }"));
        jenkins.assertLogContains("There is no file release.yaml in the workspace: check the code out before", run);
        WorkflowRun outside = jenkins.buildAndAssertStatus(
                Result.FAILURE, PipelineFixture.job(jenkins, "node { releaseGate contract: '../secrets/x.yaml' }"));
        jenkins.assertLogContains("does not stay inside the workspace", outside);
    }
}
