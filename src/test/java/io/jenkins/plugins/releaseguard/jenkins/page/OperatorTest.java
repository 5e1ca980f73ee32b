// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.Item;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Who may do what to a release under way, and by which door. */
@WithJenkins
class OperatorTest {
    private static final String[] DOORS = {
        "checkout-live/operate",
        "checkout-live/signOff",
        "checkout-live/override",
        "checkout-live/approvePhase",
        "verify"
    };

    private static JenkinsRule jenkins;

    private FreeStyleBuild build;
    private PageSamples.Live release;
    private PageSamples.Desk desk;

    @TempDir
    Path open;

    /** One controller for all: starting it is what takes time. */
    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader", "operator", "manager", "stranger", "dana", "release-managers", "named")
                .grant(ReleaseGuardPermissions.OPERATE)
                .everywhere()
                .to("operator")
                .grant(ReleaseGuardPermissions.SIGN_OFF)
                .everywhere()
                .to("manager", "stranger", "dana")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root"));
    }

    @BeforeEach
    void release() throws Exception {
        build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        release = new PageSamples.Live(open, ReportFixture.running());
        desk = PageSamples.Desk.install();
        desk.open.put("checkout-live", release);
        ReleaseReportAction.attach(build, "checkout-live", "checkout", "1.42.0", "production");
    }

    @Test
    void withoutReadThereIsNothing() throws Exception {
        JenkinsRule.WebClient anonymous = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false);
        anonymous.setRefreshHandler((page, url, seconds) -> {}); // Jenkins' way to its login page
        for (String path : new String[] {
            "", "/data", "/body", "/panel", "/report.json", "/report.html", "/journal.jsonl", "/journal.readings"
        }) {
            assertThat(anonymous
                            .goTo(build.getUrl() + "release-guard" + path, null)
                            .getWebResponse()
                            .getStatusCode())
                    .as(path)
                    .isIn(403, 404);
        }
        for (String door : DOORS) {
            assertThat(post(anonymous, door, "command=pause&reason=x", true).getStatusCode())
                    .as(door)
                    .isIn(403, 404);
        }
        assertThat(release.heard).isEmpty();
    }

    @Test
    void aReaderSeesNoButtonsAndIsRefused() throws Exception {
        JenkinsRule.WebClient reader = login("reader");
        HtmlPage page = reader.getPage(build, "release-guard");
        assertThat(page.getByXPath("//*[@data-command]")).isEmpty();
        assertThat(page.asNormalizedText()).contains("Phase 3");
        assertThat(post(reader, "checkout-live/operate", "command=rollback&reason=x", true)
                        .getStatusCode())
                .isEqualTo(403);
        assertThat(post(
                                reader,
                                "checkout-live/signOff",
                                "entry=DEP-006&approve=true&digest=" + PageSamples.DIGEST,
                                true)
                        .getStatusCode())
                .isEqualTo(403);
        assertThat(release.heard).isEmpty();
    }

    @Test
    void anOperatorCommandsByName() throws Exception {
        JenkinsRule.WebClient operator = login("operator");
        HtmlPage page = operator.getPage(build, "release-guard");
        // pause, promote, roll back; and since people are called while it is undecided, take over
        assertThat(page.getByXPath("//*[@data-command]")).hasSize(4);
        assertThat(post(operator, "checkout-live/operate", "command=pause&reason=" + encoded("lunch\n\tbreak"), true)
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(post(operator, "checkout-live/operate", "command=promote&phase=2&reason=proven+elsewhere", true)
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(post(operator, "checkout-live/operate", "command=rollback&reason=customers+complain", true)
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(release.heard)
                .containsExactly(
                        "pause by operator: lunch break",
                        "promote phase 2 by operator: proven elsewhere",
                        "rollback (operator) by operator: customers complain");
    }

    /** M6: a click on a page that still shows the phase before must not end the next one. */
    @Test
    void promotionNamesItsPhase() throws Exception {
        JenkinsRule.WebClient operator = login("operator");
        HtmlPage page = operator.getPage(build, "release-guard");
        assertThat(page.<HtmlElement>getFirstByXPath("//*[@data-command='promote']")
                        .getAttribute("data-phase"))
                .isEqualTo("2");
        assertThat(post(operator, "checkout-live/operate", "command=promote&phase=1&reason=x", true)
                        .getStatusCode())
                .as("another phase")
                .isEqualTo(409);
        assertThat(post(operator, "checkout-live/operate", "command=promote&reason=x", true)
                        .getStatusCode())
                .as("no phase")
                .isEqualTo(400);
        assertThat(release.heard).isEmpty();
    }

    @Test
    void neverByGetAndNeverWithoutACrumb() throws Exception {
        // who may do everything, so that nothing else is why
        JenkinsRule.WebClient root = login("root");
        for (String door : DOORS) {
            WebRequest get = new WebRequest(url(door).toURL(), HttpMethod.GET);
            assertThat(root.getPage(get).getWebResponse().getStatusCode())
                    .as(door)
                    .isEqualTo(405);
            WebResponse without = post(root, door, "command=pause&reason=x", false);
            assertThat(without.getStatusCode()).as(door).isEqualTo(403);
            assertThat(without.getContentAsString()).as(door).contains("No valid crumb");
            assertThat(post(root, door, "command=pause&reason=x", true).getContentAsString())
                    .as(door)
                    .doesNotContain("No valid crumb");
        }
        assertThat(release.heard).containsExactly("pause by root: x");
    }

    @Test
    void commandsNeedAReasonAndTheirMoment() throws Exception {
        JenkinsRule.WebClient operator = login("operator");
        assertThat(post(operator, "checkout-live/operate", "command=pause&reason=+", true)
                        .getStatusCode())
                .isEqualTo(400);
        WebResponse unknown = post(operator, "checkout-live/operate", "command=format&reason=x", true);
        assertThat(unknown.getStatusCode()).isEqualTo(400);
        assertThat(unknown.getContentType()).isEqualTo("application/json");
        assertThat(unknown.getContentAsString()).contains("The commands are pause");
        assertThat(post(operator, "checkout-live/operate", "command=resume&reason=x", true)
                        .getStatusCode())
                .as("not paused")
                .isEqualTo(409);
        release.happens(new Event.Operated(OperatorCommand.PAUSE, "operator", "x"));
        assertThat(post(operator, "checkout-live/operate", "command=pause&reason=x", true)
                        .getStatusCode())
                .as("paused already")
                .isEqualTo(409);
        assertThat(post(operator, "checkout-live/operate", "command=resume&reason=x", true)
                        .getStatusCode())
                .isEqualTo(200);
        desk.open.clear();
        assertThat(post(operator, "checkout-live/operate", "command=rollback&reason=x", true)
                        .getStatusCode())
                .as("ended")
                .isEqualTo(409);
        assertThat(release.heard).containsExactly("resume by operator: x");
    }

    @Test
    void onlyWhoIsAskedSigns() throws Exception {
        release.pending.add(PageSamples.approval("Release approved"));
        JenkinsRule.WebClient stranger = login("stranger");
        HtmlPage others = stranger.getPage(build, "release-guard");
        assertThat(others.asNormalizedText())
                .contains("Release approved", "1 of 2 approvals", "r.lee approved", "Tried it", "not among those");
        assertThat(others.getByXPath("//button[@data-approve]")).isEmpty();
        assertThat(post(
                                stranger,
                                "checkout-live/signOff",
                                "entry=DEP-006&approve=true&digest=" + PageSamples.DIGEST,
                                true)
                        .getStatusCode())
                .isEqualTo(403);

        JenkinsRule.WebClient manager = login("manager");
        HtmlPage mine = manager.getPage(build, "release-guard");
        assertThat(mine.getByXPath("//button[@data-approve]")).hasSize(2);
        assertThat(post(manager, "checkout-live/signOff", "entry=DEP-006&approve=true&digest=older", true)
                        .getStatusCode())
                .as("for another artifact than the one that waits")
                .isEqualTo(409);
        assertThat(post(
                                manager,
                                "checkout-live/signOff",
                                "entry=DEP-006&approve=true&digest=" + PageSamples.DIGEST + "&comment=fine",
                                true)
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(release.heard).containsExactly("approved by manager: fine");
    }

    @Test
    void whoCannotSignIsToldWhy() throws Exception {
        release.pending.add(PageSamples.approval("Release approved"));
        String sign = "entry=DEP-006&approve=true&digest=" + PageSamples.DIGEST;
        JenkinsRule.WebClient author = login("dana");
        HtmlPage page = author.getPage(build, "release-guard");
        assertThat(page.asNormalizedText()).contains("You made this release");
        assertThat(page.getByXPath("//button[@data-approve]")).isEmpty();
        WebResponse refused = post(author, "checkout-live/signOff", sign, true);
        assertThat(refused.getStatusCode()).isEqualTo(403);
        assertThat(refused.getContentAsString()).contains("somebody else has to sign");

        // a user called as the group that is named
        JenkinsRule.WebClient namesake = login("release-managers");
        assertThat(namesake.getPage(build, "release-guard").asNormalizedText())
                .contains("You are not among those who are asked");
        assertThat(post(namesake, "checkout-live/signOff", sign, true).getStatusCode())
                .isEqualTo(403);
        JenkinsRule.WebClient named = login("named");
        assertThat(named.getPage(build, "release-guard").asNormalizedText())
                .contains("You are named, but lack the permission Release Guard/SignOff");
        assertThat(post(named, "checkout-live/signOff", sign, true).getStatusCode())
                .isEqualTo(403);
        assertThat(release.heard).isEmpty();
    }

    @Test
    void aRefusalNeedsWords() throws Exception {
        release.pending.add(PageSamples.approval("Release approved"));
        JenkinsRule.WebClient manager = login("manager");
        String refuse = "entry=DEP-006&approve=false&digest=" + PageSamples.DIGEST + "&comment=";
        WebResponse silent = post(manager, "checkout-live/signOff", refuse + "+", true);
        assertThat(silent.getStatusCode()).isEqualTo(400);
        assertThat(silent.getContentAsString()).contains("says why");
        assertThat(post(manager, "checkout-live/signOff", refuse + "Cards+vanish", true)
                        .getStatusCode())
                .isEqualTo(200);
        assertThat(release.heard).containsExactly("refused by manager: Cards vanish");
    }

    private JenkinsRule.WebClient login(String user) throws Exception {
        return jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                // buttons and refusals are the server's; what scripts do is seen in a real browser
                .withJavaScriptEnabled(false)
                .login(user);
    }

    private WebResponse post(JenkinsRule.WebClient web, String door, String body, boolean crumb) throws Exception {
        WebRequest request = new WebRequest(url(door).toURL(), HttpMethod.POST);
        request.setAdditionalHeader("Content-Type", "application/x-www-form-urlencoded");
        request.setRequestBody(body);
        if (crumb) {
            request.setAdditionalHeader(
                    jenkins.jenkins.getCrumbIssuer().getCrumbRequestField(),
                    jenkins.jenkins.getCrumbIssuer().getCrumb((jakarta.servlet.ServletRequest) null));
        }
        return web.getPage(request).getWebResponse();
    }

    private URI url(String door) throws Exception {
        return jenkins.getURL().toURI().resolve(build.getUrl() + "release-guard/" + door);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
