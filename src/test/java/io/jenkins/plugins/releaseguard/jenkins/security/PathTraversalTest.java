// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.releaseguard.jenkins.page.PageSamples;
import io.jenkins.plugins.releaseguard.jenkins.page.ReleaseReportAction;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.ledger.Ledger;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Class 9: what is read is what is named, where it is said to lie. No address, contract, include, link or name leads to another file. What
 * checks read in a workspace: {@code LocalFilesTest} and {@link HostileAgentAttackTest}.
 */
@WithJenkins
class PathTraversalTest {
    /** In every file that nobody may get. */
    private static final String SECRET = "s3cret-of-another-file";

    /** Ways to another file than the one that is named, as addresses have them. */
    private static final List<String> WAYS = List.of(
            "contract.yaml",
            "../build.xml",
            "..%2fbuild.xml",
            "..%2f..%2fbuild.xml",
            "%2e%2e/%2e%2e/build.xml",
            "%2e%2e%2f%2e%2e%2fbuild.xml",
            "..%252f..%252fbuild.xml",
            "..%5c..%5cbuild.xml",
            "..;/..;/build.xml",
            "..%c0%af..%c0%afbuild.xml",
            "%2fetc%2fpasswd",
            "/etc/passwd",
            "report.json%00.html",
            "journal.jsonl/..%2f..%2f..%2fbuild.xml",
            "report.json/../contract.yaml",
            "report.html%2f..%2fcontract.yaml",
            "folder",
            "folder/contract.yaml",
            "page",
            "source",
            "run/rootDir",
            "staplerFallback/contract.yaml");

    private static JenkinsRule jenkins;
    private static FreeStyleProject project;
    private static FreeStyleBuild build;
    private static Path report;
    private static String live;

    @BeforeAll
    static void plant(JenkinsRule rule, @TempDir Path open) throws Exception {
        jenkins = rule;
        project = rule.createFreeStyleProject("checkout-service");
        build = rule.buildAndAssertSuccess(project);
        build.setDescription(SECRET);
        report = PageSamples.promoted(build, "checkout-1");
        Files.writeString(report.resolve("contract.yaml"), SECRET);
        FreeStyleBuild second = rule.buildAndAssertSuccess(project);
        live = PageSamples.everywhere(second, open, "checkout");
        Files.writeString(open.resolve("contract.yaml"), SECRET);
    }

    @AfterAll
    static void nothingIsLeft() {
        PageSamples.ended();
    }

    @Test
    void noAddressLeadsToAnotherFile() throws Exception {
        List<String> places = List.of(
                build.getUrl() + "release-guard/",
                build.getUrl() + "release-guard/checkout-1/",
                project.getUrl() + "2/release-guard-2/",
                project.getUrl() + "2/release-guard-2/" + live + "/",
                project.getUrl() + "releases/",
                "release-guard/",
                "release-guard/release/",
                "release-guard/release/" + live + "/",
                "release-guard/release/" + live + "/" + live + "/",
                "manage/release-guard-services/");
        List<String> answered = new ArrayList<>();
        for (String place : places) {
            for (String way : WAYS) {
                HttpResponse<String> answer = get(place + way);
                assertThat(answer.body()).as(place + way).doesNotContain(SECRET).doesNotContain("root:");
                // what stands behind a file's own name changes nothing
                if (answer.statusCode() < 300 && way.contains(".") && !way.startsWith("journal.jsonl/")) {
                    answered.add(place + way);
                }
            }
        }
        assertThat(answered).isEmpty();
        // what is named is there
        for (String file : List.of(ReportFiles.HTML, ReportFiles.JSON, ReportFiles.MARKDOWN, ReportFiles.JOURNAL)) {
            assertThat(get(places.get(0) + file).statusCode()).as(file).isEqualTo(200);
        }
    }

    /** Whoever can put a link where a report lies, as a build with an agent on the controller's disk, has nothing else served by it. */
    @Test
    void noLinkInAReportsPlaceIsFollowed() throws Exception {
        FreeStyleBuild other = jenkins.buildAndAssertSuccess(project);
        Path folder = PageSamples.promoted(other, "checkout-9");
        Path secret = Files.writeString(other.getRootDir().toPath().resolve("elsewhere"), SECRET);
        for (String file : List.of(ReportFiles.HTML, ReportFiles.MARKDOWN, ReportFiles.READINGS, ReportFiles.JOURNAL)) {
            Files.deleteIfExists(folder.resolve(file));
            Files.createSymbolicLink(folder.resolve(file), secret);
            HttpResponse<String> answer = get(other.getUrl() + "release-guard/" + file);
            assertThat(answer.body()).as(file).doesNotContain(SECRET);
            if (file.equals(ReportFiles.READINGS) || file.equals(ReportFiles.JOURNAL)) {
                assertThat(answer.statusCode()).as(file).isEqualTo(404);
            }
        }
    }

