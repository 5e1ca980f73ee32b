// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** T6: an override counts for what the person saw, and for one gate. */
@WithJenkins
class OverrideTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private static final String CONTRACT = GateStepFixture.contract(
            "tests: {results: \"a/*.xml\"}", "coverage: {report: \"b/*.xml\", line: \">=80%\"}");
    private static final String HELD = GateStepFixture.step("holdMinutes: 30, ", CONTRACT);

    private JenkinsRule jenkins;

    @BeforeEach
    void people(JenkinsRule rule) {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root"));
        User.getOrCreateByIdOrFullName("dana");
    }

    @AfterEach
    void settle() {
        GateStepFixture.settle();
    }

    private static int override(JenkinsRule jenkins, WorkflowRun run, String shown) throws Exception {
        return GateStepFixture.post(jenkins, run, "root", "override", "reason", "known", "shown", shown);
    }

    @Test
    void whatWasNotShownIsNotOverruled() throws Exception {
        WorkflowRun run = PipelineFixture.start(jenkins, HELD);
        jenkins.waitForMessage("waiting for an override", run);
        String shown = GateStepFixture.shown(run);
        String button = jenkins.createWebClient()
                .login("root")
                .getPage(run, "release-guard")
                .querySelector("[data-command=override]")
                .asXml();
        assertThat(button)
                .contains("data-shown=\"" + shown + '"')
                .contains("DEP-010 (tests: unknown), DEP-011 (coverage: unknown)");
        List<String> ids = List.of(shown.split(","));
        assertThat(ids).hasSize(2);
        for (String other : List.of("", "all", ids.get(0), ids.get(1), shown.replace(ids.get(0), "0".repeat(16)))) {
            assertThat(override(jenkins, run, other)).as(other).isEqualTo(409);
        }
        assertThat(run.isBuilding()).isTrue();
        assertThat(override(jenkins, run, shown)).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("overridden by root: known", run);
    }

    @Test
    void anotherGateOfTheBuildIsNotOverruled() throws Exception {
        WorkflowRun run = PipelineFixture.start(jenkins, HELD + "\n" + GateStepFixture.step("", CONTRACT));
        jenkins.waitForMessage("waiting for an override", run);
        assertThat(GateStepFixture.override(jenkins, run, "root", "known")).isEqualTo(200);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("overridden by root: known", run);
        jenkins.assertLogContains("The gate says no-go", run);
    }

    @Test
    void ofTwoGatesAtOnceOneIsOverruled() throws Exception {
        WorkflowRun run =
                PipelineFixture.start(jenkins, "parallel(a: { " + HELD + " }, b: { semaphore 'open'; " + HELD + " })");
        SemaphoreStep.waitForStart("open/1", run);
        jenkins.waitForMessage("waiting for an override", run);
        // the same release, and each of its gates waits
        SemaphoreStep.success("open/1", null);
        Waits.until(
                "both gates to wait", () -> JenkinsRule.getLog(run).split("waiting for an override", -1).length > 2);
        assertThat(GateStepFixture.override(jenkins, run, "root", "known")).isEqualTo(200);
        jenkins.waitForMessage("overridden by root: known", run);
        assertThat(run.isBuilding()).isTrue();
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(JenkinsRule.getLog(run)).containsOnlyOnce("overridden by root");
    }
}
