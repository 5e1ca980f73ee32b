// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import hudson.model.Result;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.LedgerFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.text.Sha256;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** T7: whether the version that runs could be deployed again is seen in the archive of the build that promoted it. */
@WithJenkins
class LastGoodTest {
    private static final String CONTRACT = GateStepFixture.contract("lastGood: {files: ['dist/*.tgz']}");

    @Test
    void theArchiveOfThePromotingBuildHasItOrTheGateSaysNo(JenkinsRule jenkins) throws Exception {
        says(jenkins, Result.FAILURE, "no version was promoted in production before");

        WorkflowJob deploy = PipelineFixture.job(
                jenkins,
                "node { writeFile(file: 'dist/app-1.tgz', text: 'the last one'); archiveArtifacts('dist/*') }");
        WorkflowRun promoting = jenkins.buildAndAssertSuccess(deploy);
        LedgerFixture.promoted(
                "checkout",
                "production",
                Map.of("dist/app-1.tgz", Sha256.hex("the last one")),
                promoting.getExternalizableId(),
                false);
        says(jenkins, Result.SUCCESS, "gate: go");

        promoting.deleteArtifacts();
        says(jenkins, Result.FAILURE, "can't be deployed again");
        promoting.delete();
        says(jenkins, Result.FAILURE, "there is no build '/" + deploy.getFullName() + "#1'");
    }

    private static void says(JenkinsRule jenkins, Result result, String text) throws Exception {
        WorkflowRun run =
                jenkins.buildAndAssertStatus(result, PipelineFixture.job(jenkins, GateStepFixture.step("", CONTRACT)));
        jenkins.assertLogContains(text, run);
    }
}
