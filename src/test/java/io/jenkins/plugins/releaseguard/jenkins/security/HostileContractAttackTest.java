// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.User;
import io.jenkins.plugins.releaseguard.jenkins.config.EndpointSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whoever writes the contract, and nothing else, against the controller: its files, its network, its time, its memory and its readers. */
@WithJenkins
class HostileContractAttackTest {
    private static final String INSIDE = "node { writeFile(file: 'release.yaml', text: TEXT)\n releaseGate() }";

    private AttackLog attacks;

    @Test
    void everyAttemptEndsAtTheGate(JenkinsRule jenkins) throws Exception {
        User.getOrCreateByIdOrFullName("dana");
        attacks = new AttackLog(jenkins);
        try (FakeHttpServer listener = new FakeHttpServer(200, "{}")) {
            ReleaseGuardConfiguration.get().setEndpoints(List.of(new EndpointSetup("status", listener.url())));
            Folder other = jenkins.createProject(Folder.class, "other");
            ReleaseGuardFolderProperty property = new ReleaseGuardFolderProperty();
            property.setEndpoints(List.of(new EndpointSetup("theirs", listener.url())));
            other.addProperty(property);
            String url = listener.url();

            memory();
            objects(url);
            files();
            check(
                    "an address that nobody allowed",
                    "http: {url: \"" + url + "/meta-data\", status: 200}",
                    "allowed addresses");
            check("another folder's endpoint", "http: {endpoint: theirs, path: /}", "'theirs'");
            check("out of the endpoint's path", "http: {endpoint: status, path: /%2e%2e/admin}", "RG-ADDRESS");
            check(
                    "a header that leads elsewhere",
                    "http: {endpoint: status, path: /, headers: {Host: a.internal}}",
                    "RG-HEADER");
            check("an expression that takes for ever", "changes: {pattern: '(a+)+$(?=b)'}", "RG-PATTERN");
            assertThat(listener.heard()).as("calls on a contract's behalf").isEmpty();
        }
        readers(jenkins);
        SecurityPage.holds(HostileContractAttackTest.class, attacks.table());
    }

    private void memory() throws Exception {
        attacks.refused("two million characters", INSIDE.replace("TEXT", "'#' * 2000000"), "larger than");
        String bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n"
                + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]\n";
        attacks.refused("aliases of aliases of aliases", text(bomb), "RG-");
        attacks.refused("ten thousand brackets", INSIDE.replace("TEXT", "'a: ' + '[' * 10000"), "RG-");
        attacks.refused(
                "a million ids in one line",
                text(GateStepFixture.contract("http: x").replace("[EPIC-07]", "[TEST-000001 to TEST-999999]")),
                "RG-ID");
    }

    private void objects(String url) throws Exception {
        attacks.refused(
                "a YAML tag that makes an object and loads a class",
                text("release: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[!!java.net.URL [\"" + url
                        + "\"]]]]"),
                "RG-TAG");
    }

    private void files() throws Exception {
        attacks.refused(
                "a file of the agent's machine", "node { releaseGate(contract: '/etc/passwd') }", "'/etc/passwd'");
        attacks.refused("a way up", "node { releaseGate(contract: '../../secrets/master.key') }", "master.key");
        check("evidence from outside", "tests: {results: \"../../../**/*.xml\"}", "'../../../**/*.xml'");
    }

    /** Names that would steer a terminal, become markup, or call people: shown, and nothing else. */
    private void readers(JenkinsRule jenkins) throws Exception {
        String evil = "\\e]0;owned\\a\\e[2J<img src=x onerror=alert(1)>\\u202e";
        WorkflowRun run = attacks.refused(
                "terminal signs, markup and direction marks in a title",
                text(GateStepFixture.contract("tests: {results: \"none/*.xml\"}")
                        .replace("title: Held", "title: \"" + evil + "\"")),
                "onerror");
        WorkflowRun refused = attacks.refused(
                "the same in a value that is an error",
                text(GateStepFixture.contract("tests: {results: \"none/*.xml\"}")
                        .replace("category: functional", "category: \"" + evil + "\"")),
                "RG-");
        for (WorkflowRun each : List.of(run, refused)) {
            assertThat(JenkinsRule.getLog(each)).doesNotContain("\u001b").doesNotContain("\u202e");
        }
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            var page = client.getPage(run, "release-guard");
            assertThat(page.getByXPath("//img[@onerror]")).isEmpty();
            assertThat(page.getByXPath("//img[@src='x']")).isEmpty();
        }
    }

    private void check(String tried, String check, String because) throws Exception {
        attacks.refused(tried, text(GateStepFixture.contract(check)), because);
    }

    private static String text(String contract) {
        return GateStepFixture.step("", contract);
    }
}
