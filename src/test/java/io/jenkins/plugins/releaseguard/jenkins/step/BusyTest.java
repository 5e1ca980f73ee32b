// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.page.ReleaseReportAction;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Two builds release the same service to the same environment. */
@WithJenkins
class BusyTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @Test
    void secondBuildWaitsOrIsRefused(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            String held =
                    CheckoutFixture.CONTRACT.replace("bake: 2s", "bake: 10m").replace("maxBake: 4s", "maxBake: 20m");
            WorkflowRun first = start(jenkins, "canaryPromote(CONTRACT) { }", held);
            checkout.awaitCanary();

            WorkflowRun refused =
                    start(jenkins, "canaryPromote(busy: 'refuse', CONTRACT) { }", CheckoutFixture.CONTRACT);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(refused));
            jenkins.assertLogContains(
                    first.getExternalizableId() + " releases checkout to production at this time", refused);

            WorkflowRun impatient = start(jenkins, "canaryPromote(CONTRACT) { }", CheckoutFixture.CONTRACT);
            WorkflowRun patient = start(jenkins, "canaryPromote(busy: 'wait', CONTRACT) { }", CheckoutFixture.CONTRACT);
            jenkins.waitForMessage("waiting for " + first.getExternalizableId(), impatient);
            jenkins.waitForMessage("waiting for " + first.getExternalizableId(), patient);
            assertThat(checkout.share()).as("waiting moves nothing").isBetween(19.0, 21.0);
            // another environment is another release
            WorkflowRun elsewhere =
                    start(jenkins, "releaseGate(environment: 'staging', onNoGo: 'continue', CONTRACT)", held);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(elsewhere));

            impatient.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(impatient));
            first.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(first));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(patient));
            assertThat(checkout.share()).isEqualTo(100);
            assertThat(impatient.getAction(ReleaseReportAction.class))
                    .as("a release of a build that had stopped waiting")
                    .isNull();
            assertThat(ReleaseGuardService.get().ledger("checkout").history().entries())
                    .filteredOn(entry -> entry.environment().equals("production"))
                    .extracting(LedgerEntry::verdict)
                    .containsExactly(ReleaseOutcome.ROLLED_BACK, ReleaseOutcome.PROMOTED);
        }
    }

    private static WorkflowRun start(JenkinsRule jenkins, String script, String contract) throws Exception {
        return PipelineFixture.start(jenkins, script.replace("CONTRACT", PipelineFixture.contract(contract)));
    }
}
