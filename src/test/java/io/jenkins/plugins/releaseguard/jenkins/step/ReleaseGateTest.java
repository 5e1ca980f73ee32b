// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import io.jenkins.plugins.releaseguard.jenkins.page.ReleaseReportAction;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The gate: go, no-go, waiting for people, over a restart. */
class ReleaseGateTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static final String TESTED =
            "{id: DEP-002, type: Criteria, stage: Pre-deploy, title: The build is tested, category: functional, requirement: tested,"
                    + " verify: {command: {run: \"test -f tested\"}}, owner: team, linkedIds: [TEST-001, EPIC-07]}";

    private static final String APPROVED =
            "{id: DEP-005, type: Criteria, stage: Pre-deploy, title: Approved, category: operational, requirement: approved,"
                    + " verify: {approval: {of: [group:managers, max], count: 2, deadline: DEADLINE}}, owner: team, linkedIds: [EPIC-07]}";

    /** The step with the contract whose criterion is that the build is tested; {@code options} end in a comma. */
    private static String gate(String options) {
        return GateStepFixture.step(options, GateStepFixture.contractWith(TESTED));
    }

    /** The step in a node where the build is tested, with the contract that wants two signatures as well. */
    private static String signedGate(String deadline) {
        return "node { writeFile(file: 'tested', text: 'x'); "
                + GateStepFixture.step("", GateStepFixture.contractWith(TESTED, APPROVED.replace("DEADLINE", deadline)))
                + " }";
    }

    @Test
    void goAndNoGo() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun go = jenkins.buildAndAssertSuccess(PipelineFixture.job(
                    jenkins,
                    "node { writeFile(file: 'tested', text: 'x'); def r = " + gate("")
                            + "; echo \"${r.verdict} ${r.score} ${r.entries[0].id} ${r.entries[0].status}\" }"));
            jenkins.assertLogContains("go 100.0 DEP-002 pass", go);

            WorkflowRun noGo = jenkins.buildAndAssertStatus(
                    Result.FAILURE,
                    PipelineFixture.job(jenkins, "node { sh 'rm -f tested'; " + gate("") + "; echo 'deployed' }"));
            jenkins.assertLogContains("no-go", noGo);
            jenkins.assertLogContains("DEP-002", noGo);
            jenkins.assertLogContains("exit 1", noGo);
            jenkins.assertLogNotContains("deployed", noGo);
            assertThat(release(noGo).getVerdict()).isEqualTo("no-go");

            WorkflowRun outside = jenkins.buildAndAssertStatus(Result.FAILURE, PipelineFixture.job(jenkins, gate("")));
            jenkins.assertLogContains("no command can be run here", outside);

            WorkflowRun stubborn = jenkins.buildAndAssertStatus(
                    Result.FAILURE,
                    PipelineFixture.job(
                            jenkins,
                            gate("onNoGo: 'continue', ") + "; canaryPromote("
                                    + PipelineFixture.contract(GateStepFixture.contractWith(TESTED)) + ") { }"));
            jenkins.assertLogContains("no traffic is moved", stubborn);
        });
    }

    /** E1: what only a workspace has is gone when it is looked at again, so that is said before traffic moves. */
    @Test
    void anArtifactThatIsNotArchivedIsToldOf() throws Throwable {
        sessions.then(jenkins -> {
            GateStepFixture.letEverybodyRelease("checkout");
            String artifact = GateStepFixture.contract("artifact: {file: app.tar, sha256: " + "0".repeat(64) + "}");
            String x = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
            String pipeline = "node { writeFile(file: 'app.tar', text: 'x'); ARCHIVE releaseGate("
                    + PipelineFixture.contract(artifact.replace("0".repeat(64), x)) + ") }";

            WorkflowRun kept = jenkins.buildAndAssertSuccess(PipelineFixture.job(
                    jenkins, pipeline.replace("ARCHIVE", "archiveArtifacts(artifacts: 'app.tar');")));
            jenkins.assertLogNotContains("stands only in the workspace", kept);

            WorkflowRun only =
                    jenkins.buildAndAssertSuccess(PipelineFixture.job(jenkins, pipeline.replace("ARCHIVE", "")));
            jenkins.assertLogContains("app.tar stands only in the workspace", only);
        });
    }

    /** H8: a check's word grew old while others were waited for, and the gate refused for its own lateness. */
    @Test
    void whatGrewOldWhileOthersWereWaitedForIsLookedAtAgain() throws Throwable {
        String slow = TESTED.replace("DEP-002", "DEP-022").replace("test -f tested", "sleep 17");
        String brief = TESTED.replace("tested\"}", "tested\", maxAge: 15s}");
        sessions.then(jenkins -> {
            WorkflowRun go = jenkins.buildAndAssertSuccess(PipelineFixture.job(
                    jenkins,
                    "node { writeFile(file: 'tested', text: 'x'); "
                            + GateStepFixture.step("", GateStepFixture.contractWith(brief, slow)) + " }"));
            jenkins.assertLogContains("gate: go", go);
        });
    }

    @Test
    void waitsForTwoOfThoseNamedOverARestart() throws Throwable {
        sessions.then(jenkins -> {
            people(jenkins);
            WorkflowJob job =
                    PipelineFixture.job(jenkins, "def r = " + signedGate("1h") + "\necho \"then ${r.verdict}\"");
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("waiting for 2 of group:managers, max", run);
            assertThat(GateStepFixture.sign(jenkins, run, "mia", "DEP-005", GateStepFixture.DIGEST))
                    .isEqualTo(200);
            jenkins.waitForMessage("DEP-005 approved by mia", run);
            jenkins.waitForMessage("waiting for 1 of group:managers, max", run);
        });
        sessions.then(jenkins -> {
            WorkflowRun run =
                    Jenkins.get().getAllItems(WorkflowJob.class).get(0).getLastBuild();
            assertThat(run.isBuilding()).isTrue();
            // signing twice is one signature
            GateStepFixture.sign(jenkins, run, "mia", "DEP-005", GateStepFixture.DIGEST);
            assertThat(ReleaseGuardService.get().open(run, "production")).hasSize(1);
            assertThat(GateStepFixture.sign(jenkins, run, "max", "DEP-005", GateStepFixture.DIGEST))
                    .isEqualTo(200);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("then go", run);
        });
    }

    @Test
    void aNoGoMayLeaveTheBuildUnstable() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = jenkins.buildAndAssertStatus(
                    Result.UNSTABLE,
                    PipelineFixture.job(
                            jenkins, "node { sh 'rm -f tested'; " + gate("onNoGo: 'unstable', ") + "; echo 'after' }"));
            jenkins.assertLogContains("after", run);
            jenkins.buildAndAssertStatus(
                    Result.FAILURE,
                    PipelineFixture.job(jenkins, "node { sh 'rm -f tested'; " + gate("onNoGo: 'fail', ") + " }"));
        });
    }

    @Test
    void theControllersHoursCountWhereTheContractGivesNoDeadline() throws Throwable {
        sessions.then(jenkins -> {
            people(jenkins);
            ReleaseGuardConfiguration.get().setSignOffHours(3);
            Instant begun = Instant.now();
            WorkflowRun run =
                    PipelineFixture.start(jenkins, signedGate("DEADLINE").replace(", deadline: DEADLINE", ""));
            jenkins.waitForMessage("waiting for 2 of group:managers, max until ", run);
            Matcher until = Pattern.compile("waiting for 2 of group:managers, max until ([^;]+);")
                    .matcher(JenkinsRule.getLog(run));
            assertThat(until.find()).isTrue();
            assertThat(Instant.parse(until.group(1)))
                    .isBetween(begun.plus(Duration.ofHours(3)), Instant.now().plus(Duration.ofHours(3)));
            run.doStop();
            jenkins.waitForCompletion(run);
        });
    }

    /** E1: a freeze is looked at when the gate decides, whatever the contract found before, and however old it lets that grow. */
    @Test
    void aFreezeThatBeganWhileSignaturesWereWaitedForIsSeen() throws Throwable {
        String own =
                "{id: DEP-006, type: Criteria, title: No freeze, category: operational, requirement: none, owner: team,"
                        + " verify: {freeze: {windows: [\"2001-01-01..2001-01-02\"]}}, linkedIds: [EPIC-07]}";
        String one = APPROVED.replace("count: 2", "count: 1").replace("DEADLINE", "1h");
        sessions.then(jenkins -> {
            people(jenkins);
            WorkflowRun run = PipelineFixture.start(
                    jenkins,
                    "node { writeFile(file: 'tested', text: 'x'); "
                            + GateStepFixture.step("", GateStepFixture.contractWith(TESTED, own, one)) + " }");
            jenkins.waitForMessage("waiting for 1 of", run);
            AdmissionTest.freeze();
            GateStepFixture.sign(jenkins, run, "max", "DEP-005", GateStepFixture.DIGEST);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("frozen until", run);
        });
    }

    /** E1: what the gate printed as the fix can be done while the release is held, and is then seen. */
    @Test
    void whatWasPutRightWhileTheReleaseWasHeldIsLookedAtAgain() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowJob job =
                    PipelineFixture.job(jenkins, "node { sh 'rm -f tested'; " + gate("holdMinutes: 30, ") + " }");
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("waiting for an override", run);
            jenkins.jenkins.getWorkspaceFor(job).child("tested").write("x", "UTF-8");
            // within Freshness.AGAIN
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("gate: go", run);
        });
    }

    @Test
    void refusalEndsTheWaiting() throws Throwable {
        sessions.then(jenkins -> {
            people(jenkins);
            WorkflowRun run = PipelineFixture.start(jenkins, signedGate("1h"));
            jenkins.waitForMessage("waiting for 2 of", run);
            GateStepFixture.post(
                    jenkins,
                    run,
                    "max",
                    "signOff",
                    "entry",
                    "DEP-005",
                    "digest",
                    GateStepFixture.DIGEST,
                    "approve",
                    "false",
                    "comment",
                    "not on a Friday");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("refused by max: not on a Friday", run);
        });
    }

    @Test
    void deadlineHasItsStatedOutcome() throws Throwable {
        sessions.then(jenkins -> {
            people(jenkins);
            WorkflowRun run = PipelineFixture.start(jenkins, signedGate("3s"));
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains(" s left, limit 2 of group:managers, max by ", run);
            jenkins.assertLogContains("DEP-005 (Approved): fail: the deadline of 3s passed at ", run);
            jenkins.assertLogContains("the outcome that the contract states for it: no-go", run);
            WorkflowRun going = PipelineFixture.start(jenkins, signedGate("3s, otherwise: conditional"));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(going));
            jenkins.assertLogContains("gate: conditional", going);
            jenkins.assertLogContains(
                    "should have: DEP-005 (Approved): unknown, should-have: the deadline of 3s", going);
            jenkins.assertLogContains("the outcome that the contract states for it: conditional", going);
        });
    }

    @Test
    void overrideNeedsThePermissionAndAReason() throws Throwable {
        sessions.then(jenkins -> {
            people(jenkins);
            WorkflowRun run = PipelineFixture.start(jenkins, gate("holdMinutes: 30, "));
            jenkins.waitForMessage("waiting for an override", run);
            assertThat(GateStepFixture.override(jenkins, run, "max", "I want to"))
                    .isEqualTo(403);
            assertThat(GateStepFixture.override(jenkins, run, "root", " ")).isEqualTo(400);
            assertThat(GateStepFixture.override(jenkins, run, "root", "the tests ran elsewhere"))
                    .isEqualTo(200);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("overridden by root: the tests ran elsewhere", run);
        });
    }

    @Test
    void whoMayNotSignIsRefused() throws Throwable {
        sessions.then(jenkins -> {
            people(jenkins);
            WorkflowRun run = PipelineFixture.start(jenkins, signedGate("1h"));
            jenkins.waitForMessage("waiting for 2 of", run);
            assertThat(GateStepFixture.sign(jenkins, run, "reader", "DEP-005", GateStepFixture.DIGEST))
                    .as("no permission")
                    .isEqualTo(403);
            assertThat(GateStepFixture.sign(jenkins, run, "bob", "DEP-005", GateStepFixture.DIGEST))
                    .as("not named")
                    .isEqualTo(403);
            assertThat(GateStepFixture.sign(jenkins, run, null, "DEP-005", GateStepFixture.DIGEST))
                    .as("anonymous")
                    .isEqualTo(403);
            assertThat(GateStepFixture.sign(jenkins, run, "max", "DEP-005", "b".repeat(64)))
                    .as("another artifact")
                    .isEqualTo(409);
            assertThat(GateStepFixture.sign(jenkins, run, "max", "DEP-002", GateStepFixture.DIGEST))
                    .as("an entry that nobody signs")
                    .isEqualTo(404);
            assertThat(get(jenkins, run, "max")).as("GET").isEqualTo(405);
            assertThat(withoutCrumb(jenkins, run)).as("no crumb").isEqualTo(403);
            assertThat(GateStepFixture.post(jenkins, run, "bob", "operate", "command", "abort"))
                    .as("operate")
                    .isEqualTo(403);
            assertThat(ReleaseGuardService.get().open(run, "production").get(0).signOffs())
                    .isEmpty();
            assertThat(GateStepFixture.post(jenkins, run, "root", "operate", "command", "abort", "reason", "enough"))
                    .isEqualTo(200);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        });
    }

    private static void people(JenkinsRule jenkins) {
        JenkinsRule.DummySecurityRealm realm = jenkins.createDummySecurityRealm();
        realm.addGroups("mia", "managers");
        jenkins.jenkins.setSecurityRealm(realm);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.READ, Item.READ, ReleaseGuardPermissions.SIGN_OFF)
                .everywhere()
                .to("mia", "max", "bob"));
        User.getOrCreateByIdOrFullName("dana");
    }

    private static ReleaseReportAction release(WorkflowRun run) {
        List<ReleaseReportAction> releases = run.getActions(ReleaseReportAction.class);
        return releases.get(releases.size() - 1);
    }

    private static URL url(JenkinsRule jenkins, WorkflowRun run, String what) throws Exception {
        return new URL(
                jenkins.getURL(), run.getUrl() + "release-guard/" + release(run).getRecord() + "/" + what);
    }

    private static int get(JenkinsRule jenkins, WorkflowRun run, String user) throws Exception {
        try (JenkinsRule.WebClient client = client(jenkins, user)) {
            return client.getPage(new WebRequest(url(jenkins, run, "signOff?entry=DEP-005"), HttpMethod.GET))
                    .getWebResponse()
                    .getStatusCode();
        }
    }

    private static int withoutCrumb(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        jenkins.jenkins.setCrumbIssuer(new hudson.security.csrf.DefaultCrumbIssuer(false));
        try (JenkinsRule.WebClient client = client(jenkins, "max")) {
            return client.getPage(new WebRequest(url(jenkins, run, "signOff"), HttpMethod.POST))
                    .getWebResponse()
                    .getStatusCode();
        } finally {
            jenkins.jenkins.setCrumbIssuer(new org.jvnet.hudson.test.TestCrumbIssuer());
        }
    }

    private static JenkinsRule.WebClient client(JenkinsRule jenkins, String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.getOptions().setThrowExceptionOnFailingStatusCode(false);
        client.getOptions().setRedirectEnabled(false);
        client.getOptions().setJavaScriptEnabled(false);
        // a refusal sends browsers on to the login page
        client.setRefreshHandler((page, url, seconds) -> {});
        if (user != null) {
            client.withBasicCredentials(user, user);
        }
        return client;
    }
}
