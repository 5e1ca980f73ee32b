// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.forecast.HeldForecasts;
import io.jenkins.plugins.releaseguard.jenkins.page.ReleaseReportAction;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What may happen while a release that is open waits for the first line of its log. */
class FirstLineTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static final String STEP =
            "canaryPromote(" + PipelineFixture.contract(CheckoutFixture.CONTRACT) + ") { semaphore 'body' }";

    private static OpenRelease opened() {
        Waits.until("a release", () -> ReleaseGuardService.get().all().size() == 1);
        return ReleaseGuardService.get().all().get(0);
    }

    /** Nothing has begun, and the next build has its service at once. */
    @Test
    void whatIsStoppedMeanwhileEndsItsRelease() throws Throwable {
        sessions.then(jenkins -> {
            try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY);
                    HeldForecasts held = new HeldForecasts()) {
                checkout.configure();
                WorkflowRun run = PipelineFixture.start(jenkins, STEP);
                opened();

                run.doStop();

                jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
                Waits.untilNoReleaseIsOpen();
                assertThat(run.getAction(ReleaseReportAction.class).getVerdict())
                        .isEqualTo("halted");
            }
        });
    }

    /** Another step of the build has taken the release over: whoever has opened it leaves it alone. */
    @Test
    void whatAnotherStepRunsIsNotBroughtBack() throws Throwable {
        sessions.then(jenkins -> {
            try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY);
                    HeldForecasts held = new HeldForecasts()) {
                checkout.configure();
                WorkflowRun run = PipelineFixture.start(
                        jenkins, "parallel(a: { " + STEP + " }, b: { semaphore 'b'; " + STEP + " })");
                OpenRelease release = opened();
                SemaphoreStep.success("b/1", null);
                SemaphoreStep.waitForStart("body/1", run);
                CanaryPromoteExecution first = run.getExecution().getCurrentExecutions(false).get().stream()
                        .filter(CanaryPromoteExecution.class::isInstance)
                        .map(CanaryPromoteExecution.class::cast)
                        .filter(step -> step.opened() == null)
                        .findFirst()
                        .orElseThrow();

                first.stop(new FlowInterruptedException(Result.ABORTED));
                Waits.until("the end of the first step", first::isDone);
                held.close();
                for (int phase = 1; phase <= 3; phase++) {
                    SemaphoreStep.success("body/" + phase, null);
                }

                jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
                assertThat(release.report().outcome().text()).isEqualTo("promoted");
                assertThat(checkout.share()).isEqualTo(100);
            }
        });
    }

    /** Its log and its record get the lines that they would have begun with. */
    @Test
    void aRestartMeanwhileLosesNoLine() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                checkout.configure();
                WorkflowJob job = PipelineFixture.job(jenkins, "echo 'as if it had released'");
                Path record =
                        jenkins.buildAndAssertSuccess(job).getRootDir().toPath().resolve("release-guard/checkout-1");
                JournalFixture.write(
                        Files.createDirectories(record).resolve("journal.jsonl"), CanaryPipelineTest.past());
                job.setDefinition(new CpsFlowDefinition(STEP, true));
                // until the controller stops
                new HeldForecasts();
                job.scheduleBuild2(0).waitForStart();
                opened();
            });
            System.clearProperty(HeldForecasts.WAIT);
            sessions.then(jenkins -> {
                WorkflowRun run =
                        Jenkins.get().getAllItems(WorkflowJob.class).get(0).getLastBuild();
                jenkins.waitForMessage("Expected: ", run);
                jenkins.waitForMessage("the contract is from", run);
                assertThat(ReleaseGuardService.get().all().get(0).events())
                        .filteredOn(stamped ->
                                stamped.event() instanceof Event.Noted noted && noted.kind() == NoteKind.EXPECTED)
                        .hasSize(1);
                run.doStop();
                jenkins.waitForCompletion(run);
                Waits.untilNoReleaseIsOpen();
            });
        }
    }
}
