// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.FreezeSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import io.jenkins.plugins.releaseguard.jenkins.policy.RequiredCheckSetup;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import java.util.List;
import java.util.function.Consumer;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** C7: a policy holds for the release, whichever step begins it. */
@WithJenkins
class ArmingTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private static final List<String> STEPS =
            List.of("canaryPromote(CONTRACT) { }", "autoRollback(CONTRACT) { canaryPromote() { } }");

    @Test
    void whoLeavesOutTheGateEvadesNoPolicy(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            refused(jenkins, checkout, "production is protected", policy -> policy.setEnvironments("prod*"));
            refused(
                    jenkins,
                    checkout,
                    "demands tests",
                    policy -> policy.setChecks(List.of(new RequiredCheckSetup("tests"))));
            refused(jenkins, checkout, "RG-POLICY-OBJECTIVE", policy -> policy.setLongestRollback("10s"));
            refused(jenkins, checkout, "RG-POLICY-ROLLOUT", policy -> policy.setLargestFirstShare("5%"));
            refused(jenkins, checkout, "RG-POLICY-ENTRY", policy -> policy.setEntryTypes("Validation"));
            refused(jenkins, checkout, "soon", policy -> policy.setLongestRollback("soon"));
            // an environment that another one's pattern doesn't mean, and a demand that is kept
            PolicySetup kept = new PolicySetup();
            kept.setEnvironments("staging");
            kept.setLongestRollback("60s");
            ReleaseGuardConfiguration.get().getRouters().get(0).setEnvironments("production");
            ReleaseGuardConfiguration.get().setPolicy(kept);
            jenkins.assertBuildStatusSuccess(run(jenkins, STEPS.get(0), CheckoutFixture.CONTRACT));
            assertThat(checkout.share()).isEqualTo(100);
        }
    }

    @Test
    void aFreezeHoldsAlsoWithoutAGate(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            FreezeSetup open = new FreezeSetup("2001-01-01..2100-01-01");
            open.setReason("the whole century");
            ReleaseGuardConfiguration.get().setFreezes(List.of(open));
            for (String step : STEPS) {
                WorkflowRun run = run(jenkins, step, CheckoutFixture.CONTRACT);
                jenkins.assertBuildStatus(Result.FAILURE, run);
                jenkins.assertLogContains("the whole century", run);
                assertThat(checkout.share()).isZero();
            }
            ReleaseGuardConfiguration.get().setFreezes(List.of(new FreezeSetup("2001-01-01..2001-01-02")));
            jenkins.assertBuildStatusSuccess(run(jenkins, STEPS.get(0), CheckoutFixture.CONTRACT));
        }
    }

    @Test
    void aGateThatLetItGoIsEnough(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY);
                FakeHttpServer health = new FakeHttpServer(200, "fine")) {
            checkout.configure();
            PolicySetup policy = new PolicySetup();
            policy.setChecks(List.of(new RequiredCheckSetup("freeze")));
            ReleaseGuardConfiguration.get().setPolicy(policy);
            ReleaseGuardConfiguration.get().setAllowedAddresses(health.url());
            String contract = GateStepFixture.contract("freeze: {windows: [\"2001-01-01..2001-01-02\"]}")
                    .replace("\"e{track='$track'}[$window]\"", errors("code=~\"5..\","))
                    .replace("\"t{track='$track'}[$window]\"", errors(""))
                    .replace("worse: higher}", "worse: higher, allow: 300%}")
                    .replace(
                            "bake: 1s, router: proxy",
                            "bake: 2s, maxBake: 4s, undecided: proceed, router: proxy, interval: 1s, noData: 15s, after: 2s")
                    .replace("https://example.com/health", health.url() + "/health");
            WorkflowRun without = run(jenkins, STEPS.get(0), contract);
            jenkins.assertBuildStatus(Result.FAILURE, without);
            jenkins.assertLogContains("Put releaseGate before this step", without);
            assertThat(checkout.share()).isZero();

            // the gate of another service is none of this one
            String gate = "releaseGate(onNoGo: 'continue', CONTRACT)\n";
            WorkflowRun others = run(
                    jenkins,
                    gate.replace(
                                    "CONTRACT",
                                    PipelineFixture.contract(contract.replace("service: checkout", "service: search")))
                            + STEPS.get(0),
                    contract);
            jenkins.assertBuildStatus(Result.FAILURE, others);
            jenkins.assertLogContains("gate: go", others);
            assertThat(checkout.share()).isZero();

            WorkflowRun with = run(jenkins, gate + STEPS.get(0), contract);
            jenkins.assertBuildStatusSuccess(with);
            jenkins.assertLogContains("gate: go", with);
            assertThat(checkout.share()).isEqualTo(100);
        }
    }

    private static String errors(String labels) {
        return "'sum(increase(http_requests_total{" + labels + "track=\"$track\"}[$window]))'";
    }

    private static void refused(
            JenkinsRule jenkins, CheckoutFixture checkout, String line, Consumer<PolicySetup> demand) throws Exception {
        PolicySetup policy = new PolicySetup();
        demand.accept(policy);
        ReleaseGuardConfiguration.get().setPolicy(policy);
        for (String step : STEPS) {
            WorkflowRun run = run(jenkins, step, CheckoutFixture.CONTRACT);
            jenkins.assertBuildStatus(Result.FAILURE, run);
            jenkins.assertLogContains(line, run);
            jenkins.assertLogContains("nothing is moved", run);
            assertThat(checkout.share()).isZero();
        }
    }

    private static WorkflowRun run(JenkinsRule jenkins, String script, String contract) throws Exception {
        return jenkins.waitForCompletion(
                PipelineFixture.start(jenkins, script.replace("CONTRACT", PipelineFixture.contract(contract))));
    }
}
