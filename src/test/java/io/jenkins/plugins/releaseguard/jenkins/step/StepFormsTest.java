// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Forms, help and the Snippet Generator. */
@WithJenkins
class StepFormsTest {
    @Test
    void snippetsSayOnlyWhatWasChosen(JenkinsRule jenkins) throws Exception {
        SnippetizerTester snippets = new SnippetizerTester(jenkins);
        snippets.assertRoundTrip(new ReleaseGateStep(), "releaseGate()");
        ReleaseGateStep gate = new ReleaseGateStep();
        gate.setEnvironment("staging");
        gate.setOnNoGo("unstable");
        gate.setHoldMinutes(30);
        snippets.assertRoundTrip(gate, "releaseGate environment: 'staging', holdMinutes: 30, onNoGo: 'unstable'");
        CanaryPromoteStep canary = new CanaryPromoteStep();
        canary.setContract("deploy/release.yaml");
        canary.setBusy("refuse");
        snippets.assertRoundTrip(
                canary, "canaryPromote(busy: 'refuse', contract: 'deploy/release.yaml') {\n    // some block\n}");
        AutoRollbackStep rollback = new AutoRollbackStep();
        rollback.setObserve(true);
        snippets.assertRoundTrip(rollback, "autoRollback(observe: true) {\n    // some block\n}");
    }

    @Test
    void formsKeepWhatIsThere(JenkinsRule jenkins) throws Exception {
        ReleaseGateStep gate = new ReleaseGateStep();
        gate.setEnvironment("staging");
        gate.setContractText("apiVersion: release-guard/v1");
        gate.setOnNoGo("continue");
        gate.setBusy("refuse");
        ReleaseGateStep back = new StepConfigTester(jenkins).configRoundTrip(gate);
        jenkins.assertEqualDataBoundBeans(gate, back);
        AutoRollbackStep plain = new AutoRollbackStep();
        jenkins.assertEqualDataBoundBeans(plain, new StepConfigTester(jenkins).configRoundTrip(plain));
    }

    @Test
    void everyFieldIsExplained(JenkinsRule jenkins) throws Exception {
        for (Map.Entry<Class<?>, List<String>> step : Map.<Class<?>, List<String>>of(
                        ReleaseGateStep.class,
                        List.of("contract", "contractText", "environment", "busy", "onNoGo", "holdMinutes"),
                        CanaryPromoteStep.class,
                        List.of("contract", "contractText", "environment", "busy", "observe"),
                        AutoRollbackStep.class,
                        List.of("contract", "contractText", "environment", "busy", "observe"))
                .entrySet()) {
            Descriptor<?> descriptor =
                    jenkins.jenkins.getDescriptor(step.getKey().asSubclass(ReleaseStep.class));
            String help = jenkins.executeOnServer(() -> descriptor.getHelpFile());
            assertThat(help).as("help of %s", step.getKey()).isNotNull();
            for (String field : step.getValue()) {
                String about = jenkins.executeOnServer(() -> descriptor.getHelpFile(field));
                assertThat(about).as("help of %s.%s", step.getKey(), field).isNotNull();
            }
        }
    }

    @Test
    void labelsNameContractAndEnvironment(JenkinsRule jenkins) {
        StepDescriptor descriptor = StepDescriptor.byFunctionName("releaseGate");
        assertThat(descriptor.argumentsToString(Map.of())).isEqualTo("release.yaml → production");
        assertThat(descriptor.argumentsToString(Map.of("contractText", "secret: no", "environment", "staging")))
                .isEqualTo("inline → staging");
    }
}
