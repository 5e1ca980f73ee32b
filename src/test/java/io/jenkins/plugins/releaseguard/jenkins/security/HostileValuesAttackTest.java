// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Node;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.User;
import hudson.model.labels.LabelAtom;
import io.jenkins.plugins.releaseguard.jenkins.config.EndpointSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverBranches;
import jenkins.scm.impl.mock.MockSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whoever names a branch or fills in a build's parameters, against a contract that uses these values in every place it may. */
@WithJenkins
class HostileValuesAttackTest {
    private JenkinsRule jenkins;
    private AttackLog attacks;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
        attacks = new AttackLog(rule);
        User.getOrCreateByIdOrFullName("dana");
    }

    @Test
    void aBuildsParameter() throws Exception {
        try (FakeHttpServer listener = new FakeHttpServer(200, "{}")) {
            EndpointSetup status = new EndpointSetup("status", listener.url());
            status.setMethods("GET, POST");
            ReleaseGuardConfiguration.get().setEndpoints(List.of(status));
            build("in a shell's text", "1; touch /tmp/owned", "command: 'deploy ${VALUE}'", "RG-PLACE");
            build(
                    "two segments of a path",
                    "../../admin",
                    "http: {endpoint: status, path: '/builds/${VALUE}'}",
                    "RG-PLACE");
            build(
                    "the same, encoded",
                    "%2e%2e%2fadmin",
                    "http: {endpoint: status, path: '/builds/${VALUE}'}",
                    "RG-ADDRESS");
            build(
                    "a second header",
                    "1\r\nX-Evil: 1",
                    "http: {endpoint: status, path: /, headers: {X-Build: '${VALUE}'}}",
                    "RG-PLACE");
            build("a host of its own", "evil.example", "http: {url: 'https://${VALUE}/x'}", "RG-PLACE");
            build("a file elsewhere", "/etc/passwd", "tests: {results: 'reports/${VALUE}'}", "RG-PLACE");
            build(
                    "two words for a number",
                    "5s for 9h",
                    "http: {endpoint: status, path: /, within: '${VALUE}'}",
                    "RG-PLACE");
            String json = "http: {endpoint: status, path: /, method: POST, body: '{\"v\": \"${VALUE}\"}', status: 201}";
            build("a second field of a JSON body", "1\", \"admin\": \"yes", json, "no-go");
            assertThat(listener.heard()).allSatisfy(heard -> {
                assertThat(heard.path()).doesNotContain("admin").doesNotContain("..");
                assertThat(heard.body()).doesNotContain("\"admin\"");
            });
            assertThat(listener.heard())
                    .anySatisfy(heard -> assertThat(heard.body()).contains("1\\\", \\\"admin\\\": \\\"yes"));
        }
        query();
        branch();
        SecurityPage.holds(HostileValuesAttackTest.class, attacks.table());
    }

    /** What Prometheus hears is one label's value, whatever stands in it. */
    private void query() throws Exception {
        try (FakeHttpServer prometheus = new FakeHttpServer(
                200, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}")) {
            ReleaseGuardConfiguration.get().setSources(List.of(new PrometheusSetup("prom", prometheus.url())));
            String contract = GateStepFixture.contract("metric: {metric: MON-001, limit: '< 1%', window: 10m}")
                    .replace("e{track='$track'}", "e{track='$track',v='${VALUE}'}");
            build("never an error more", "1'} or vector(0) #", contract.lines().toList(), "no-go");
            assertThat(prometheus.heard()).isNotEmpty();
            for (FakeHttpServer.Heard heard : prometheus.heard()) {
                String asked = URLDecoder.decode(heard.path() + heard.body(), StandardCharsets.UTF_8);
                // without the quoted strings nothing of the value is left
                assertThat(asked.replaceAll("'(?:[^'\\\\]|\\\\.)*+'|\"(?:[^\"\\\\]|\\\\.)*+\"", ""))
                        .doesNotContain("vector(0)");
            }
        }
    }

    /** A branch's name reaches a command as one argument. */
    private void branch() throws Exception {
        GateStepFixture.letEverybodyRelease("shop");
        branch("x';touch${IFS}owned;'${HOME}", "");
        branch("x\";touch owned;\"$(touch owned)`touch owned`", "");
        jenkins.createOnlineSlave(new LabelAtom("agent"));
        branch("y\";touch owned;\"$(touch owned)`touch owned`${HOME}", "'agent'");
    }

    private void branch(String name, String label) throws Exception {
        try (MockSCMController scm = MockSCMController.create()) {
            scm.createRepository("shop");
            String safe = "command: {run: 'printf %s \"$BRANCH_NAME\" > seen; exit 1'}";
            String bad = "command: 'deploy ${BRANCH_NAME}'";
            scm.addFile("shop", "master", "pipeline", "Jenkinsfile", script(safe, label));
            scm.cloneBranch("shop", "master", name);
            scm.cloneBranch("shop", "master", "other;id");
            scm.addFile("shop", "other;id", "pipeline", "Jenkinsfile", script(bad, label));
            // what indexing finds is built at once
            jenkins.jenkins.setQuietPeriod(0);
            WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class);
            project.getSourcesList()
                    .add(new BranchSource(new MockSCMSource(scm, "shop", new MockSCMDiscoverBranches())));
            project.scheduleBuild2(0).getFuture().get();
            jenkins.waitUntilNoActivity();
            for (WorkflowJob job : project.getAllItems(WorkflowJob.class)) {
                if (job.getDisplayName().equals("other;id")) {
                    attacks.refused("a branch `other;id` in a shell's text", job.getLastBuild(), "RG-PLACE");
                } else if (!job.getDisplayName().equals("master")) {
                    assertThat(job.getDisplayName()).isEqualTo(name);
                    String where = label.isEmpty() ? "" : ", on an agent";
                    attacks.refused(
                            "a branch `" + name + "` in a command's environment" + where, job.getLastBuild(), "no-go");
                    Node node = label.isEmpty()
                            ? jenkins.jenkins
                            : jenkins.jenkins
                                    .getLabel("agent")
                                    .getNodes()
                                    .iterator()
                                    .next();
                    var workspace = node.getWorkspaceFor(job);
                    assertThat(workspace.child("seen").readToString()).isEqualTo(name);
                    assertThat(workspace.child("owned").exists()).isFalse();
                }
            }
        }
    }

    private static byte[] script(String check, String label) {
        String contract = GateStepFixture.contractOf("shop", GateStepFixture.DIGEST, check);
        return ("node(" + label + ") { " + GateStepFixture.step("", contract) + " }").getBytes(StandardCharsets.UTF_8);
    }

    private void build(String tried, String value, String check, String because) throws Exception {
        build(tried, value, GateStepFixture.contract(check).lines().toList(), because);
    }

    private void build(String tried, String value, List<String> contract, String because) throws Exception {
        WorkflowJob job = PipelineFixture.job(jenkins, GateStepFixture.step("", String.join("\n", contract) + "\n"));
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("VALUE", "")));
        WorkflowRun run = job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("VALUE", value)))
                .get();
        attacks.refused(tried + ": `" + shown(value) + "`", run, because);
    }

    private static String shown(String value) {
        return value.replace("\r", "\\r").replace("\n", "\\n");
    }
}
