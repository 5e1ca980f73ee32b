// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupUser;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.jenkinsci.plugins.workflow.steps.StepExecutions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;
import org.kohsuke.stapler.DataBoundConstructor;

/** Traffic that only the body moves: the plugin has no router. */
class BodyTrafficTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static final String CONTRACT = CheckoutFixture.CONTRACT.replace("  router: proxy\n", "");

    private static final String BODY =
            "echo \"${env.CANARY_PHASE} ${env.CANARY_WEIGHT} attempt ${env.CANARY_ATTEMPT}\";"
                    + " shiftTraffic(env.CANARY_WEIGHT);";

    @Test
    void promoted() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                WorkflowRun run = jenkins.buildAndAssertSuccess(job(jenkins, checkout, CONTRACT, BODY));
                jenkins.assertLogContains("20% 20 attempt 1", run);
                jenkins.assertLogContains("100% 100 attempt 1", run);
                assertThat(checkout.share()).isEqualTo(100);
            });
        }
    }

    @Test
    void rolledBack() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.BREACH)) {
            sessions.then(jenkins -> {
                WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job(jenkins, checkout, CONTRACT, BODY));
                jenkins.assertLogContains("BREACH", run);
                jenkins.assertLogContains("rollback 0 attempt 1", run);
                jenkins.assertLogContains("rollback confirmed", run);
                assertThat(checkout.isStill()).isTrue();
                settled("rolled-back", true);
            });
        }
    }

    @Test
    void aborted() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                WorkflowRun run = job(jenkins, checkout, CONTRACT, BODY + "if (env.CANARY_WEIGHT != '0') { sleep 600 }")
                        .scheduleBuild2(0)
                        .waitForStart();
                jenkins.waitForMessage("Sleeping for 10 min", run);
                assertThat(checkout.share()).isGreaterThan(0);
                run.doStop();
                jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
                jenkins.assertLogContains("rollback 0 attempt 1", run);
                jenkins.assertLogContains("rollback confirmed", run);
                assertThat(checkout.isStill()).isTrue();
                settled("rolled-back", true);
            });
        }
    }

    @Test
    void aBodyUnderWayIsNotBegunAgainByARestart() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                WorkflowRun run = job(jenkins, checkout, CONTRACT, BODY + "if (env.CANARY_WEIGHT == '20') { sleep 6 }")
                        .scheduleBuild2(0)
                        .waitForStart();
                jenkins.waitForMessage("Sleeping for", run);
            });
            sessions.then(jenkins -> {
                WorkflowRun run =
                        Jenkins.get().getAllItems(WorkflowJob.class).get(0).getLastBuild();
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
                assertThat(JenkinsRule.getLog(run).split("20% 20 attempt 1", -1))
                        .hasSize(2);
                jenkins.assertLogNotContains("20% 20 attempt 2", run);
                assertThat(checkout.share()).isEqualTo(100);
            });
        }
    }

    private static WorkflowJob job(JenkinsRule jenkins, CheckoutFixture checkout, String contract, String body)
            throws Exception {
        checkout.configure();
        return PipelineFixture.job(
                jenkins, "canaryPromote(" + PipelineFixture.contract(contract) + ") { " + body + " }");
    }

    private static void settled(String verdict, boolean confirmed) throws Exception {
        Waits.untilNoReleaseIsOpen();
        assertThat(ReleaseGuardService.get().ledger("checkout").history().entries())
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.verdict().text()).isEqualTo(verdict);
                    assertThat(entry.confirmed()).isEqualTo(confirmed);
                });
    }

    /** The team's own way of moving traffic. */
    public static final class Shift extends Step {
        private final String weight;

        @DataBoundConstructor
        public Shift(String weight) {
            this.weight = weight;
        }

        @Override
        public StepExecution start(StepContext context) {
            return StepExecutions.synchronousVoid(context, c -> {
                c.get(TaskListener.class).getLogger().println("shifting to " + weight);
                Setups.router(SetupUser.at(Jenkins.get()), "proxy").shift(Double.parseDouble(weight));
            });
        }

        @TestExtension
        public static final class DescriptorImpl extends StepDescriptor {
            @Override
            public String getFunctionName() {
                return "shiftTraffic";
            }

            @NonNull
            @Override
            public Set<? extends Class<?>> getRequiredContext() {
                return Set.of(TaskListener.class);
            }
        }
    }
}
