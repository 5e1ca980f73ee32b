// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** H7: a rollback that can't be confirmed outlives the build that was stopped, until the router is back or a person closes it. */
@WithJenkins
class EndlessRollbackTest {
    private static final String LONG_PHASE = CheckoutFixture.CONTRACT
            .replace("objective: 20s", "objective: 5s")
            .replace("bake: 2s", "bake: 10m")
            .replace("maxBake: 4s", "maxBake: 20m");

    @Test
    void theBuildEndsAndTheReleaseGoesOn(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowRun run = PipelineFixture.start(
                    jenkins, "canaryPromote(" + PipelineFixture.contract(LONG_PHASE) + ") { echo 'checked' }");
            checkout.awaitCanary();
            // set up anew, and wrongly; one that is no longer set up would go on as it was begun with
            ReleaseGuardConfiguration.get()
                    .setRouters(List.of(new HaproxySetup("proxy", "127.0.0.1:1", "b", "canary", "")));
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("the rollback is not confirmed yet; the build ends here", run);
            jenkins.assertLogContains(
                    "goes on without it at " + jenkins.getURL() + "release-guard/release/checkout-", run);
            assertThat(ReleaseGuardService.get().all())
                    .singleElement()
                    .satisfies(release ->
                            assertThat(release.state().isUnconfirmed()).isTrue());
            checkout.configure();
            Waits.untilNoReleaseIsOpen();
            assertThat(checkout.isStill()).isTrue();
            assertThat(ReleaseGuardService.get().ledger("checkout").history().entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.confirmed()).isTrue());
        }
    }

    /** H7: where the router does not come back, a person takes the release over on its page and ends it with a reason. */
    @Test
    void aPersonTakesItOverAndClosesIt(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, ReleaseGuardPermissions.OPERATE)
                .everywhere()
                .to("operator"));
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowRun run = PipelineFixture.start(
                    jenkins, "canaryPromote(" + PipelineFixture.contract(LONG_PHASE) + ") { echo 'checked' }");
            checkout.awaitCanary();
            checkout.routerGoesAway();
            run.doStop();
            OpenRelease release = ReleaseGuardService.get().all().iterator().next();
            Waits.until("an unconfirmed rollback", () -> release.state().isUnconfirmed());

            assertThat(operate(jenkins, release, "take", "")).isEqualTo(400);
            assertThat(operate(jenkins, release, "take", "I see to it")).isEqualTo(200);
            Waits.until(
                    "somebody who sees to it",
                    () -> "operator".equals(release.state().takenBy()));
            assertThat(release.state().isUnconfirmed()).isTrue();

            assertThat(operate(jenkins, release, "close", "")).isEqualTo(400);
            assertThat(ReleaseGuardService.get().all()).contains(release);
            assertThat(operate(jenkins, release, "close", "moved by hand")).isEqualTo(200);
            Waits.untilNoReleaseIsOpen();
            assertThat(ReleaseGuardService.get().ledger("checkout").history().entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.confirmed()).isFalse());
            assertThat(release.state().outcome().reason())
                    .contains("closed by operator: moved by hand", "NOT CONFIRMED");
            jenkins.waitForCompletion(run);
        }
    }

    /** H7: a build that waits says for what, and where that is ended, and doesn't fill its log with it. */
    @Test
    void aBuildThatWaitsSaysWhereItIsEnded(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowRun run = PipelineFixture.start(
                    jenkins, "canaryPromote(" + PipelineFixture.contract(LONG_PHASE) + ") { echo 'checked' }");
            checkout.awaitCanary();
            jenkins.waitForMessage("baking", run);
            checkout.routerGoesAway();
            OpenRelease release = ReleaseGuardService.get().all().get(0);
            release.rollBack(BreachCause.OPERATOR, "ann", "enough");
            String page = jenkins.getURL() + "release-guard/release/" + release.id() + "/";
            jenkins.waitForMessage("this build waits: ", run);
            jenkins.assertLogContains("Take the release over, or close it, at " + page, run);
            try (JenkinsRule.WebClient web = jenkins.createWebClient().withJavaScriptEnabled(false)) {
                assertThat(web.getPage(page).getWebResponse().getStatusCode()).isEqualTo(200);
            }
            int told = release.events().size();
            Waits.until("more tries", () -> release.events().size() > told + 4);
            release.runner().operate(OperatorCommand.CLOSE, "ann", "moved by hand", null);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            assertThat(run.getLog(1000))
                    .filteredOn(line -> line.contains("this build waits: "))
                    .hasSize(1);
        }
    }

    /** What the button does; the answer's status. */
    private static int operate(JenkinsRule jenkins, OpenRelease release, String command, String reason)
            throws Exception {
        String door = "release-guard/release/" + release.id() + "/" + release.id() + "/operate";
        WebRequest request =
                new WebRequest(jenkins.getURL().toURI().resolve(door).toURL(), HttpMethod.POST);
        request.setRequestParameters(
                List.of(new NameValuePair("command", command), new NameValuePair("reason", reason)));
        JenkinsRule.WebClient web = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false)
                .login("operator");
        return web.getPage(web.addCrumb(request)).getWebResponse().getStatusCode();
    }
}
