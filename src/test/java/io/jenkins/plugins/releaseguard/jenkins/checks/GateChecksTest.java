// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.checks;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.jenkins.plugins.checks.util.CapturingChecksPublisher;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class GateChecksTest {
    private static final String PASSES = "freeze: {windows: [\"2001-01-01..2001-01-02\"]}";
    private static final String FAILS = "freeze: {windows: [\"2001-01-01..2100-01-02\"]}";

    @TestExtension
    public static final class Captured extends CapturingChecksPublisher.Factory {}

    @Test
    void theGatesAnswerIsPublished(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        User.getOrCreateByIdOrFullName("dana");
        Captured published = ExtensionList.lookupSingleton(Captured.class);

        jenkins.buildAndAssertSuccess(
                PipelineFixture.job(jenkins, GateStepFixture.step("", GateStepFixture.contract(PASSES))));
        ChecksDetails go = last(published.getPublishedChecks());
        assertThat(go.getName()).hasValue("Release gate: production");
        assertThat(go.getStatus()).isEqualTo(ChecksStatus.COMPLETED);
        assertThat(go.getConclusion()).isEqualTo(ChecksConclusion.SUCCESS);
        assertThat(go.getDetailsURL().orElseThrow()).startsWith(jenkins.getURL().toString());

        jenkins.buildAndAssertStatus(
                Result.FAILURE,
                PipelineFixture.job(jenkins, GateStepFixture.step("", GateStepFixture.contract(FAILS))));
        ChecksDetails noGo = last(published.getPublishedChecks());
        assertThat(noGo.getConclusion()).isEqualTo(ChecksConclusion.FAILURE);
        assertThat(noGo.getOutput().orElseThrow().getSummary().orElseThrow())
                .contains("checkout 2 to production", "DEP-010", "frozen until");

        jenkins.buildAndAssertSuccess(PipelineFixture.job(
                jenkins,
                GateStepFixture.step(
                        "",
                        GateStepFixture.contract(PASSES, FAILS)
                                .replace("2100-01-02\"]}}", "2100-01-02\"]}}, blocker: no"))));
        assertThat(last(published.getPublishedChecks()).getConclusion()).isEqualTo(ChecksConclusion.NEUTRAL);

        WorkflowRun run = PipelineFixture.start(
                jenkins,
                GateStepFixture.step(
                        "", GateStepFixture.contract(PASSES, "approval: {of: [max], count: 1, deadline: 1h}")));
        jenkins.waitForMessage("waiting for 1 of max", run);
        jenkins.jenkins.setAuthorizationStrategy(hudson.security.AuthorizationStrategy.UNSECURED);
        Waits.until(
                "a check in progress",
                () -> last(published.getPublishedChecks()).getStatus() == ChecksStatus.IN_PROGRESS);
        assertThat(GateStepFixture.sign(jenkins, run, "max", "DEP-011", GateStepFixture.DIGEST))
                .isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        ChecksDetails signed = last(published.getPublishedChecks());
        assertThat(signed.getStatus()).isEqualTo(ChecksStatus.COMPLETED);
        assertThat(signed.getConclusion()).isEqualTo(ChecksConclusion.SUCCESS);
    }

    private static ChecksDetails last(List<ChecksDetails> all) {
        return all.get(all.size() - 1);
    }
}
