// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import io.jenkins.plugins.releaseguard.report.Verification;
import io.jenkins.plugins.releaseguard.report.view.ReportWriter;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The report's files: the very bytes that were sealed, inert in a browser, and checked on demand. */
@WithJenkins
class ReportFilesTest {
    private static JenkinsRule jenkins;

    private FreeStyleBuild build;

    /** One controller for all: starting it is what takes time. */
    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @BeforeEach
    void build() throws Exception {
        build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
    }

    @AfterEach
    void nothingIsUnderWay() {
        PageSamples.Desk.clear();
    }

    @Test
    void areServedAsSealed() throws Exception {
        ReleaseReportAction action = PageSamples.sealed(build, "checkout-1", ReportFixture.hostile(PageSamples.EVIL));
        for (String file : action.getFiles()) {
            WebResponse response = get(file);
            assertThat(response.getContentAsStream().readAllBytes())
                    .as(file)
                    .isEqualTo(Files.readAllBytes(action.folder().resolve(file)));
            assertThat(response.getResponseHeaderValue("X-Content-Type-Options"))
                    .isEqualTo("nosniff");
            assertThat(response.getResponseHeaderValue("Content-Security-Policy"))
                    .startsWith("sandbox;");
        }
        assertThat(get(ReportFiles.MARKDOWN).getResponseHeaderValue("Content-Disposition"))
                .startsWith("attachment");
    }

    /** Whoever takes all that the page offers can check it elsewhere. */
    @Test
    void downloadedTogetherTheyAreIntact(@TempDir Path elsewhere) throws Exception {
        ReleaseReportAction action = PageSamples.sealed(build, "checkout-1", ReportFixture.rolledBack());
        HtmlPage page = jenkins.createWebClient().getPage(build, "release-guard");
        String shown = page.getWebResponse().getContentAsString();
        assertThat(action.getFiles())
                .contains(ReportFiles.READINGS)
                .allSatisfy(file -> assertThat(shown).contains("href=\"" + file + "\""));
        for (String file : action.getFiles()) {
            Files.write(elsewhere.resolve(file), get(file).getContentAsStream().readAllBytes());
        }
        Verification found = Verification.verify(elsewhere);
        assertThat(found.intact()).as(found.message()).isTrue();
    }

    /** A release that the gate refused looked at nothing. */
    @Test
    void noReadingsAreOfferedWhereThereAreNone() throws Exception {
        ReleaseReportAction action = PageSamples.sealed(build, "checkout-1", ReportFixture.noGo());
        assertThat(action.getFiles()).doesNotContain(ReportFiles.READINGS).contains(ReportFiles.JOURNAL);
    }

    @Test
    void areMadeFromTheJournalWhileItRuns(@TempDir Path open) throws Exception {
        PageSamples.Desk.install().open.put("checkout-1", new PageSamples.Live(open, ReportFixture.running()));
        ReleaseReportAction.attach(build, "checkout-1", "checkout", "1.42.0", "production");
        assertThat(get(ReportFiles.JSON).getContentAsString()).contains("\"verdict\" : \"running\"", "\"seal\" : null");
        assertThat(get(ReportFiles.MARKDOWN).getContentAsString()).contains("checkout");
        assertThat(get(ReportFiles.HTML).getContentAsString()).startsWith("<!doctype html>");
    }

    @Test
    void theCheckFindsWhatWasAltered() throws Exception {
        ReleaseReportAction action = PageSamples.sealed(build, "checkout-1", ReportFixture.rolledBack());
        assertThat(check(action).intact()).as(check(action).message()).isTrue();

        Path journal = action.folder().resolve(ReportFiles.JOURNAL);
        String before = Files.readString(journal);
        Files.writeString(journal, before.replaceFirst("m\\.ortiz|checkout", "nobody"));
        assertThat(check(action).intact()).isFalse();
        Files.writeString(journal, before);
        assertThat(check(action).intact()).isTrue();

        Files.delete(action.folder().resolve(ReportFiles.HTML));
        assertThat(check(action).message()).contains(ReportFiles.HTML, "missing");
        Files.delete(journal);
        assertThat(check(action).intact()).isFalse();
    }

    /** Whoever replaces all files by others that fit each other is found by what the build remembers. */
    @Test
    void aWholeOtherReportIsFound() throws Exception {
        ReleaseReportAction action = PageSamples.sealed(build, "checkout-1", ReportFixture.rolledBack());
        for (String file : action.getFiles()) {
            Files.delete(action.folder().resolve(file));
        }
        PageSamples.journal(action.folder(), ReportFixture.promoted());
        ReportWriter.write(action.folder());
        assertThat(Verification.verify(action.folder()).intact()).isTrue();
        assertThat(check(action).intact()).isFalse();
        assertThat(check(action).message()).contains("build.xml keeps");
    }

    private static Verification check(ReleaseReportAction action) {
        return SealCheck.check(action.folder(), action.getSeal());
    }

    private WebResponse get(String file) throws Exception {
        return jenkins.createWebClient()
                .goTo(build.getUrl() + "release-guard/" + file, null)
                .getWebResponse();
    }
}
