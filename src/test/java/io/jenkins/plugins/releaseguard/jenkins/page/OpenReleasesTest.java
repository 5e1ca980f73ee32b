// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of all open releases, and the live page of one, whatever became of the build (M4). */
@WithJenkins
class OpenReleasesTest {
    private static final String DOOR = "release-guard/release/checkout-live/checkout-live/operate";

    private static JenkinsRule jenkins;

    private FreeStyleProject job;
    private PageSamples.Live release;
    private PageSamples.Desk desk;

    @TempDir
    Path open;

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        MockFolder secret = rule.createFolder("secret");
        FreeStyleProject hidden = secret.createProject(FreeStyleProject.class, "hidden");
        FreeStyleProject seen = rule.createFreeStyleProject("seen");
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("nobody", "reader", "operator", "rooted")
                .grant(Item.READ)
                .onItems(seen)
                .to("reader", "operator")
                .grant(Item.READ)
                .onItems(hidden)
                .to("reader")
                .grant(ReleaseGuardPermissions.OPERATE)
                .onItems(seen)
                .to("operator")
                .grant(ReleaseGuardPermissions.OPERATE)
                .onRoot()
                .to("rooted")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root"));
    }

    @BeforeEach
    void release() throws Exception {
        job = jenkins.jenkins.getItemByFullName("seen", FreeStyleProject.class);
        release = new PageSamples.Live(open, ReportFixture.running());
        desk = PageSamples.Desk.install();
        desk.open.put("checkout-live", release);
        of(jenkins.buildAndAssertSuccess(job).getExternalizableId(), null);
    }

    private void of(String build, String gone) {
        release.facts = new LiveFacts(
                "checkout-live",
                "checkout",
                "1.42.0",
                "production",
                build,
                gone,
                Instant.now().minusSeconds(4000),
                4);
    }

    @Test
    void everyReleaseInMotionIsListed() throws Exception {
        HtmlPage page = login("reader").goTo("release-guard");
        assertThat(page.asNormalizedText())
                .contains("Open releases", "checkout 1.42.0 → production", "Running", "3 of 4", "5 %", "1 hr 6 min")
                .contains(release.facts.build().replace("#", " #"));
        assertThat(page.getByXPath("//*[@data-command]")).isEmpty();
        // and the way there
        assertThat(leads(login("reader"))).isTrue();
        desk.open.clear();
        assertThat(login("reader").goTo("release-guard").asNormalizedText()).contains("No release is in motion");
        assertThat(leads(login("reader"))).isFalse();
        assertThat(leads(login("root"))).isTrue();
    }

    @Test
    void theLivePageIsBelowIt() throws Exception {
        HtmlPage page = login("operator").goTo("release-guard/release/checkout-live/");
        assertThat(page.asNormalizedText()).contains("checkout 1.42.0 → production", "Phase 3", "Roll back now");
        assertThat(page.getByXPath("//ol[@id='breadcrumbs']//a[contains(@href, '/release-guard/')]"))
                .isNotEmpty();
        assertThat(page.getByXPath("//*[@data-command]")).hasSize(4);
        JenkinsRule.WebClient operator = login("operator");
        for (String part : new String[] {"body", "panel", "data"}) {
            WebResponse answer = operator.goTo("release-guard/release/checkout-live/" + part, null)
                    .getWebResponse();
            assertThat(answer.getStatusCode()).as(part).isEqualTo(200);
        }
        assertThat(operator.goTo("release-guard/body", null).getWebResponse().getContentAsString())
                .contains("Roll back now");
    }

    /** What a reader can't see is not found: neither the job, nor the job in a folder that can't be seen. */
    @Test
    void whoMayNotSeeTheJobSeesNoRelease() throws Exception {
        nothingFor("nobody");
        of("secret/hidden#1", null);
        nothingFor("reader");
        nothingFor("operator");
        assertThat(login("root").goTo("release-guard").asNormalizedText()).contains("checkout 1.42.0");
    }

    private void nothingFor(String user) throws Exception {
        JenkinsRule.WebClient web = login(user);
        assertThat(web.goTo("release-guard").asNormalizedText()).doesNotContain("checkout");
        for (String page : new String[] {"", "data", "body", "panel"}) {
            assertThat(web.goTo("release-guard/release/checkout-live/" + page, null)
                            .getWebResponse()
                            .getStatusCode())
                    .as(user + " " + page)
                    .isEqualTo(404);
        }
        assertThat(post(web, DOOR, "command=pause&reason=x", true).getStatusCode())
                .as(user)
                .isEqualTo(404);
        assertThat(leads(web)).isFalse();
        assertThat(release.heard).isEmpty();
    }

    /** M4: who may operate at the root decides where the job itself is gone. */
    @Test
    void aReleaseWithoutItsJobIsForWhoMayDecideAtTheRoot() throws Exception {
        of("deleted/job#7", "the build was deleted");
        nothingFor("reader");
        nothingFor("operator");
        for (String user : new String[] {"rooted", "root"}) {
            HtmlPage list = login(user).goTo("release-guard");
            assertThat(list.asNormalizedText()).as(user).contains("checkout 1.42.0", "Gone: the build was deleted");
            HtmlPage page = login(user).goTo("release-guard/release/checkout-live/");
            assertThat(page.asNormalizedText()).contains("build gone", "the build was deleted");
            assertThat(page.getByXPath("//*[@data-command]")).hasSize(4);
        }
        assertThat(post(login("rooted"), DOOR, "command=rollback&reason=enough", true)
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(release.heard).containsExactly("rollback (operator) by rooted: enough");
    }

    /** M4: the build alone is gone: the job's permissions count as before. */
    @Test
    void aReleaseWithoutItsBuildKeepsItsJobsPermissions() throws Exception {
        of("seen#4711", "the build was deleted");
        assertThat(login("reader").goTo("release-guard").asNormalizedText()).contains("Gone: the build was deleted");
        assertThat(post(login("reader"), DOOR, "command=pause&reason=x", true).getStatusCode())
                .isEqualTo(403);
        assertThat(post(login("operator"), DOOR, "command=pause&reason=x", true).getStatusCode())
                .isEqualTo(200);
        assertThat(release.heard).containsExactly("pause by operator: x");
    }

    @Test
    void neverByGetAndNeverWithoutACrumb() throws Exception {
        JenkinsRule.WebClient root = login("root");
        for (String door : new String[] {"operate", "signOff", "override", "approvePhase"}) {
            String path = "release-guard/release/checkout-live/checkout-live/" + door;
            WebRequest get =
                    new WebRequest(jenkins.getURL().toURI().resolve(path).toURL(), HttpMethod.GET);
            assertThat(root.getPage(get).getWebResponse().getStatusCode())
                    .as(door)
                    .isEqualTo(405);
            WebResponse without = post(root, path, "command=pause&reason=x", false);
            assertThat(without.getStatusCode()).as(door).isEqualTo(403);
            assertThat(without.getContentAsString()).as(door).contains("No valid crumb");
        }
        assertThat(post(root, "release-guard/release/checkout-live/other/operate", "command=pause&reason=x", true)
                        .getStatusCode())
                .isEqualTo(404);
        assertThat(release.heard).isEmpty();
    }

    @Test
    void whoLooksWhenItEndsIsToldSo() throws Exception {
        JenkinsRule.WebClient operator = login("operator");
        operator.goTo("release-guard/release/checkout-live/");
        desk.open.clear();
        assertThat(operator.goTo("release-guard/release/checkout-live/data", "application/json")
                        .getWebResponse()
                        .getContentAsString())
                .contains("\"live\":false");
        assertThat(operator.goTo("release-guard/release/checkout-live/").asNormalizedText())
                .contains("This release has ended");
        // and nobody else learns that there was one
        assertThat(login("nobody")
                        .goTo("release-guard/release/checkout-live/", null)
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(404);
    }

    @Test
    void whatNeedsSomebodyComesFirst() throws Exception {
        PageSamples.Live other = new PageSamples.Live(open.resolve("other"), ReportFixture.running());
        other.facts = new LiveFacts("billing-live", "billing", "7", "production", "seen#1", null, Instant.now(), 4);
        desk.open.put("billing-live", other);
        other.happens(Event.Breached.of(BreachCause.OPERATOR, "customers complain"));
        String text = login("reader").goTo("release-guard").asNormalizedText();
        assertThat(text.indexOf("billing 7")).isBetween(0, text.indexOf("checkout 1.42.0"));
        assertThat(ExtensionList.lookupSingleton(OpenReleases.class)).isNotNull();
    }

    /** H7: the router is away, and so the rollback goes on without an end: a person takes it over, and closes it with a reason. */
    @Test
    void aRollbackThatIsNotConfirmedIsTakenAndClosed() throws Exception {
        release.happens(Event.Breached.of(BreachCause.OPERATOR, "customers complain"));
        release.happens(new Event.RollbackStarted("customers complain", 0, 0, false));
        release.happens(new Event.RollbackUnconfirmed("the router is away", 60));
        assertThat(login("reader").goTo("release-guard").asNormalizedText())
                .contains("Not confirmed", "See where the traffic is, now: the router is away.")
                .doesNotContain("Holding");
        assertThat(commands("release-guard")).containsExactly("take", "close");
        assertThat(commands("release-guard/release/checkout-live/")).containsExactly("take", "close");
        for (String command : new String[] {"take", "close"}) {
            String asked = "command=" + command + "&reason=";
            assertThat(post(login("operator"), DOOR, asked + "+", true).getStatusCode())
                    .as(command + " without a reason")
                    .isEqualTo(400);
            assertThat(post(login("reader"), DOOR, asked + "x", true).getStatusCode())
                    .as(command + " without the permission")
                    .isEqualTo(403);
            assertThat(post(login("operator"), DOOR, asked + "x", false).getStatusCode())
                    .as(command + " without a crumb")
                    .isEqualTo(403);
        }
        assertThat(release.heard).isEmpty();

        assertThat(post(login("operator"), DOOR, "command=take&reason=mine", true)
                        .getStatusCode())
                .isEqualTo(200);
        release.happens(new Event.Operated(OperatorCommand.TAKE, "operator", "mine"));
        assertThat(commands("release-guard")).containsExactly("close");
        assertThat(login("reader").goTo("release-guard").asNormalizedText()).contains("Taken over by operator");
        assertThat(post(login("operator"), DOOR, "command=close&reason=by+hand", true)
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(release.heard).containsExactly("take by operator: mine", "close by operator: by hand");
    }

    /** H7: the traffic is back, but an action of the procedure is not done and people are called for it: somebody says that he is on it. */
    @Test
    void whatARollbackLeftUndoneIsTakenButNotClosed() throws Exception {
        release.happens(Event.Breached.of(BreachCause.OPERATOR, "customers complain"));
        release.happens(new Event.RollbackStarted("customers complain", 0, 0, false));
        assertThat(commands("release-guard")).as("in its time").isEmpty();
        release.happens(new Event.Done(EffectKey.action(0).toString(), "the job failed", 0));
        assertThat(commands("release-guard")).containsExactly("take");
        assertThat(post(login("operator"), DOOR, "command=close&reason=x", true).getStatusCode())
                .isEqualTo(409);
        assertThat(post(login("operator"), DOOR, "command=take&reason=x", true).getStatusCode())
                .isEqualTo(200);
        assertThat(release.heard).containsExactly("take by operator: x");
    }

    /** What an operator's buttons send, in order. */
    private static List<String> commands(String page) throws Exception {
        return login("operator").goTo(page).<HtmlElement>getByXPath("//*[@data-command]").stream()
                .map(button -> button.getAttribute("data-command"))
                .toList();
    }

    /** Our own lateness is nobody's business but the administrators'. */
    @Test
    void lanesAreShownToAdministrators() throws Exception {
        assertThat(login("root").goTo("release-guard").asNormalizedText())
                .contains("Our own lateness", "moving traffic back", "asking metric sources");
        assertThat(login("operator").goTo("release-guard").asNormalizedText()).doesNotContain("Our own lateness");
        assertThat(login("operator")
                        .goTo("release-guard/panel", null)
                        .getWebResponse()
                        .getContentAsString())
                .doesNotContain("moving traffic back");
    }

    /** Whether the header of a page leads there. */
    private static boolean leads(JenkinsRule.WebClient web) throws Exception {
        return web.goTo("").getWebResponse().getContentAsString().contains("/jenkins/release-guard\"");
    }

    private static JenkinsRule.WebClient login(String user) throws Exception {
        return jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false)
                .login(user);
    }

    private WebResponse post(JenkinsRule.WebClient web, String door, String body, boolean crumb) throws Exception {
        WebRequest request =
                new WebRequest(jenkins.getURL().toURI().resolve(door).toURL(), HttpMethod.POST);
        request.setAdditionalHeader("Content-Type", "application/x-www-form-urlencoded");
        request.setRequestBody(body);
        if (crumb) {
            request.setAdditionalHeader(
                    jenkins.jenkins.getCrumbIssuer().getCrumbRequestField(),
                    jenkins.jenkins.getCrumbIssuer().getCrumb((jakarta.servlet.ServletRequest) null));
        }
        return web.getPage(request).getWebResponse();
    }
}
