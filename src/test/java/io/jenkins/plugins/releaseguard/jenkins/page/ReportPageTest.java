// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.User;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.experimentalflags.NewBuildPageUserExperimentalFlag;
import jenkins.model.experimentalflags.UserExperimentalFlagsProperty;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomAttr;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a reader sees, however the release went and whatever became of its files. */
@WithJenkins
class ReportPageTest {
    private static JenkinsRule jenkins;

    private FreeStyleProject project;
    private FreeStyleBuild build;
    private JenkinsRule.WebClient web;

    @TempDir
    Path open;

    /** One controller for all: starting it is what takes time. */
    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void build() throws Exception {
        project = jenkins.createFreeStyleProject("checkout-service");
        build = jenkins.buildAndAssertSuccess(project);
        // pages are the server's; what scripts do is seen in a real browser
        web = jenkins.createWebClient().withJavaScriptEnabled(false);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        web.close();
        PageSamples.Desk.clear();
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        jenkins.jenkins.getItem("checkout-service").delete();
    }

    /** On the release's page, its build's, its job's and the list of all: what was expected, and what is left of it. */
    @Test
    void whatToExpectIsSaidWhereverTheReleaseIsShown() throws Exception {
        PageSamples.Live release = new PageSamples.Live(open, ReportFixture.running());
        release.facts =
                new LiveFacts("live-1", "checkout", "1.42.0", "production", build.getExternalizableId(), null, null, 4);
        PageSamples.Desk.install().open.put("live-1", release);
        ReleaseReportAction.attach(build, "live-1", "checkout", "1.42.0", "production");
        JobReleases.get().note(project, "checkout");
        String[] pages = {
            build.getUrl() + "release-guard/",
            build.getUrl(),
            project.getUrl(),
            project.getUrl() + "releases/",
            "release-guard/",
            "release-guard/release/live-1/"
        };
        for (String page : pages) {
            assertThat(text(page)).as(page).doesNotContain("Time left", "Expected", "about 1 h");
        }
        String before = panel();

        release.expected = "about 1 h 10 min; the phase of 1% needs 42 min at the present 11 requests/s";
        for (String page : pages) {
            assertThat(text(page)).as(page).contains("Expected", "about 1 h 10 min; the phase of 1% needs 42 min");
        }
        assertThat(panel()).as("a page that is open learns of it").isNotEqualTo(before);
        release.remaining = "about 35 min left, 9 of 10 within 50 min; waiting for MON-002 to be proven";
        for (String page : pages) {
            assertThat(text(page))
                    .as(page)
                    .containsIgnoringCase("about 35 min left, 9 of 10 within 50 min; waiting for MON-002");
        }

        PageSamples.Desk.clear();
        assertThat(text(build.getUrl() + "release-guard/")).doesNotContain("Time left", "about 1 h 10 min");
        assertThat(text(project.getUrl())).doesNotContain("about 35 min left");
    }

    private String text(String page) throws Exception {
        return ((HtmlPage) web.goTo(page)).asNormalizedText();
    }

    private String panel() throws Exception {
        return web.getJSON(build.getUrl() + "release-guard/data")
                .getJSONObject()
                .getString("panel");
    }

    @Test
    void promoted() throws Exception {
        PageSamples.sealed(build, "checkout-1", ReportFixture.promoted());
        assertThat(report().asNormalizedText())
                .contains("Promoted", "All 6 phases passed", "error rate", "baseline", "Timeline", "Deployment summary")
                .doesNotContain("Rollback stopwatch");
        assertThat(buildPage().asNormalizedText()).contains("checkout", "Promoted", "All 6 phases passed");
        assertThat(build.getAction(ReleaseReportAction.class).getBuildHealth().getScore())
                .isEqualTo(100);
    }

    @Test
    void rolledBackSaysWhyFirst() throws Exception {
        PageSamples.sealed(build, "checkout-1", ReportFixture.rolledBack());
        HtmlPage page = report();
        assertThat(page.asNormalizedText())
                .contains("Rolled back", "4.4 %", "limit", "Rollback stopwatch", "Detect", "Decide", "Act", "Confirm");
        assertThat(page.<DomElement>getFirstByXPath("//div[@class='rg-body']/section[1]")
                        .getTextContent())
                .contains("Rolled back", "over the limit of 2 %");
        assertThat(page.getByXPath("//div[@class='rg-track']/span[starts-with(@class,'rg-segment')]"))
                .hasSize(4);
        assertThat(build.getAction(ReleaseReportAction.class).getBadge().getSeverity())
                .isEqualTo("danger");
    }

