// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.LedgerFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** H14: which jobs' releases prove that an earlier environment was passed. */
@WithJenkins
class ProgressionTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private static final String STAGING =
            "  - {id: DEP-009, type: Environment, stage: Pre-deploy, title: Staging, name: staging, purpose: tests,"
                    + " url: \"https://staging.example.com\", infrastructure: vm, code: infra, data: copy, refresh: daily,"
                    + " configuration: {A: b}, access: {deploy: [ops], read: [ops], admin: [ops]}, owner: team}\n";
    private static final String CONTRACT = GateStepFixture.contract("progression: {from: [staging]}")
            .replace("  - {id: DEP-010", STAGING + "  - {id: DEP-010");

    @Test
    void thePolicySaysWhoseLedgersCount(JenkinsRule jenkins) throws Exception {
        says(jenkins, Result.FAILURE);
        // the service is another's: what was sealed elsewhere says nothing of it
        released("mallory/deploy#1", GateStepFixture.DIGEST, false);
        says(jenkins, Result.FAILURE);
        // without a policy each of the owner's jobs counts
        released("releases/deploy#9", GateStepFixture.DIGEST, false);
        says(jenkins, Result.SUCCESS);

        PolicySetup policy = new PolicySetup();
        policy.setLedgerJobs("releases/main/*");
        ReleaseGuardConfiguration.get().setPolicy(policy);
        says(jenkins, Result.FAILURE);
        released("releases/main/deploy#1", "b".repeat(64), false);
        says(jenkins, Result.FAILURE);
        released("releases/main/deploy#2", GateStepFixture.DIGEST, true);
        says(jenkins, Result.FAILURE);
        released("releases/main/deploy#3", GateStepFixture.DIGEST, false);
        says(jenkins, Result.SUCCESS);
    }

    /** T7: this controller's key signed what it kept; nothing else in the ledger lets a release through. */
    @Test
    void anEntryThatWasEditedOrWrittenByHandProvesNothing(JenkinsRule jenkins) throws Exception {
        released("releases/deploy#1", GateStepFixture.DIGEST, false);
        says(jenkins, Result.SUCCESS);
        Path file;
        try (Stream<Path> files =
                Files.list(ReleaseGuardService.get().ledger("checkout").folder())) {
            file = files.filter(one -> one.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
        String signed = Files.readString(file);
        Files.writeString(file, signed.replace("\"risk\" : \"low\"", "\"risk\" : \"none\""));
        says(jenkins, Result.FAILURE);
        Files.writeString(file, signed.replaceAll("(?s),\\s*\"cover\".*", "\n}\n"));
        says(jenkins, Result.FAILURE);
        Files.writeString(file, signed);
        says(jenkins, Result.SUCCESS);
        Path key = jenkins.jenkins.getRootDir().toPath().resolve("secrets/release-guard.seal.key");
        assertThat(Files.readString(key)).matches("[0-9a-f]{64}\n");
        Files.delete(key);
        says(jenkins, Result.FAILURE);
    }

    private static void says(JenkinsRule jenkins, Result result) throws Exception {
        WorkflowRun run =
                jenkins.buildAndAssertStatus(result, PipelineFixture.job(jenkins, GateStepFixture.step("", CONTRACT)));
        jenkins.assertLogContains(result == Result.SUCCESS ? "gate: go" : "not green: DEP-010", run);
    }

    private static void released(String build, String digest, boolean observe) throws Exception {
        LedgerFixture.promoted("checkout", "staging", Map.of("dist/app.tgz", digest), build, observe);
    }
}
