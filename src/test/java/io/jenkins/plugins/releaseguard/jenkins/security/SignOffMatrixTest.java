// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may say what to a waiting gate: roles by actions, and what a word counts for. */
@WithJenkins
class SignOffMatrixTest {
    private static final String APPROVAL = "approval: {of: [group:managers, max, dana], count: 2, deadline: 1h}";
    private static final String ENTRY = "DEP-010";

    /** In this order: what is allowed is tried last, since it changes the release. */
    private static final Map<String, String[]> ACTIONS = new LinkedHashMap<>();

    static {
        ACTIONS.put("signOff", new String[] {"entry", ENTRY, "digest", GateStepFixture.DIGEST, "approve", "true"});
        ACTIONS.put("override", new String[] {"reason", "because"});
        ACTIONS.put("operate", new String[] {"command", "pause", "reason", "because"});
        ACTIONS.put("approvePhase", new String[] {"phase", "0"});
    }

    /** What each role gets: 403 is refused for want of permission or name; 409 is allowed, but there is nothing to do it to. */
    private static final Map<String, List<Integer>> MATRIX = new LinkedHashMap<>();

    static {
        MATRIX.put(null, List.of(403, 403, 403, 403));
        MATRIX.put("stranger", List.of(404, 404, 404, 404));
        MATRIX.put("reader", List.of(403, 403, 403, 403));
        // may sign, but isn't named
        MATRIX.put("bob", List.of(403, 403, 403, 409));
        // may start builds, which includes signing, but isn't named
        MATRIX.put("builder", List.of(403, 403, 403, 409));
        MATRIX.put("operator", List.of(403, 403, 409, 403));
        // configures the job, which includes operating
        MATRIX.put("configurer", List.of(403, 403, 409, 403));
        // named: its signature is one of two
        MATRIX.put("max", List.of(200, 403, 403, 409));
        // the author, though named
        MATRIX.put("dana", List.of(403, 403, 403, 409));
        // overriding is all that it may
        MATRIX.put("overrider", List.of(403, 200, 403, 403));
    }

    private static JenkinsRule jenkins;

