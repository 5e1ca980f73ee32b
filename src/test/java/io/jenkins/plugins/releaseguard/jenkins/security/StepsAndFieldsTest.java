// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.User;
import hudson.util.Secret;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.EndpointSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.WebhookSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Steps and fields by which a developer, who writes the Jenkinsfile and the contract of a job in the folder {@code team}, or the folder's owner,
 * who fills in its set-ups, could reach a credential, a router, a sign-off or a release of somebody else.
 */
@WithJenkins
class StepsAndFieldsTest {
    private JenkinsRule jenkins;
    private Folder team;
    private AttackLog attacks;
    private int jobs;

    @Test
    void nothingOfOthersIsReached(JenkinsRule rule) throws Exception {
        jenkins = rule;
        attacks = new AttackLog(rule);
        team = rule.createProject(Folder.class, "team");
        Folder other = rule.createProject(Folder.class, "other");
        FivePeople.move(rule, team);
        User.getOrCreateByIdOrFullName("dana");
        try (CheckoutFixture theirs = new CheckoutFixture(Scenario.HEALTHY);
                FakeHttpServer listener = new FakeHttpServer(200, "{}")) {
            credentials(other, listener.url());
            ReleaseGuardFolderProperty property = property(other);
            property.setRouters(
                    List.of(new HaproxySetup("proxy", theirs.haproxyAddress(), "checkout", "canary", "baseline")));
            property.setSources(List.of(new PrometheusSetup("prom", theirs.prometheusUrl())));
            property.setEndpoints(List.of(new EndpointSetup("theirs", listener.url())));
            property.setChannels(List.of(new WebhookSetup("oncall", "of-other")));

            developer();
            service(other);
            assertThat(theirs.share()).as("the other folder's traffic").isZero();
            assertThat(listener.heard()).isEmpty();
            owner(listener);
            assertThat(listener.heard()).isEmpty();
        }
        SecurityPage.holds(StepsAndFieldsTest.class, attacks.table());
    }

    private void developer() throws Exception {
        String canary = "canaryPromote(" + PipelineFixture.contract(CheckoutFixture.CONTRACT) + ") { }";
        attacks.refused("developer: `canaryPromote` with another folder's router", build(canary), "'proxy'");
        attacks.refused(
                "developer: `autoRollback` with another folder's router",
                build("autoRollback(" + PipelineFixture.contract(CheckoutFixture.CONTRACT) + ") { }"),
                "'proxy'");
        attacks.refused(
                "developer: a check at another folder's endpoint",
                gate("http: {endpoint: theirs, path: /}"),
                "'theirs'");
        attacks.refused(
                "developer: a metric of another folder's source",
                gate("metric: {metric: MON-001, limit: '< 1%', window: 10m}"),
                "'prom'");
        attacks.refused(
                "developer: an approval by the author",
                gate("approval: {of: [dana], count: 1, deadline: 1s}"),
                "no-go");
    }

    /** What somebody else has released. */
    private void service(Folder other) throws Exception {
        String contract =
                GateStepFixture.contractOf("theirs", GateStepFixture.DIGEST, "tests: {results: \"none/*.xml\"}");
        WorkflowJob first = other.createProject(WorkflowJob.class, "first");
        first.setDefinition(new CpsFlowDefinition(GateStepFixture.step("", contract), true));
        first.scheduleBuild2(0).get();
        attacks.refused("developer: another folder's service", build(GateStepFixture.step("", contract)), "belongs to");
        attacks.refused(
                "developer: the same, in another environment",
                build(GateStepFixture.step("environment: 'staging', ", contract)),
                "belongs to");
    }

    private void owner(FakeHttpServer listener) throws Exception {
        for (String credentials : List.of("of-controller", "of-other")) {
            EndpointSetup endpoint = new EndpointSetup("mine", listener.url());
            endpoint.setCredentialsId(credentials);
            property(team).setEndpoints(List.of(endpoint));
            attacks.refused(
                    "folder owner: an endpoint of its own with the credentials `" + credentials + "`",
                    gate("http: {endpoint: mine, path: /}"),
                    "no credentials '" + credentials + "'");
        }
        property(team).setSources(List.of(new PrometheusSetup("prom", listener.url())));
        property(team).setRouters(List.of(new HaproxySetup("proxy", "/var/run/docker.sock", "b", "canary", "")));
        attacks.refused(
                "folder owner: a router at a socket of the controller",
                build("canaryPromote(" + PipelineFixture.contract(CheckoutFixture.CONTRACT) + ") { }"),
                "only administrators");
    }

    private WorkflowRun gate(String check) throws Exception {
        return build(GateStepFixture.step("", GateStepFixture.contract(check)));
    }

    private WorkflowRun build(String script) throws Exception {
        WorkflowJob job = team.createProject(WorkflowJob.class, "app" + ++jobs);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job.scheduleBuild2(0).get();
    }

    private static ReleaseGuardFolderProperty property(Folder folder) throws IOException {
        ReleaseGuardFolderProperty property = folder.getProperties().get(ReleaseGuardFolderProperty.class);
        if (property == null) {
            property = new ReleaseGuardFolderProperty();
            folder.addProperty(property);
        }
        return property;
    }

    private static void credentials(Folder other, String url) throws IOException {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.SYSTEM, "of-controller", "", Secret.fromString(url + "/a")));
        store.save();
        for (CredentialsStore each : CredentialsProvider.lookupStores(other)) {
            if (each.getProvider() instanceof FolderCredentialsProvider && each.getContext() == other) {
                each.addCredentials(
                        Domain.global(),
                        new StringCredentialsImpl(
                                CredentialsScope.GLOBAL, "of-other", "", Secret.fromString(url + "/b")));
            }
        }
    }
}
