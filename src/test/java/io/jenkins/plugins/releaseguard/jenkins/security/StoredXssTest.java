// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Response;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.releaseguard.jenkins.config.EndpointSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.FreezeSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.ServiceSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.WebhookSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.ownership.ServiceOwners;
import io.jenkins.plugins.releaseguard.jenkins.page.PageSamples;
import io.jenkins.plugins.releaseguard.jenkins.testing.Chromium;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Class 1: what others wrote stays text. Names, reasons, findings and addresses that would run stand in a release that was sealed, one
 * under way, the ledger, the job, and every set-up; then every page and every part of a page that answers is looked at. The report by
 * itself, as HTML and Markdown, with more kinds of text: {@code HostileTextTest}.
 */
@WithJenkins
class StoredXssTest {
    /** Where pages of ours are, by the class that has the views. */
    private static final Map<String, List<String>> ADDRESSES = new LinkedHashMap<>();

    /** What leads somewhere, and where: as the browser understands it. */
    private static final String LINKS = "[...document.querySelectorAll("
            + "'a[href],area[href],form[action],iframe[src],object[data],embed[src],[formaction]')]"
            + ".map(e => String(e.href || e.src || e.data || e.formAction || e.action))"
            + ".filter(to => !/^https?:/.test(to) && to !== 'about:blank')";

    private static final String PLANTED = "document.querySelectorAll("
            + "'img[src=x],[onerror],[onmouseover*=alert]').length"
            + " + [...document.scripts].filter(s => s.text.startsWith('alert(')).length";

    private static JenkinsRule jenkins;
    private static FreeStyleBuild build;
    private static Path sealed;

    @BeforeAll
    static void plant(JenkinsRule rule, @TempDir Path open) throws Exception {
        jenkins = rule;
        // as much as Jenkins lets through in a name; the rest is the display name's
        FreeStyleProject project = rule.createFreeStyleProject("a\" onmouseover='alert(3)' b");
        project.setDisplayName(PageSamples.EVIL);
        build = rule.buildAndAssertSuccess(project);
        build.setDisplayName(PageSamples.EVIL);
        String live = PageSamples.everywhere(build, open, PageSamples.EVIL);
        sealed = build.getRootDir().toPath().resolve("release-guard/sealed-1");
        ServiceOwners.get().inMotion(PageSamples.EVIL, PageSamples.EVIL + "#1");
        Folder team = rule.createProject(Folder.class, "team");
        ReleaseGuardFolderProperty property = new ReleaseGuardFolderProperty();
        property.setEndpoints(List.of(new EndpointSetup(PageSamples.EVIL, "javascript:alert(4)")));
        team.addProperty(property);
        configure();
        ADDRESSES.put("OpenReleases", List.of("release-guard/"));
        ADDRESSES.put("OpenReleasePage", List.of("release-guard/release/" + live + "/"));
        ADDRESSES.put(
                "ReleaseReportAction", List.of(build.getUrl() + "release-guard/", build.getUrl() + "release-guard-2/"));
        ADDRESSES.put("JobReleasesAction", List.of(project.getUrl() + "releases/"));
        ADDRESSES.put("ServiceOwnersLink", List.of("manage/release-guard-services/"));
    }

    private static void configure() {
        String evil = PageSamples.EVIL;
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        configuration.setSources(List.of(new PrometheusSetup(evil, "javascript:alert(5)")));
        configuration.setRouters(List.of(new HaproxySetup(evil, evil, evil, evil, evil)));
        configuration.setEndpoints(List.of(new EndpointSetup(evil, "data:text/html,<script>alert(6)</script>")));
        configuration.setChannels(List.of(new WebhookSetup(evil, evil)));
        configuration.setFreezes(List.of(new FreezeSetup(evil)));
        ServiceSetup service = new ServiceSetup(evil);
        service.setOwner(evil);
        configuration.setServices(List.of(service));
        configuration.setAllowedAddresses(evil);
        configuration.setProcedureJobs(evil);
    }

    @AfterAll
    static void nothingIsLeft() {
        PageSamples.ended();
    }

