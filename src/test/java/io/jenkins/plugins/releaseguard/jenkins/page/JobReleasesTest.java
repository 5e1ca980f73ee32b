// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.releaseguard.ledger.Ledger;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.apache.commons.io.FileUtils;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The job's list of releases. */
@WithJenkins
class JobReleasesTest {
    private static JenkinsRule jenkins;

    private FreeStyleProject project;
    private JenkinsRule.WebClient web;

    /** One controller for all: starting it is what takes time. */
    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void project() throws Exception {
        project = jenkins.createFreeStyleProject("checkout-service");
        web = jenkins.createWebClient().withJavaScriptEnabled(false);
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        web.close();
        jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
        jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        for (FreeStyleProject each : jenkins.jenkins.getItems(FreeStyleProject.class)) {
            each.delete();
        }
        FileUtils.deleteDirectory(JobReleases.ledgers().toFile());
    }

    @Test
    void aJobThatReleasesNothingShowsNothing() throws Exception {
        assertThat(project.getAction(JobReleasesAction.class)).isNull();
        assertThat(web.getPage(project).asNormalizedText()).doesNotContain("Latest releases");
    }

    @Test
    void listsTheNewestFirstAndLinksTheirBuilds() throws Exception {
        FreeStyleBuild build = release();
        HtmlPage page = web.getPage(project, "releases");
        assertThat(page.asNormalizedText()).contains("Rolled back", "checkout", "8.5 s");
        assertThat(page.getByXPath("//a[@href='" + jenkins.contextPath + "/" + build.getUrl() + "release-guard/']"))
                .hasSize(1);
        assertThat(web.getPage(project).asNormalizedText()).contains("Latest releases", "Rolled back");
    }

    @Test
    void outlivesItsBuildsWithoutALink() throws Exception {
        FreeStyleBuild build = release();
        String url = build.getUrl();
        build.delete();
        HtmlPage page = web.getPage(project, "releases");
        assertThat(page.asNormalizedText()).contains("Rolled back", "#1");
        assertThat(page.getByXPath("//a[contains(@href,'" + url + "')]")).isEmpty();
    }

    @Test
    void oneBadFileHidesNothingElse() throws Exception {
        release();
        Path folder = Ledger.of(JobReleases.ledgers(), "checkout").folder();
        Files.writeString(folder.resolve("20200101T000000Z-0000000000000000.json"), "{");
        assertThat(web.getPage(project, "releases").asNormalizedText()).contains("Rolled back", "cannot be read");
    }

    /** A contract may name any service; its history must not tell of jobs that the reader can't see. */
    @Test
    void hidesWhatOtherJobsDid() throws Exception {
        release();
        FreeStyleProject secret = jenkins.createFreeStyleProject("secret");
        PageSamples.ledger(jenkins.buildAndAssertSuccess(secret), "checkout", ReportFixture.noGo());
        PageSamples.ledger(null, "checkout", ReportFixture.halted());
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader")
                .grant(Item.READ)
                .onItems(project)
                .to("reader")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        assertThat(jenkins.createWebClient()
                        .withJavaScriptEnabled(false)
                        .login("reader")
                        .getPage(project, "releases")
                        .asNormalizedText())
                .contains("Rolled back")
                .doesNotContain("No-go", "Halted");
        assertThat(jenkins.createWebClient()
                        .withJavaScriptEnabled(false)
                        .login("admin")
                        .getPage(project, "releases")
                        .asNormalizedText())
                .contains("Rolled back", "No-go")
                .doesNotContain("Halted");
    }

    /** A job's page tells of the releases of its own builds only. */
    @Test
    void tellsOfItsOwnReleasesThatAreUnderWay(@TempDir Path open) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);
        FreeStyleProject other = jenkins.createFreeStyleProject("other");
        JobReleases.get().note(project, "checkout");
        JobReleases.get().note(other, "checkout");
        PageSamples.Live release = new PageSamples.Live(open, ReportFixture.running());
        release.facts =
                new LiveFacts("live-1", "checkout", "1.42.0", "production", build.getExternalizableId(), null, null, 4);
        release.remaining = "about 35 min left";
        PageSamples.Desk.install().open.put("live-1", release);
        try {
            assertThat(web.getPage(project).asNormalizedText()).contains("About 35 min left", "Phase 3");
            assertThat(web.getPage(project, "releases").asNormalizedText()).contains("About 35 min left");
            assertThat(web.getPage(other).asNormalizedText()).doesNotContain("bout 35 min left");
            assertThat(web.getPage(other, "releases").asNormalizedText()).doesNotContain("bout 35 min left");
        } finally {
            PageSamples.Desk.clear();
            other.delete();
        }
    }

    @Test
    void followsAJobThatIsRenamedAndForgetsADeletedOne() throws Exception {
        release();
        project.renameTo("till");
        assertThat(project.getAction(JobReleasesAction.class)).isNotNull();
        assertThat(web.getPage(project, "releases").asNormalizedText()).contains("Rolled back");
        project.delete();
        FreeStyleProject next = jenkins.createFreeStyleProject("till");
        assertThat(next.getAction(JobReleasesAction.class)).isNull();
    }

    private FreeStyleBuild release() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);
        PageSamples.sealed(build, "checkout-1", ReportFixture.rolledBack());
        PageSamples.ledger(build, "checkout", ReportFixture.rolledBack());
        JobReleases.get().note(project, "checkout");
        return build;
    }
}
