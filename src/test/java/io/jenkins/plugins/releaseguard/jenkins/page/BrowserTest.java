// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import hudson.model.FreeStyleBuild;
import hudson.model.Item;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import io.jenkins.plugins.releaseguard.jenkins.testing.Chromium;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pages in a real browser, under Jenkins' own content security policy. Skipped where there is no Chromium. */
@WithJenkins
class BrowserTest {
    private static JenkinsRule jenkins;
    private static Chromium browser;

    private FreeStyleBuild build;

    @TempDir
    Path open;

    /** One controller and one browser for all: starting them is what takes time. */
    @BeforeAll
    static void start(JenkinsRule rule, @TempDir Path scratch) {
        Optional<Path> program = Chromium.installed();
        assumeTrue(program.isPresent(), "neither chromium nor google-chrome is on the PATH");
        jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(
                        Jenkins.READ,
                        Item.READ,
                        ReleaseGuardPermissions.OPERATE,
                        ReleaseGuardPermissions.SIGN_OFF,
                        ReleaseGuardPermissions.OVERRIDE)
                .everywhere()
                .to("manager"));
        browser = Chromium.start(program.get(), scratch);
        browser.as("manager");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void build() throws Exception {
        build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        browser.forget();
    }

    @Test
    void aReleaseUnderWayIsFollowedAndOperated() throws Exception {
        PageSamples.Live release = live(ReportFixture.running());
        browser.open(report());
        assertThat(text()).contains("Phase 3", "5 % of the traffic").doesNotContain("paused by m.ortiz");

        // the page learns by itself
        release.happens(new Event.Operated(OperatorCommand.PAUSE, "m.ortiz", "lunch"));
        says(".rg-now", "paused by m.ortiz");

        // a button asks why, and tells
        locate("[data-command=resume]").click();
        locate("dialog[open] input").fill("back from lunch");
        locate("dialog[open] [data-id=ok]").click();
        says(".rg-answer", "Noted");
        assertThat(release.heard).containsExactly("resume by manager: back from lunch");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void anApprovalIsGivenAndRefusedWithWords() throws Exception {
        PageSamples.Live release = live(ReportFixture.running());
        release.pending.add(PageSamples.approval("Release approved"));
        browser.open(report());
        assertThat(text()).contains("1 of 2 approvals", "r.lee approved", "Due", "left", "then the gate says no");

        locate("[data-approve=false]").click();
        says(".rg-sign .rg-answer", "says why");
        locate(".rg-sign textarea").fill("fine by me");
        locate("[data-approve=true]").click();
        assertThat(locate(".rg-sign textarea")).hasValue("");
        assertThat(release.heard).containsExactly("approved by manager: fine by me");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatTheGateHoldsAgainstAReleaseIsWaivedOrOverruled() throws Exception {
        PageSamples.Live release = live(ReportFixture.running().subList(0, 1));
        browser.open(report());
        assertThat(text()).contains("DEP-002 (tests: fail)", "6 tests failed", "One finding at a time");

        locate("[data-waive]").click();
        says(".rg-waive ~ .rg-answer", "A reason is needed");
        locate(".rg-waive textarea").fill("the runner is broken");
        locate(".rg-waive input").fill("9");
        locate("[data-waive]").click();
        says(".rg-waive ~ .rg-answer", "from 1 to 7 days");
        locate(".rg-waive input").fill("2");
        locate("[data-waive]").click();
        assertThat(locate(".rg-waive textarea")).hasValue("");
        locate("[data-command=override]").click();
        assertThat(locate("dialog[open]")).containsText("in spite of DEP-002 (tests: failed)");
        locate("dialog[open] input").fill("urgent");
        locate("dialog[open] [data-id=ok]").click();
        says(".rg-operate .rg-answer", "Noted");
        assertThat(release.heard)
                .containsExactly(
                        "waived DEP-002 (tests: fail) by manager: the runner is broken", "override by manager: urgent");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void everyPageKeepsThePolicy() throws Exception {
        PageSamples.sealed(build, "checkout-1", ReportFixture.rolledBack());
        PageSamples.ledger(build, "checkout", ReportFixture.rolledBack());
        JobReleases.get().note(build.getParent(), "checkout");
        for (String page : new String[] {"", "release-guard/", "../", "../releases/"}) {
            browser.open(jenkins.getURL()
                    .toURI()
                    .resolve(build.getUrl())
                    .resolve(page)
                    .toString());
            assertThat(text()).as(page).contains("Rolled back");
            assertThat(browser.complaints()).as(page).isEmpty();
        }
        Response page = browser.open(report());
        locate(".rg-verify").click();
        assertThat(locate(".rg-checked")).hasText(Pattern.compile("^Intact"));
        assertThat(browser.complaints()).isEmpty();

        // the policy is in force, and what it refuses is seen
        assertThat(page.headerValue("Content-Security-Policy")).contains("script-src");
        browser.page()
                .evaluate("document.body.append("
                        + "Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))");
        assertThat(browser.page().evaluate("window.ran === undefined")).isEqualTo(true);
        assertThat(browser.complaints()).anyMatch(refused -> refused.contains("script-src"));
    }

    @Test
    void theListOfOpenReleasesIsOperatedAndFollowed() throws Exception {
        PageSamples.Live release = live(ReportFixture.running());
        release.facts = new LiveFacts(
                "of-" + build.getParent().getName(),
                "checkout",
                "1.42.0",
                "production",
                build.getExternalizableId(),
                null,
                Instant.now().minusSeconds(4000),
                4);
        String list = jenkins.getURL() + "release-guard/";
        browser.open(list);
        assertThat(text()).contains("Open releases", "checkout 1.42.0", "3 of 4", "5 %");

        locate("[data-command=pause]").click();
        locate("dialog[open] input").fill("lunch");
        locate("dialog[open] [data-id=ok]").click();
        says(".rg-said", "Noted");
        assertThat(release.heard).containsExactly("pause by manager: lunch");
        release.happens(new Event.Operated(OperatorCommand.PAUSE, "manager", "lunch"));
        says(".rg-body", "paused by manager");
        assertThat(browser.complaints()).isEmpty();

        // its own page, where it ends under the reader's eyes
        browser.open(list + "release/" + release.facts.id() + "/");
        assertThat(text()).contains("paused by manager", "Phase 3");
        locate("[data-command=resume]").click();
        locate("dialog[open] input").fill("back");
        locate("dialog[open] [data-id=ok]").click();
        says(".rg-answer", "Noted");
        PageSamples.Desk.clear();
        says(".rg-body", "This release has ended");
        assertThat(release.heard).hasSize(2).last().isEqualTo("resume by manager: back");
        assertThat(browser.complaints()).isEmpty();
    }

    /** On a telephone buttons come one below the other, and none covers another or leaves the page. */
    @Test
    void buttonsStandApartWhereThereIsLittleRoom() throws Exception {
        live(ReportFixture.running());
        browser.page().setViewportSize(360, 800);
        try {
            for (String page : new String[] {jenkins.getURL() + "release-guard/", report()}) {
                browser.open(page);
                List<BoundingBox> buttons = browser.page().locator(".rg-controls button").all().stream()
                        .map(Locator::boundingBox)
                        .toList();
                assertThat(buttons).as(page).hasSize(4);
                assertThat(buttons.get(3).y).as(page).isGreaterThan(buttons.get(0).y);
                for (int i = 0; i < buttons.size(); i++) {
                    assertThat(buttons.get(i).x + buttons.get(i).width).as(page).isLessThanOrEqualTo(360);
                    for (int j = 0; j < i; j++) {
                        assertThat(apart(buttons.get(i), buttons.get(j)))
                                .as("%s: buttons %d and %d", page, j, i)
                                .isTrue();
                    }
                }
            }
        } finally {
            browser.page().setViewportSize(1280, 720);
        }
    }

    /** What is long to say of a phase takes lines, and leaves what is short in one. */
    @Test
    void aPhaseThatWarmedUpIsReadWhereThereIsLittleRoom() throws Exception {
        live(ReportFixture.running().stream()
                .map(s -> s.event() instanceof Event.BakeStarted baking && baking.phase() == 1
                        ? new Stamped(s.seq(), s.at(), s.wall(), new Event.BakeStarted(1, 120.0))
                        : s)
                .toList());
        browser.page().setViewportSize(360, 800);
        try {
            browser.open(report());
            assertThat(text()).contains("2 min of it warm-up");
            assertThat(browser.page().locator(".rg-state").all())
                    .hasSize(6)
                    .allSatisfy(state -> assertThat(state.boundingBox().height)
                            .as(state.innerText())
                            .isLessThan(30));
        } finally {
            browser.page().setViewportSize(1280, 720);
        }
    }

    private static boolean apart(BoundingBox a, BoundingBox b) {
        return a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
    }

    private PageSamples.Live live(List<Stamped> events) throws Exception {
        PageSamples.Live release = new PageSamples.Live(open, events);
        String record = "of-" + build.getParent().getName();
        PageSamples.Desk.install().open.put(record, release);
        ReleaseReportAction.attach(build, record, "checkout", "1.42.0", "production");
        return release;
    }

    private String report() throws Exception {
        return jenkins.getURL()
                .toURI()
                .resolve(build.getUrl() + "release-guard/")
                .toString();
    }

    private String text() {
        return locate("body").innerText();
    }

    private static Locator locate(String selector) {
        return browser.page().locator(selector).first();
    }

    /** Sooner or later, to the eye. */
    private static void says(String selector, String text) {
        assertThat(locate(selector))
                .containsText(text, new LocatorAssertions.ContainsTextOptions().setUseInnerText(true));
    }
}
