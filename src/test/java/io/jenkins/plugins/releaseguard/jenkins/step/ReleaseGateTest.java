// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import io.jenkins.plugins.releaseguard.jenkins.page.ReleaseReportAction;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import java.net.URL;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
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

    private static final String DIGEST = "a".repeat(64);

    private static final String CONTRACT = """
            apiVersion: release-guard/v1
            release:
              service: checkout
              version: "2"
              commit: abc
              owner: team
              author: dana
              scope: Saved cards
              includes: [EPIC-07]
              artifacts: [{file: dist/app.tgz, sha256: DIGEST}]
              rollback: {objective: 20s}
            metrics:
              - {id: MON-001, name: error rate, kind: rate, source: prom, errors: "e{track='$track'}[$window]", total: "t{track='$track'}[$window]", worse: higher}
            rollout: {phases: [50, 100], bake: 1s, router: proxy}
            entries:
              - {id: DEP-001, type: Environment, stage: Pre-deploy, title: Production, name: production, purpose: users, url: "https://example.com", infrastructure: vm, code: infra, data: production, refresh: never, configuration: {A: b}, access: {deploy: [ops], read: [ops], admin: [ops]}, owner: team}
              - {id: DEP-002, type: Criteria, stage: Pre-deploy, title: The build is tested, category: functional, requirement: tested, verify: {command: {run: "test -f tested"}}, owner: team, linkedIds: [TEST-001, EPIC-07]}
            APPROVAL
              - {id: DEP-003, type: Rollback, stage: Post-deploy, title: Errors, trigger: errors, metric: MON-001, threshold: ">5% of requests for 1 minute", procedure: [{traffic: 0}], database: none, cache: none, notification: [oncall], owner: team}
              - {id: DEP-004, type: Validation, stage: Post-deploy, title: Smoke, check: answers, method: Automated, verify: {http: {url: "https://example.com/health", status: 200}}, successCriteria: answers, escalation: DEP-003, owner: team}
            """.replace("DIGEST", DIGEST);

    private static final String APPROVAL =
            "  - {id: DEP-005, type: Criteria, stage: Pre-deploy, title: Approved, category: operational, requirement: approved,"
                    + " verify: {approval: {of: [managers, max], count: 2, deadline: DEADLINE}}, owner: team, linkedIds: [EPIC-07]}";

    private static String gate(String approval) {
        return "releaseGate("
                + PipelineFixture.contract(CONTRACT.replace("APPROVAL\n", approval.isEmpty() ? "" : approval + "\n"))
                + ")";
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
                            gate("").replace("releaseGate(", "releaseGate(onNoGo: 'continue', ") + "; canaryPromote("
                                    + PipelineFixture.contract(CONTRACT.replace("APPROVAL\n", "")) + ") { }"));
            jenkins.assertLogContains("no traffic is moved", stubborn);
        });
    }

    @Test
    void waitsForTwoOfThoseNamedOverARestart() throws Throwable {
        sessions.then(jenkins -> {
            people(jenkins);
            WorkflowJob job = PipelineFixture.job(
                    jenkins,
                    "def r = node { writeFile(file: 'tested', text: 'x'); " + gate(APPROVAL.replace("DEADLINE", "1h"))
                            + " }\necho \"then ${r.verdict}\"");
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("waiting for 2 of managers, max", run);
            assertThat(post(jenkins, run, "mia", "signOff", "entry", "DEP-005", "digest", DIGEST, "approve", "true"))
                    .isEqualTo(200);
            jenkins.waitForMessage("DEP-005 approved by mia", run);
            jenkins.waitForMessage("waiting for 1 of managers, max", run);
        });
        sessions.then(jenkins -> {
            WorkflowRun run =
                    Jenkins.get().getAllItems(WorkflowJob.class).get(0).getLastBuild();
            assertThat(run.isBuilding()).isTrue();
            // signing twice is one signature
            post(jenkins, run, "mia", "signOff", "entry", "DEP-005", "digest", DIGEST, "approve", "true");
            assertThat(ReleaseGuardService.get().find(run, "production")).isPresent();
            assertThat(post(jenkins, run, "max", "signOff", "entry", "DEP-005", "digest", DIGEST, "approve", "true"))
                    .isEqualTo(200);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("then go", run);
        });
    }

    @Test
    void refusalEndsTheWaiting() throws Throwable {
        sessions.then(jenkins -> {
            people(jenkins);
            WorkflowRun run = PipelineFixture.start(
                    jenkins,
                    "node { writeFile(file: 'tested', text: 'x'); " + gate(APPROVAL.replace("DEADLINE", "1h")) + " }");
            jenkins.waitForMessage("waiting for 2 of", run);
            post(
                    jenkins,
                    run,
                    "max",
                    "signOff",
                    "entry",
                    "DEP-005",
                    "digest",
                    DIGEST,
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
            WorkflowRun run = PipelineFixture.start(
                    jenkins,
                    "node { writeFile(file: 'tested', text: 'x'); " + gate(APPROVAL.replace("DEADLINE", "3s")) + " }");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains(" s left, limit 2 of managers, max by ", run);
            jenkins.assertLogContains("DEP-005 (Approved): fail: the deadline of 3s passed at ", run);
            jenkins.assertLogContains("the outcome that the contract states for it: no-go", run);
            WorkflowRun going = PipelineFixture.start(
                    jenkins,
                    "node { writeFile(file: 'tested', text: 'x'); "
                            + gate(APPROVAL.replace("DEADLINE", "3s, otherwise: conditional")) + " }");
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
            WorkflowRun run =
                    PipelineFixture.start(jenkins, gate("").replace("releaseGate(", "releaseGate(holdMinutes: 30, "));
            jenkins.waitForMessage("waiting for an override", run);
            assertThat(post(jenkins, run, "max", "override", "reason", "I want to"))
                    .isEqualTo(403);
            assertThat(post(jenkins, run, "root", "override", "reason", " ")).isEqualTo(400);
            assertThat(post(jenkins, run, "root", "override", "reason", "the tests ran elsewhere"))
                    .isEqualTo(200);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("overridden by root: the tests ran elsewhere", run);
        });
    }

    @Test
    void whoMayNotSignIsRefused() throws Throwable {
        sessions.then(jenkins -> {
            people(jenkins);
            WorkflowRun run = PipelineFixture.start(
                    jenkins,
                    "node { writeFile(file: 'tested', text: 'x'); " + gate(APPROVAL.replace("DEADLINE", "1h")) + " }");
            jenkins.waitForMessage("waiting for 2 of", run);
            String[] good = {"entry", "DEP-005", "digest", DIGEST, "approve", "true"};
            assertThat(post(jenkins, run, "reader", "signOff", good))
                    .as("no permission")
                    .isEqualTo(403);
            assertThat(post(jenkins, run, "bob", "signOff", good))
                    .as("not named")
                    .isEqualTo(403);
            assertThat(post(jenkins, run, null, "signOff", good))
                    .as("anonymous")
                    .isEqualTo(403);
            assertThat(post(
                            jenkins,
                            run,
                            "max",
                            "signOff",
                            "entry",
                            "DEP-005",
                            "digest",
                            "b".repeat(64),
                            "approve",
                            "true"))
                    .as("another artifact")
                    .isEqualTo(409);
            assertThat(post(jenkins, run, "max", "signOff", "entry", "DEP-002", "digest", DIGEST, "approve", "true"))
                    .as("an entry that nobody signs")
                    .isEqualTo(404);
            assertThat(get(jenkins, run, "max")).as("GET").isEqualTo(405);
            assertThat(withoutCrumb(jenkins, run)).as("no crumb").isEqualTo(403);
            assertThat(post(jenkins, run, "bob", "operate", "command", "abort"))
                    .as("operate")
                    .isEqualTo(403);
            assertThat(ReleaseGuardService.get()
                            .find(run, "production")
                            .orElseThrow()
                            .signOffs())
                    .isEmpty();
            assertThat(post(jenkins, run, "root", "operate", "command", "abort", "reason", "enough"))
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

    private static int post(JenkinsRule jenkins, WorkflowRun run, String user, String what, String... parameters)
            throws Exception {
        try (JenkinsRule.WebClient client = client(jenkins, user)) {
            WebRequest request = new WebRequest(url(jenkins, run, what), HttpMethod.POST);
            List<NameValuePair> values = new java.util.ArrayList<>();
            for (int i = 0; i < parameters.length; i += 2) {
                values.add(new NameValuePair(parameters[i], parameters[i + 1]));
            }
            values.add(new NameValuePair("Jenkins-Crumb", "test"));
            request.setRequestParameters(values);
            client.addCrumb(request);
            WebResponse response = client.getPage(request).getWebResponse();
            // the answer leads back to the page, which may not be there yet
            return response.getStatusCode() == 302 ? 200 : response.getStatusCode();
        }
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