    /** One controller for all: starting it is what takes time. */
    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        people();
    }

    @Test
    void rolesByActions() throws Exception {
        WorkflowRun run = waiting(GateStepFixture.contract(APPROVAL));
        for (Map.Entry<String, List<Integer>> role : MATRIX.entrySet()) {
            int column = 0;
            for (Map.Entry<String, String[]> action : ACTIONS.entrySet()) {
                int answer = action.getKey().equals("override")
                        ? GateStepFixture.override(jenkins, run, role.getKey(), "because")
                        : GateStepFixture.post(jenkins, run, role.getKey(), action.getKey(), action.getValue());
                assertThat(answer)
                        .as(role.getKey() + " " + action.getKey())
                        .isEqualTo(role.getValue().get(column++));
            }
            if (!"overrider".equals(role.getKey())) {
                assertThat(release(run).signOffs())
                        .as("after " + role.getKey())
                        .allMatch(signed -> signed.by().equals("max"));
            }
        }
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("overridden by overrider: because", run);
        // too late
        assertThat(GateStepFixture.sign(jenkins, run, "max", ENTRY, GateStepFixture.DIGEST))
                .isIn(409, 404);
    }

    @Test
    void administratorsAreNotNamedEither() throws Exception {
        WorkflowRun run = waiting(GateStepFixture.contract(APPROVAL));
        assertThat(GateStepFixture.sign(jenkins, run, "root", ENTRY, GateStepFixture.DIGEST))
                .isEqualTo(403);
        assertThat(GateStepFixture.post(jenkins, run, "root", "operate", "command", "abort", "reason", "enough"))
                .isEqualTo(200);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        // but they may override
        WorkflowRun second = waiting(GateStepFixture.contract(APPROVAL));
        assertThat(GateStepFixture.override(jenkins, second, "root", "urgent")).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));
    }

    @Test
    void theAuthorsSignatureDoesNotCount() throws Exception {
        WorkflowRun run = waiting(GateStepFixture.contract(APPROVAL));
        assertThat(GateStepFixture.sign(jenkins, run, "dana", ENTRY, GateStepFixture.DIGEST))
                .isEqualTo(403);
        // nor does one that came by another way
        release(run).sign(new SignOff(ENTRY, "dana", Set.of(), true, "mine", GateStepFixture.DIGEST, Instant.now()));
        assertThat(GateStepFixture.sign(jenkins, run, "max", ENTRY, GateStepFixture.DIGEST))
                .isEqualTo(200);
        // one of two, though two have signed
        jenkins.waitForMessage("waiting for 1 of group:managers", run);
        String page = jenkins.createWebClient()
                .login("bob")
                .getPage(run, "release-guard")
                .asNormalizedText();
        assertThat(page)
                .contains("1 of 2 approvals", "dana approved, void: the release's author", "max approved")
                .contains("Due ", " left), then the gate says no.");
        assertThat(run.isBuilding()).isTrue();
        assertThat(GateStepFixture.sign(jenkins, run, "mia", ENTRY, GateStepFixture.DIGEST))
                .isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("gate: go", run);
    }

    /** N2: the contract names another author, and who started the build signs himself. */
    @Test
    void whoStartedTheBuildDoesNotSignForIt() throws Exception {
        WorkflowJob job = PipelineFixture.job(jenkins, GateStepFixture.step("", GateStepFixture.contract(APPROVAL)));
        WorkflowRun run = job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("max")))
                .waitForStart();
        jenkins.waitForMessage("waiting for 2 of group:managers", run);
        assertThat(GateStepFixture.sign(jenkins, run, "max", ENTRY, GateStepFixture.DIGEST))
                .isEqualTo(403);
        assertThat(jenkins.createWebClient()
                        .login("max")
                        .getPage(run, "release-guard")
                        .asNormalizedText())
                .contains("You made this release");
        assertThat(GateStepFixture.sign(jenkins, run, "mia", ENTRY, GateStepFixture.DIGEST))
                .isEqualTo(200);
        jenkins.waitForMessage("waiting for 1 of group:managers", run);
        release(run).rollBack(BreachCause.ABORT, "test", "enough seen");
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
    }

    /** Who was heard as one of the group takes it back after leaving it, and can't sign again. */
    @Test
    void whoLeftTheGroupMayRefuse() throws Exception {
        WorkflowRun run = waiting(GateStepFixture.contract(APPROVAL));
        String[] refuse = {"entry", ENTRY, "digest", GateStepFixture.DIGEST, "approve", "false", "comment", "not now"};
        assertThat(GateStepFixture.post(jenkins, run, "bob", "signOff", refuse)).isEqualTo(403);
        release(run)
                .sign(new SignOff(ENTRY, "bob", Set.of("managers"), true, "", GateStepFixture.DIGEST, Instant.now()));
        jenkins.waitForMessage("waiting for 1 of group:managers", run);
        assertThat(GateStepFixture.sign(jenkins, run, "bob", ENTRY, GateStepFixture.DIGEST))
                .isEqualTo(403);
        assertThat(GateStepFixture.post(jenkins, run, "bob", "signOff", refuse)).isEqualTo(200);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains("refused by bob: not now", run);
    }

    @Test
    void aNewDigestVoidsWhatWasSigned() throws Exception {
        WorkflowRun first = waiting(GateStepFixture.contract(APPROVAL));
        assertThat(GateStepFixture.sign(jenkins, first, "max", ENTRY, GateStepFixture.DIGEST))
                .isEqualTo(200);
        assertThat(GateStepFixture.post(jenkins, first, "root", "operate", "command", "abort", "reason", "enough"))
                .isEqualTo(200);
        jenkins.waitForCompletion(first);

        String other = "b".repeat(64);
        WorkflowRun second = waiting(GateStepFixture.contractOf("checkout", other, APPROVAL));
        assertThat(release(second).signOffs()).isEmpty();
        assertThat(GateStepFixture.sign(jenkins, second, "mia", ENTRY, GateStepFixture.DIGEST))
                .isEqualTo(409);
        assertThat(GateStepFixture.sign(jenkins, second, "mia", ENTRY, other)).isEqualTo(200);
        jenkins.waitForMessage("waiting for 1 of group:managers", second);
        assertThat(GateStepFixture.sign(jenkins, second, "max", ENTRY, other)).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(second));
    }

    @Test
    void twoGatesAtOnce() throws Exception {
        WorkflowRun checkout = waiting(GateStepFixture.contract(APPROVAL));
        WorkflowRun search = waiting(GateStepFixture.contractOf("search", GateStepFixture.DIGEST, APPROVAL));
        // the same service and environment: one after the other
        WorkflowRun next = PipelineFixture.start(
                jenkins,
                GateStepFixture.step("", GateStepFixture.contractOf("checkout", GateStepFixture.DIGEST, APPROVAL)));
        jenkins.waitForMessage("waiting for " + checkout.getExternalizableId(), next);

        GateStepFixture.sign(jenkins, search, "max", ENTRY, GateStepFixture.DIGEST);
        GateStepFixture.sign(jenkins, search, "mia", ENTRY, GateStepFixture.DIGEST);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(search));
        assertThat(release(checkout).signOffs()).isEmpty();
        assertThat(checkout.isBuilding()).isTrue();

        GateStepFixture.sign(jenkins, checkout, "max", ENTRY, GateStepFixture.DIGEST);
        GateStepFixture.sign(jenkins, checkout, "mia", ENTRY, GateStepFixture.DIGEST);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(checkout));
        // the first one's signatures are the first one's
        jenkins.waitForMessage("waiting for 2 of group:managers", next);
        assertThat(release(next).signOffs()).isEmpty();
        GateStepFixture.sign(jenkins, next, "max", ENTRY, GateStepFixture.DIGEST);
        GateStepFixture.sign(jenkins, next, "mia", ENTRY, GateStepFixture.DIGEST);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(next));
    }

    /** What waits no longer is brought to its end by the service, in its own time. */
    @AfterEach
    void settle() {
        GateStepFixture.settle();
    }

    private static WorkflowRun waiting(String contract) throws Exception {
        WorkflowRun run = PipelineFixture.start(jenkins, GateStepFixture.step("", contract));
        jenkins.waitForMessage("waiting for 2 of group:managers", run);
        return run;
    }

    private static OpenRelease release(WorkflowRun run) {
        return ReleaseGuardService.get().open(run, "production").get(0);
    }

    private static void people() {
        JenkinsRule.DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("mia", "managers");
        jenkins.jenkins.setSecurityRealm(realm);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("configurer")
                .grant(Jenkins.READ, Item.READ, ReleaseGuardPermissions.OPERATE)
                .everywhere()
                .to("operator")
                .grant(Jenkins.READ, Item.READ, ReleaseGuardPermissions.OVERRIDE)
                .everywhere()
                .to("overrider")
                .grant(Jenkins.READ, Item.READ, ReleaseGuardPermissions.SIGN_OFF)
                .everywhere()
                .to("mia", "max", "bob", "dana"));
        User.getOrCreateByIdOrFullName("dana");
    }
}
