// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.EndpointSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupUser;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
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

/** {@code observe: true}: everything but acting. */
@WithJenkins
class ObserveTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private static final String CONTRACT = CheckoutFixture.CONTRACT.replace(
            "procedure: [{traffic: 0}]", "procedure: [{traffic: 0}, {notify: [oncall]}]\n    notification: [oncall]");

    @Test
    void notesWhatItWouldHaveDoneAndActsOnNothing(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.BREACH);
                FakeHttpServer oncall = new FakeHttpServer(200, "")) {
            checkout.configure();
            EndpointSetup channel = new EndpointSetup("oncall", oncall.url());
            channel.setMethods("POST");
            ReleaseGuardConfiguration.get().setEndpoints(List.of(channel));
            // somebody else has moved the traffic, as always
            Setups.router(SetupUser.at(jenkins.jenkins), "proxy").shift(50);
            WorkflowRun run = jenkins.buildAndAssertSuccess(PipelineFixture.job(
                    jenkins,
                    "def r = autoRollback(observe: true, CONTRACT) { canaryPromote { echo \"at ${env.CANARY_WEIGHT}\" } }\necho r.verdict"
                            .replace("CONTRACT", PipelineFixture.contract(CONTRACT))));
            jenkins.assertLogContains("BREACH of DEP-003", run);
            jenkins.assertLogContains("would roll back (observing only)", run);
            jenkins.assertLogContains("at 100", run);
            jenkins.assertLogContains("promoted", run);
            assertThat(checkout.share()).as("nobody touched the router").isBetween(49.0, 51.0);
            assertThat(oncall.heard()).isEmpty();
            LedgerEntry entry = entry();
            assertThat(entry.observe()).isTrue();
            assertThat(entry.promoted()).as("counts as a good version").isFalse();
            assertThat(entry.reason()).contains("would have been rolled back", "error rate");
            assertThat(entry.rollbackSeconds()).isNull();
        }
    }

    @Test
    void endsWhenTheBuildDoes(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            Setups.router(SetupUser.at(jenkins.jenkins), "proxy").shift(20);
            WorkflowRun aborted = begun(jenkins, "canaryPromote(observe: true, CONTRACT) { sleep 600 }");
            aborted.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(aborted));
            Waits.untilNoReleaseIsOpen();
            assertThat(entry().verdict()).isEqualTo(ReleaseOutcome.HALTED);

            WorkflowRun killed = begun(jenkins, "canaryPromote(observe: true, CONTRACT) { sleep 600 }");
            killed.doKill();
            jenkins.waitForCompletion(killed);
            Waits.untilNoReleaseIsOpen();

            WorkflowRun failed = jenkins.buildAndAssertStatus(
                    Result.FAILURE,
                    PipelineFixture.job(
                            jenkins,
                            "canaryPromote(observe: true, CONTRACT) { error 'the login page is blank' }"
                                    .replace("CONTRACT", PipelineFixture.contract(CONTRACT))));
            jenkins.assertLogContains("the login page is blank", failed);
            Waits.untilNoReleaseIsOpen();
            assertThat(checkout.share()).as("nobody touched the router").isBetween(19.0, 21.0);
        }
    }

    private static WorkflowRun begun(JenkinsRule jenkins, String script) throws Exception {
        WorkflowRun run =
                PipelineFixture.start(jenkins, script.replace("CONTRACT", PipelineFixture.contract(CONTRACT)));
        jenkins.waitForMessage("Sleeping for 10 min", run);
        return run;
    }

    private static LedgerEntry entry() throws Exception {
        List<LedgerEntry> entries =
                ReleaseGuardService.get().ledger("checkout").history().entries();
        return entries.get(entries.size() - 1);
    }
}