    /** F2, F12: of what kind and unit each query is and what was asked, as lint explains it. */
    @Test
    void whatAMetricIsAskedStandsOnItsCard() throws Exception {
        List<String> lines = List.of(
                "errors: per second over the look of events; asked are the look's scrapes of e_total{track=\"$track\"}",
                "histogram: bucket series, counter in ms (bucketUnit); <b>no markup</b>");
        Event.Armed armed = new Event.Armed(Map.of("MON-001", 0.0001), false, null, null, Map.of("MON-001", lines));
        List<Stamped> events = ReportFixture.rolledBack().stream()
                .map(e -> e.event() instanceof Event.Armed ? new Stamped(e.seq(), e.at(), e.wall(), armed) : e)
                .toList();
        PageSamples.sealed(build, "checkout-1", events);
        HtmlPage page = web.goTo(build.getUrl() + "release-guard/");
        String text = page.getBody().getTextContent();
        assertThat(text).contains("What is asked").contains(lines);
    }

    /** Thousands of entries fold away; what isn't green stays in sight. */
    @Test
    void twoThousandEntriesCanBeRead() throws Exception {
        List<Stamped> events = new ArrayList<>(ReportFixture.running().subList(0, 1));
        for (int i = 0; i < 2000; i++) {
            EvidenceStatus status = i == 1777 ? EvidenceStatus.FAIL : EvidenceStatus.PASS;
            events.add(new Stamped(
                    i + 2,
                    ReportFixture.START,
                    ReportFixture.START,
                    new Event.EvidenceGathered(
                            "DEP-" + (1000 + i),
                            "Criteria",
                            "Entry " + i,
                            "tests",
                            status,
                            true,
                            "99 %",
                            "> 95 %",
                            "said",
                            "fix it",
                            "controller",
                            null,
                            ReportFixture.START,
                            0.1)));
        }
        live(events);
        HtmlPage page = report();
        List<DomElement> rows = page.getByXPath("//table[not(ancestor::details)]//td[contains(.,'DEP-')]/parent::tr");
        assertThat(rows).hasSizeBetween(61, 70);
        assertThat(rows).anySatisfy(row -> assertThat(row.getTextContent()).contains("DEP-2777"));
        assertThat(page.getByXPath("//details//table//td[contains(.,'DEP-')]/parent::tr"))
                .hasSizeGreaterThan(1900);
        assertThat(page.getByXPath("//details/summary[contains(.,'more, all green')]"))
                .isNotEmpty();
        assertThat(page.getByXPath("//ol[@class='rg-timeline'][not(ancestor::details)]/li"))
                .hasSizeLessThan(400);
    }

    @Test
    void noGo() throws Exception {
        PageSamples.sealed(build, "checkout-1", ReportFixture.noGo());
        assertThat(report().asNormalizedText()).contains("No-go", "No traffic was moved", "What to do");
    }

    @Test
    void nothingRecordedYet() throws Exception {
        live(List.of());
        assertThat(report().asNormalizedText()).contains("Running", "Nothing has been recorded yet");
    }

    @Test
    void aPageUnderWayTellsWhenItChanges() throws Exception {
        PageSamples.Live release = live(ReportFixture.running());
        assertThat(report().asNormalizedText()).contains("Phase 3", "5 % of the traffic", "to come");
        JSONObject before = data();
        assertThat(before.getBoolean("live")).isTrue();
        assertThat(data().toString()).isEqualTo(before.toString());
        release.happens(new Event.Operated(OperatorCommand.PAUSE, "m.ortiz", "lunch"));
        JSONObject after = data();
        assertThat(after.getString("body")).isNotEqualTo(before.getString("body"));
        assertThat(after.getString("panel")).isNotEqualTo(before.getString("panel"));
        assertThat(fragment("panel")).contains("paused by m.ortiz", "<svg").doesNotContain("<img");
        assertThat(fragment("body")).contains("rg-steps").doesNotContain("<html");
    }

    @Test
    void anEndedReleaseStopsBeingLive() throws Exception {
        PageSamples.sealed(build, "checkout-1", ReportFixture.promoted());
        assertThat(data().getBoolean("live")).isFalse();
        assertThat(report().<DomElement>getFirstByXPath("//div[@class='rg-report']")
                        .getAttribute("data-live"))
                .isEqualTo("false");
    }

    @Test
    void aDamagedFileIsAMessageAndTheVerdictStays() throws Exception {
        ReleaseReportAction action = PageSamples.sealed(build, "checkout-1", ReportFixture.rolledBack());
        for (String damage :
                List.of("", "{", "null", "[]", "{\"format\":1}", "{\"release\":{}, \"verdict\":null}", "\u0000")) {
            Files.writeString(action.folder().resolve(ReportFiles.JSON), damage);
            assertThat(report().asNormalizedText())
                    .as(damage)
                    .contains("The report cannot be shown", "Rolled back", action.getSeal());
        }
        Files.delete(action.folder().resolve(ReportFiles.JSON));
        assertThat(report().asNormalizedText()).contains("The report cannot be shown", "not where they were kept");
    }