    /** A build.xml that somebody has written another record's name into. */
    @Test
    void noRecordsNameLeadsOutOfTheBuild() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("tampered");
        FreeStyleBuild other = jenkins.buildAndAssertSuccess(job);
        PageSamples.promoted(other, "checkout-7");
        Path elsewhere =
                Files.createDirectories(jenkins.jenkins.getRootDir().toPath().resolve("elsewhere"));
        for (String file : List.of(ReportFiles.JOURNAL, ReportFiles.READINGS, ReportFiles.MARKDOWN)) {
            Files.writeString(elsewhere.resolve(file), SECRET);
        }
        Path xml = other.getRootDir().toPath().resolve("build.xml");
        String up = "../"
                .repeat(other.getRootDir().toPath().resolve("release-guard").getNameCount()
                        - jenkins.jenkins.getRootDir().toPath().getNameCount());
        Files.writeString(
                xml,
                Files.readString(xml).replace("<record>checkout-7</record>", "<record>" + up + "elsewhere</record>"));
        assertThat(Files.readString(xml)).contains(up + "elsewhere");
        job.doReload();
        ReleaseReportAction action = jenkins.jenkins
                .getItemByFullName("tampered", FreeStyleProject.class)
                .getBuildByNumber(1)
                .getAction(ReleaseReportAction.class);
        assertThat(action.getRecord()).contains("elsewhere");
        assertThat(action.folder().normalize()).startsWithRaw(other.getRootDir().toPath());
        for (String file : List.of(ReportFiles.JOURNAL, ReportFiles.READINGS, ReportFiles.MARKDOWN, "")) {
            assertThat(get(other.getUrl() + "release-guard/" + file).body())
                    .as(file)
                    .doesNotContain(SECRET);
        }
    }

    /** A contract, what it includes, and links to either, in a workspace and above it. */
    @Test
    void noContractIsReadOutsideOfTheWorkspace(@TempDir Path outside) throws Exception {
        Files.writeString(outside.resolve("secret.yaml"), SECRET + ": 1\n");
        List<String> ways = List.of(
                "../secret.yaml",
                "a/../../secret.yaml",
                outside + "/secret.yaml",
                "..\\\\secret.yaml",
                "link.yaml",
                "dir/secret.yaml",
                "file://" + outside + "/secret.yaml");
        StringBuilder script =
                new StringBuilder("node {\nwriteFile file: '../secret.yaml', text: '" + SECRET + ": 1'\n");
        script.append("sh 'ln -s " + outside + "/secret.yaml link.yaml; ln -s " + outside + " dir'\n");
        int count = 0;
        for (String way : ways) {
            String included = "part" + count++ + ".yaml";
            script.append("writeFile file: '")
                    .append(included)
                    .append("', text: '''")
                    .append("include: [\"")
                    .append(way.replace("\\", "\\\\"))
                    .append("\"]\n")
                    .append(GateStepFixture.contract("tests: {results: a}")
                            .replace("\\", "\\\\")
                            .replace("$", "\\$"))
                    .append("'''\n");
            for (String contract : List.of(way, included)) {
                script.append("try { releaseGate(contract: '")
                        .append(contract)
                        .append("'); echo 'WAS READ' } catch (e) { echo \"refused: ${e.message}\" }\n");
            }
        }
        WorkflowRun run = PipelineFixture.job(jenkins, script.append("}").toString())
                .scheduleBuild2(0)
                .get();
        jenkins.assertBuildStatusSuccess(run);
        String log = run.getLog();
        assertThat(log)
                .doesNotContain("WAS READ")
                .doesNotContain(SECRET + ": 1")
                .doesNotContain("'" + SECRET);
        assertThat(log.lines().filter(line -> line.startsWith("refused: "))).hasSize(2 * ways.size());
        assertThat(run.getRootDir().toPath().resolve("release-guard")).doesNotExist();
    }

    /** A service may be called whatever it likes: its ledger is one folder below the root. */
    @Test
    void noNameOfAServiceLeadsOutOfTheLedgers(@TempDir Path root) {
        List<String> names = List.of(
                "..",
                ".",
                "",
                "../../x",
                "/etc",
                "a/b",
                "a\\b",
                "..\\x",
                "%2e%2e",
                "a\0b",
                "~",
                "CON",
                "x".repeat(400),
                "é",
                "e\u0301");
        List<Path> folders =
                names.stream().map(name -> Ledger.of(root, name).folder()).toList();
        assertThat(folders).allSatisfy(folder -> {
            assertThat(folder.normalize().getParent()).isEqualTo(root);
            assertThat(folder.getFileName().toString()).doesNotStartWith("..").hasSizeBetween(1, 200);
        });
        assertThat(Stream.of("a/b", "a\\b", "a_b", "A/b")
                        .map(name -> Ledger.of(root, name).folder())
                        .collect(Collectors.toSet()))
                .as("nor into another's")
                .hasSize(4);
    }

    private static HttpResponse<String> get(String address) throws Exception {
        // as it is written: HtmlUnit and URL would tidy it
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(jenkins.getURL() + address))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
