// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.FreezeSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** E1: between the gate's answer and the first users the artifact may be replaced, or a freeze begin. */
@WithJenkins
class AdmissionTest {
    private static final String TESTED = Sha256.hex("tested");
    private static final String SWAPPED = Sha256.hex("swapped");

    @AfterEach
    void settle() {
        GateStepFixture.settle();
    }

    /** The gate, then what happens meanwhile, then the traffic. */
    private static String pipeline(String contract, String meanwhile) {
        return "node { writeFile(file: 'app.tgz', text: 'tested'); " + GateStepFixture.step("", contract) + "; "
                + meanwhile + "; canaryPromote(" + PipelineFixture.contract(contract) + ") { } }";
    }

    private static String contract() {
        return GateStepFixture.contractOf("checkout", TESTED, "artifact: {file: app.tgz, sha256: " + TESTED + "}")
                .replace("e{track=", "http_requests_total{code='500',track=")
                .replace("t{track=", "http_requests_total{track=");
    }

    @Test
    void anArtifactThatWasReplacedSinceTheGateGetsNoUsers(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowRun run = jenkins.buildAndAssertStatus(
                    Result.FAILURE,
                    PipelineFixture.job(jenkins, pipeline(contract(), "writeFile(file: 'app.tgz', text: 'swapped')")));
            jenkins.assertLogContains("gate: go", run);
            jenkins.assertLogContains(
                    "no users get the new version: DEP-010: app.tgz is not the artifact that the contract names", run);
            jenkins.assertLogContains(Sha256.shortened(SWAPPED), run);
            jenkins.assertLogContains(Sha256.shortened(TESTED), run);
            assertThat(checkout.share()).isZero();
        }
    }

    @Test
    void aFreezeThatBeganSinceTheGateGetsNoUsers(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowJob job = PipelineFixture.job(
                    jenkins,
                    pipeline(
                            contract(),
                            "waitUntil(initialRecurrencePeriod: 250, quiet: true) { fileExists('frozen') }"));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("gate: go", run);
            freeze();
            FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
            workspace.child("frozen").write("x", "UTF-8");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("no users get the new version: policy: frozen until", run);
            assertThat(checkout.share()).isZero();
        }
    }

    @Test
    void whatAnOverrideLetGoGetsItsUsersAsLongAsNothingElseStandsAgainstIt(JenkinsRule jenkins) throws Exception {
        people(jenkins);
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            freeze();
            WorkflowRun run = overridden(jenkins, "echo 'nothing'");
            checkout.awaitCanary();
            jenkins.assertLogNotContains("no users get the new version", run);
            run.doStop();
            jenkins.waitForCompletion(run);
            GateStepFixture.settle();
            // a third artifact is another finding
            checkout.shift(0);
            WorkflowRun other = overridden(jenkins, "writeFile(file: 'app.tgz', text: 'another')");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(other));
            jenkins.assertLogContains("no users get the new version: DEP-010: app.tgz is not the artifact", other);
            assertThat(checkout.share()).isZero();
        }
    }

    @Test
    void whatAPersonWaivedGetsItsUsers(JenkinsRule jenkins) throws Exception {
        people(jenkins);
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowRun run = swapped(jenkins, "echo 'nothing'");
            String id = GateStepFixture.findings(run, "waivable.json").get(0);
            assertThat(GateStepFixture.post(jenkins, run, "max", "waive", "finding", id, "reason", "rebuilt"))
                    .isEqualTo(200);
            jenkins.waitForMessage("gate: go", run);
            checkout.awaitCanary();
            jenkins.assertLogNotContains("no users get the new version", run);
            run.doStop();
            jenkins.waitForCompletion(run);
        }
    }

    /** A release of another artifact than the contract's, during a freeze, that goes on by an override of both. */
    private static WorkflowRun overridden(JenkinsRule jenkins, String meanwhile) throws Exception {
        WorkflowRun run = swapped(jenkins, meanwhile);
        assertThat(GateStepFixture.shown(run).split(",")).hasSize(2);
        assertThat(GateStepFixture.override(jenkins, run, "root", "known")).isEqualTo(200);
        jenkins.waitForMessage("overridden by root: known", run);
        return run;
    }

    private static WorkflowRun swapped(JenkinsRule jenkins, String meanwhile) throws Exception {
        WorkflowRun run = PipelineFixture.start(
                jenkins,
                pipeline(contract(), meanwhile)
                        .replace("text: 'tested'", "text: 'swapped'")
                        .replace("releaseGate(", "releaseGate(holdMinutes: 30, "));
        jenkins.waitForMessage("waiting for an override", run);
        return run;
    }

    private static void people(JenkinsRule jenkins) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(Jenkins.READ, Item.READ, ReleaseGuardPermissions.OVERRIDE)
                .everywhere()
                .to("max"));
        User.getOrCreateByIdOrFullName("dana");
    }

    @Test
    void whatIsAsItWasGetsItsUsers(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowRun run = PipelineFixture.start(jenkins, pipeline(contract(), "echo 'nothing'"));
            checkout.awaitCanary();
            jenkins.assertLogNotContains("no users get the new version", run);
            run.doStop();
            jenkins.waitForCompletion(run);
        }
    }

    static void freeze() {
        FreezeSetup freeze = new FreezeSetup("2001-01-01..2099-12-31");
        freeze.setReason("Year's end");
        ReleaseGuardConfiguration.get().setFreezes(List.of(freeze));
    }
}