    @Test
    void aBrokenJournalUnderWayIsAMessage() throws Exception {
        PageSamples.Live release = live(ReportFixture.running());
        Path journal = release.folder().resolve(ReportFiles.JOURNAL);
        Files.writeString(journal, Files.readString(journal).replaceFirst("checkout", "chequeut"));
        assertThat(report().asNormalizedText()).contains("The report cannot be shown", "is not what was written");
    }

    @Test
    void aReleaseThatNobodyKnowsIsNeverGreen() throws Exception {
        ReleaseReportAction action = ReleaseReportAction.attach(build, "checkout-1", "checkout", "1", "production");
        assertThat(report().asNormalizedText()).contains("The report cannot be shown");
        assertThat(action.getStanding().tone()).isEqualTo("warn");
        assertThat(action.getBuildHealth()).isNull();
    }

    @Test
    void survivesARestartWithLittleInBuildXml() throws Exception {
        long without = Files.size(build.getRootDir().toPath().resolve("build.xml"));
        PageSamples.sealed(build, "checkout-1", ReportFixture.rolledBack());
        assertThat(Files.size(build.getRootDir().toPath().resolve("build.xml")) - without)
                .isLessThan(2000);
        jenkins.jenkins.reload();
        build = jenkins.jenkins
                .getItemByFullName("checkout-service", FreeStyleProject.class)
                .getLastBuild();
        assertThat(build.getAction(ReleaseReportAction.class).getVerdict()).isEqualTo("rolled-back");
        assertThat(report().asNormalizedText()).contains("Rolled back", "Rollback stopwatch");
        assertThat(jenkins.getJSON(build.getUrl() + "api/json?tree=actions[verdict,confirmed,seal]")
                        .getJSONObject()
                        .toString())
                .contains("\"verdict\":\"rolled-back\"", "\"confirmed\":true");
    }

    @Test
    void twoReleasesOfOneBuildHaveTheirOwnPages() throws Exception {
        PageSamples.sealed(build, "checkout-1", ReportFixture.promoted());
        PageSamples.sealed(build, "checkout-2", ReportFixture.rolledBack());
        assertThat(web.getPage(build, "release-guard").asNormalizedText()).contains("Promoted");
        assertThat(web.getPage(build, "release-guard-2").asNormalizedText()).contains("Rolled back");
    }

    @Test
    void showsOnTheNewBuildPageToo() throws Exception {
        PageSamples.sealed(build, "checkout-1", ReportFixture.rolledBack());
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        User.getById("alice", true)
                .addProperty(new UserExperimentalFlagsProperty(
                        Map.of(new NewBuildPageUserExperimentalFlag().getFlagKey(), "true")));
        web.login("alice");
        HtmlPage overview = buildPage();
        assertThat(overview.getByXPath(
                        "//div[contains(@class,'app-build-bar__tabs')]//a[contains(@href,'release-guard')]"))
                .isNotEmpty();
        assertThat(overview.asNormalizedText()).contains("Rolled back");
        assertThat(report().asNormalizedText()).contains("Rolled back", "Rollback stopwatch");
    }

    @Test
    void noScriptStandsInThePage() throws Exception {
        live(ReportFixture.running()).pending.add(PageSamples.approval("Release approved"));
        for (HtmlPage page : List.of(report(), buildPage())) {
            assertThat(page.<HtmlScript>getByXPath("//script[not(@src)]"))
                    .allSatisfy(script -> assertThat(script.getTypeAttribute()).isEqualTo("application/json"));
            assertThat(page.<DomAttr>getByXPath("//*[starts-with(@class,'rg-')]//@*[starts-with(name(),'on')]"))
                    .isEmpty();
        }
    }

    private PageSamples.Live live(List<Stamped> events) throws Exception {
        PageSamples.Live release = new PageSamples.Live(open, events);
        PageSamples.Desk.install().open.put("checkout-live", release);
        String name =
                events.isEmpty() ? "checkout" : ((Event.Opened) events.get(0).event()).service();
        ReleaseReportAction.attach(build, "checkout-live", name, "1.42.0", "production");
        return release;
    }

    private HtmlPage report() throws Exception {
        return web.getPage(build, "release-guard");
    }

    private HtmlPage buildPage() throws Exception {
        return web.getPage(build);
    }

    private JSONObject data() throws Exception {
        return web.getJSON(build.getUrl() + "release-guard/data").getJSONObject();
    }

    private String fragment(String part) throws Exception {
        return web.goTo(build.getUrl() + "release-guard/" + part, "text/html")
                .getWebResponse()
                .getContentAsString();
    }
}