    /** Every view that answers by itself, and the pages of Jenkins that show something of ours. */
    private static Set<String> pages() throws Exception {
        Set<String> pages = new LinkedHashSet<>();
        try (JenkinsRule.WebClient web = web()) {
            for (Doors.Door door : new Doors().all()) {
                if (door.kind() == Doors.Kind.VIEW
                        && !door.name().equals("config")
                        && !door.name().equals("message")) {
                    assertThat(ADDRESSES).as("say where its pages are").containsKey(door.owner());
                    for (String address : ADDRESSES.get(door.owner())) {
                        if (web.goTo(address + door.name(), null)
                                        .getWebResponse()
                                        .getStatusCode()
                                == 200) {
                            pages.add(address + door.name());
                        }
                    }
                }
            }
        }
        assertThat(pages).hasSizeGreaterThan(12);
        pages.add("");
        pages.add(build.getUrl());
        pages.add(build.getParent().getUrl());
        pages.add(build.getUrl() + "release-guard/" + ReportFiles.HTML);
        pages.add(build.getUrl() + "release-guard-2/" + ReportFiles.HTML);
        return pages;
    }

    private static JenkinsRule.WebClient web() {
        return jenkins.createWebClient().withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false);
    }

    @Test
    void nothingIsMarkupAndOnlyWebAddressesAreLinks() throws Exception {
        int shown = 0;
        try (JenkinsRule.WebClient web = web()) {
            for (String address : pages()) {
                HtmlPage page = (HtmlPage) web.goTo(address, null);
                assertThat(page.getByXPath("//img[@src='x'] | //*[@onerror] | //*[contains(@onmouseover,'alert')]"
                                + " | //script[starts-with(.,'alert(')]"))
                        .as(address)
                        .isEmpty();
                assertThat(page.getByXPath("//*[starts-with(@href,'javascript:') or starts-with(@href,'data:')"
                                + " or starts-with(@action,'javascript:') or starts-with(@src,'javascript:')]"))
                        .as(address)
                        .isEmpty();
                shown += page.asNormalizedText().contains("<script>alert(2)</script>") ? 1 : 0;
            }
        }
        assertThat(shown).as("pages that show it").isGreaterThan(9);
    }

    /** The same in a real browser, with the forms that have such values: nothing runs, and nothing asks the page's policy in vain. */
    @Test
    void nothingRunsInABrowser(@TempDir Path scratch) throws Exception {
        Optional<Path> program = Chromium.installed();
        assumeTrue(program.isPresent(), "neither chromium nor google-chrome is on the PATH");
        List<String> alerts = new ArrayList<>();
        try (Chromium browser = Chromium.start(program.get(), scratch)) {
            browser.page().onDialog((Dialog dialog) -> {
                alerts.add(dialog.message());
                dialog.dismiss();
            });
            List<String> all = new ArrayList<>();
            for (String page : pages()) {
                all.add(jenkins.getURL() + page);
            }
            all.add(jenkins.getURL() + "manage/configure");
            all.add(jenkins.getURL() + "job/team/configure");
            // as somebody reads it who was sent the file: no header of Jenkins' guards it
            all.add(sealed.resolve(ReportFiles.HTML).toUri().toString().replace("file:/", "file:///"));
            for (String address : all) {
                Response response = browser.page().navigate(address);
                assertThat(response == null || response.ok()).as(address).isTrue();
                assertThat(browser.page().evaluate(PLANTED)).as(address).isEqualTo(0);
                assertThat((List<?>) browser.page().evaluate(LINKS)).as(address).isEmpty();
                if (address.contains("release")) {
                    assertThat(browser.complaints()).as(address).isEmpty();
                }
                browser.forget();
            }
        }
        assertThat(alerts).isEmpty();
    }

    /** Every view escapes, puts no value into a script, and leads to no address that a value names whole. */
    @Test
    void viewsEscape() throws IOException {
        List<Path> views;
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            views = files.filter(file -> file.toString().endsWith(".jelly")).toList();
        }
        assertThat(views)
                .hasSizeGreaterThan(40)
                .allSatisfy(
                        view -> assertThat(Files.readString(view))
                                .as(view.toString())
                                .startsWith("<?jelly escape-by-default='true'?>")
                                .doesNotContain("<j:out")
                                .doesNotContain("javascript:")
                                .doesNotContain("escapeText=\"false\"")
                                .doesNotContainPattern("<script(?![^>]*src=)")
                                .doesNotContainPattern("\\son[a-z]+=\"")
                                .doesNotContainPattern(
                                        "(href|src|action)=\"\\$\\{(?!rootURL|it\\.urlName|h\\.|file}|control\\.icon}|link\\.href})"));
    }
}
