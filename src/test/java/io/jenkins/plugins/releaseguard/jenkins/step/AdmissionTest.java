// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Result;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.FreezeSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
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
        return GateStepFixture.contractOf("checkout", TESTED, "artifact: {file: app.tgz, sha256: " + TESTED + "}");
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
