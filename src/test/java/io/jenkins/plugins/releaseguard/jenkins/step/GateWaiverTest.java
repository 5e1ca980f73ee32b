// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.releaseguard.gate.FindingWaiver;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import io.jenkins.plugins.releaseguard.jenkins.policy.RequiredCheckSetup;
import io.jenkins.plugins.releaseguard.jenkins.scope.ServiceLedgers;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.jenkins.waiver.GivenWaivers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.html.DomElement;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** T5, T6: what a policy demands is waived by a permitted person in Jenkins, one finding at a time, until an end. */
@WithJenkins
class GateWaiverTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private static final String CONTRACT = contract("coverage: {report: \"b/*.xml\", line: \">=80%\"}");

    private JenkinsRule jenkins;

    private static String contract(String second) {
        return GateStepFixture.contract("tests: {results: \"a/*.xml\"}", second);
    }

    @BeforeEach
    void people(JenkinsRule rule) {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(Jenkins.READ, Item.READ, ReleaseGuardPermissions.OVERRIDE)
                .everywhere()
                .to("max", "dana")
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Item.CONFIGURE)
                .everywhere()
                .to("configurer"));
        User.getOrCreateByIdOrFullName("dana");
        policy(true);
    }

    private static void policy(boolean waivable) {
        PolicySetup policy = new PolicySetup();
        policy.setChecks(List.of(new RequiredCheckSetup("tests")));
        policy.setWaivable(waivable);
        ReleaseGuardConfiguration.get().setPolicy(policy);
    }

    @AfterEach
    void settle() {
        GateStepFixture.settle();
    }

    private WorkflowRun held(String contract) throws Exception {
        WorkflowRun run = PipelineFixture.start(jenkins, GateStepFixture.step("holdMinutes: 30, ", contract));
        jenkins.waitForMessage("waiting for an override", run);
        return run;
    }

    private int waive(WorkflowRun run, String user, String finding, String reason, String days) throws Exception {
        return GateStepFixture.post(jenkins, run, user, "waive", "finding", finding, "reason", reason, "days", days);
    }

    /** The ids that the page offers to a person. */
    private List<String> offered(WorkflowRun run, String user) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login(user)) {
            return client.getPage(run, "release-guard").querySelectorAll("[data-finding]").stream()
                    .map(node -> ((DomElement) node).getAttribute("data-finding"))
                    .toList();
        }
    }

    @Test
    void aPermittedPersonWaivesOneFindingAtATime() throws Exception {
        WorkflowRun run = held(CONTRACT);
        List<String> ids = offered(run, "max");
        assertThat(ids).hasSize(2);
        assertThat(offered(run, "configurer")).isEmpty();
        String tests = ids.get(0);
        assertThat(waive(run, null, tests, "known", "1")).isEqualTo(403);
        assertThat(waive(run, "configurer", tests, "known", "1"))
                .as("no permission")
                .isEqualTo(403);
        assertThat(waive(run, "dana", tests, "known", "1")).as("its author").isEqualTo(403);
        assertThat(waive(run, "max", tests, " ", "1")).as("no reason").isEqualTo(400);
        for (String days : List.of("0", "8", "-1")) {
            assertThat(waive(run, "max", tests, "known", days)).as(days).isEqualTo(400);
        }
        for (String other : List.of("", "0".repeat(16), "tests")) {
            assertThat(waive(run, "max", other, "known", "1")).as(other).isEqualTo(409);
        }
        assertThat(waive(run, "max", tests, "the runner is broken", "2")).isEqualTo(200);
        Waits.until("one finding less", () -> offered(run, "max").size() == 1);
        assertThat(run.isBuilding()).as("the other check is not waived").isTrue();
        assertThat(waive(run, "max", ids.get(1), "as well", "1")).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("max waived DEP-010 (tests: unknown) until ", run);
        jenkins.assertLogContains("gate: go", run);
        String report = jenkins.createWebClient()
                .login("max")
                .getPage(run, "release-guard")
                .asNormalizedText();
        assertThat(report).contains("the runner is broken", "Settle DEP-010, which went through on a waiver");

        // the next build has it too where all is the same
        WorkflowRun same = PipelineFixture.start(jenkins, GateStepFixture.step("", CONTRACT));
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(same));
        // not with another contract, and not in another environment
        WorkflowRun changed = PipelineFixture.start(
                jenkins, GateStepFixture.step("", CONTRACT.replace("scope: Saved cards", "scope: Other cards")));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(changed));
        WorkflowRun staging =
                PipelineFixture.start(jenkins, GateStepFixture.step("environment: 'staging', ", CONTRACT));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(staging));
        // and no longer than the policy lets
        policy(false);
        WorkflowRun strict = PipelineFixture.start(jenkins, GateStepFixture.step("", CONTRACT));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(strict));
        jenkins.assertLogContains("not green: DEP-010", strict);
    }

    @Test
    void whatThePolicyKeepsIsNotWaivedNorWhatAContractSays() throws Exception {
        policy(false);
        WorkflowRun run = held(CONTRACT);
        List<String> ids = offered(run, "root");
        assertThat(ids).as("only what the policy doesn't demand").hasSize(1);
        assertThat(waive(run, "root", ids.get(0), "known", "1")).isEqualTo(200);
        Waits.until("nothing more to waive", () -> offered(run, "root").isEmpty());
        assertThat(run.isBuilding()).isTrue();
        assertThat(GateStepFixture.override(jenkins, run, "root", "urgent")).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        for (boolean waivable : new boolean[] {false, true}) {
            policy(waivable);
            WorkflowRun own = PipelineFixture.start(
                    jenkins,
                    GateStepFixture.step(
                            "",
                            GateStepFixture.contract("tests: {results: \"a/*.xml\"}")
                                    .replace(
                                            "requirement: held,",
                                            "requirement: held, waived: {by: cto, reason: hurry, until: 2099-01-01},")));
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(own));
            jenkins.assertLogContains("RG-POLICY-WAIVER", own);
        }
    }

    @Test
    void whatHasEndedOrCantBeReadWaivesNothing() throws Exception {
        String contract = GateStepFixture.contract("tests: {results: \"a/*.xml\"}");
        WorkflowRun run = held(contract);
        assertThat(waive(run, "max", offered(run, "max").get(0), "known", "1")).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        GivenWaivers given = GivenWaivers.of("checkout", "production");
        FindingWaiver waiver = given.all().get(0);
        Instant ended = Instant.now().minusSeconds(1);
        Files.delete(keptFile());
        given.add(new FindingWaiver(
                waiver.finding(), waiver.contract(), "max", "known", ended.minus(Duration.ofDays(1)), ended));
        WorkflowRun late = PipelineFixture.start(jenkins, GateStepFixture.step("", contract));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(late));
        jenkins.assertLogContains("DEP-010 (Held): fail: the waiver by max has ended", late);
        given.add(waiver);
        jenkins.assertBuildStatusSuccess(
                jenkins.waitForCompletion(PipelineFixture.start(jenkins, GateStepFixture.step("", contract))));
        Path file = keptFile();
        String damaged = Files.readString(file).replace("\"format\" : 1", "\"format\" : 1, \"all\" : true");
        Files.writeString(file, damaged);
        jenkins.assertBuildStatus(
                Result.FAILURE,
                jenkins.waitForCompletion(PipelineFixture.start(jenkins, GateStepFixture.step("", contract))));
        assertThatThrownBy(() -> given.add(waiver))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mend or move");
        assertThat(file).as("what was given before").content().isEqualTo(damaged);
    }

    private static Path keptFile() throws IOException {
        try (Stream<Path> files = Files.list(ServiceLedgers.root().resolve("waivers"))) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void aContractThatIsFilledOtherwiseIsAnotherOne() throws Exception {
        String contract = GateStepFixture.contract("tests: {results: \"a/*.xml\"}")
                .replace("scope: Saved cards", "scope: \"${SCOPE}\"");
        WorkflowRun run = PipelineFixture.start(jenkins, filled("cards", "holdMinutes: 30, ", contract));
        jenkins.waitForMessage("waiting for an override", run);
        assertThat(waive(run, "max", offered(run, "max").get(0), "known", "1")).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertBuildStatusSuccess(
                jenkins.waitForCompletion(PipelineFixture.start(jenkins, filled("cards", "", contract))));
        WorkflowRun other = PipelineFixture.start(jenkins, filled("coupons", "", contract));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(other));
        jenkins.assertLogContains("not green: DEP-010", other);
    }

    private static String filled(String scope, String options, String contract) {
        return "withEnv(['SCOPE=" + scope + "']) { " + GateStepFixture.step(options, contract) + " }";
    }

    @Test
    void whomTheContractNamesAsAuthorWaivesNothingOfIt() throws Exception {
        String contract = GateStepFixture.contract("tests: {results: \"a/*.xml\"}");
        WorkflowRun run = held(contract);
        assertThat(waive(run, "max", offered(run, "max").get(0), "known", "1")).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        GivenWaivers given = GivenWaivers.of("checkout", "production");
        FindingWaiver waiver = given.all().get(0);
        Files.delete(keptFile());
        // given for another release, as whose author somebody else counted
        given.add(new FindingWaiver(waiver.finding(), waiver.contract(), "dana", "known", waiver.at(), waiver.until()));
        jenkins.assertBuildStatus(
                Result.FAILURE,
                jenkins.waitForCompletion(PipelineFixture.start(jenkins, GateStepFixture.step("", contract))));
    }
}
