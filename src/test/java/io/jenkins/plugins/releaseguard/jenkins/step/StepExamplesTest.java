// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.TextParameterDefinition;
import hudson.model.TextParameterValue;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every Jenkinsfile that the documentation shows, run as it stands in the sandbox. */
@WithJenkins
class StepExamplesTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```groovy\\n(.*?)^```$");

    @Test
    void everyExampleOfTheReferenceRuns(JenkinsRule jenkins) throws Exception {
        List<String> examples = EXAMPLE.matcher(Files.readString(Path.of("docs/steps.md")))
                .results()
                .map(m -> m.group(1))
                .toList();
        assertThat(examples).hasSize(6);
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            GateStepFixture.letEverybodyRelease("checkout");
            for (int i = 0; i < examples.size(); i++) {
                run(jenkins, "example-" + (i + 1), examples.get(i));
            }
            assertThat(checkout.share()).isEqualTo(100);
        }
    }

    private static String contract() throws IOException {
        try (InputStream in = StepExamplesTest.class.getResourceAsStream("example-release.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void run(JenkinsRule jenkins, String name, String pipeline) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.addProperty(new ParametersDefinitionProperty(new TextParameterDefinition("CONTRACT", "", "")));
        job.setDefinition(new CpsFlowDefinition(pipeline, true));
        WorkflowRun run = job.scheduleBuild2(0, new ParametersAction(new TextParameterValue("CONTRACT", contract())))
                .get();
        jenkins.assertBuildStatus(Result.SUCCESS, run);
        if (pipeline.contains("canaryPromote")) {
            jenkins.assertLogContains("canary 100 %", run);
        }
    }
}
