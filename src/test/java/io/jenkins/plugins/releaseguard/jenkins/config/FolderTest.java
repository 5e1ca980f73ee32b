// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.domains.Domain;
import com.sun.net.httpserver.HttpServer;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import io.jenkins.plugins.releaseguard.jenkins.policy.RequiredCheckSetup;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is set up in folders: the nearest wins, and what is a folder's stays in it. */
@WithJenkins
class FolderTest {
    private static final String CHECK = "http: {endpoint: status, path: /health, status: 200}";

    @Test
    void nearestFolderWins(JenkinsRule jenkins) throws Exception {
        try (FakeHttpServer controller = new FakeHttpServer(500, "");
                FakeHttpServer team = new FakeHttpServer(200, "fine");
                FakeHttpServer inner = new FakeHttpServer(500, "")) {
            ReleaseGuardConfiguration.get().setEndpoints(List.of(new EndpointSetup("status", controller.url())));
            Folder outer = jenkins.createProject(Folder.class, "team");
            property(outer).setEndpoints(List.of(new EndpointSetup("status", team.url())));
            Folder nested = outer.createProject(Folder.class, "nested");
            property(nested).setEndpoints(List.of(new EndpointSetup("other", inner.url())));

            build(jenkins, nested.createProject(WorkflowJob.class, "release"), Result.SUCCESS);
            assertThat(team.heard()).hasSize(1);
            assertThat(controller.heard()).isEmpty();

            property(nested).setEndpoints(List.of(new EndpointSetup("status", inner.url())));
            build(jenkins, nested.createProject(WorkflowJob.class, "again"), Result.FAILURE);
            assertThat(inner.heard()).hasSize(1);

            build(jenkins, jenkins.createProject(WorkflowJob.class, "outside"), Result.FAILURE);
            assertThat(controller.heard()).hasSize(1);
            assertThat(team.heard()).hasSize(1);
        }
    }

    /** M9: whoever owns a folder could satisfy a policy from above with a server of his own. */
    @Test
    void aPolicysDemandIsLookedAtFromWhereItStands(JenkinsRule jenkins) throws Exception {
        try (FakeHttpServer controller = new FakeHttpServer(500, "");
                FakeHttpServer mine = new FakeHttpServer(200, "fine")) {
            ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
            configuration.setEndpoints(List.of(new EndpointSetup("status", controller.url())));
            Folder folder = jenkins.createProject(Folder.class, "team");
            property(folder).setEndpoints(List.of(new EndpointSetup("status", mine.url())));
            PolicySetup policy = new PolicySetup();
            policy.setChecks(List.of(new RequiredCheckSetup("http")));

            // the folder's own demand is looked at by what the folder has
            property(folder).setPolicy(policy);
            build(jenkins, folder.createProject(WorkflowJob.class, "own"), Result.SUCCESS);
            property(folder).setPolicy(null);

            configuration.setPolicy(policy);
            WorkflowRun refused = build(jenkins, folder.createProject(WorkflowJob.class, "hidden"), Result.FAILURE);
            jenkins.assertLogContains(
                    "the check http of DEP-010, which the policy of the controller demands, asks the endpoint 'status' of the"
                            + " folder team, below where the policy stands, so that it doesn't count [RG-SETUP-ABOVE]",
                    refused);
            jenkins.assertLogContains("give that another id", refused);

            // a second look by what stands above satisfies it
            configuration.setEndpoints(List.of(new EndpointSetup("above", mine.url())));
            WorkflowJob both = folder.createProject(WorkflowJob.class, "both");
            both.setDefinition(new CpsFlowDefinition(
                    GateStepFixture.step("", GateStepFixture.contract(CHECK, CHECK.replace("status,", "above,"))),
                    true));
            jenkins.assertLogContains("gate: go", jenkins.buildAndAssertSuccess(both));

            // a metric's source is asked for as an endpoint is
            policy.setChecks(List.of(new RequiredCheckSetup("metric")));
            configuration.setSources(List.of(new PrometheusSetup("prom", controller.url())));
            property(folder).setSources(List.of(new PrometheusSetup("prom", mine.url())));
            WorkflowJob metric = folder.createProject(WorkflowJob.class, "metric");
            metric.setDefinition(new CpsFlowDefinition(
                    GateStepFixture.step("", GateStepFixture.contract("metric: {metric: MON-001, limit: \"< 5%\"}")),
                    true));
            jenkins.assertLogContains(
                    "asks the metric source 'prom' of the folder team, below where the policy stands",
                    jenkins.buildAndAssertStatus(Result.FAILURE, metric));
        }
    }

    /** The folder's owner takes the set-up away while it answers: what it said was still not from above. */
    @Test
    void whatIsGoneByTheEndOfTheLookDoesNotCountEither(JenkinsRule jenkins) throws Exception {
        try (FakeHttpServer controller = new FakeHttpServer(500, "")) {
            ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
            configuration.setEndpoints(List.of(new EndpointSetup("status", controller.url())));
            PolicySetup policy = new PolicySetup();
            policy.setChecks(List.of(new RequiredCheckSetup("http")));
            configuration.setPolicy(policy);
            Folder folder = jenkins.createProject(Folder.class, "team");
            HttpServer mine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            mine.createContext("/", exchange -> {
                property(folder).setEndpoints(List.of());
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            mine.start();
            try {
                property(folder)
                        .setEndpoints(List.of(new EndpointSetup(
                                "status",
                                "http://127.0.0.1:" + mine.getAddress().getPort())));
                WorkflowRun refused = build(jenkins, folder.createProject(WorkflowJob.class, "gone"), Result.FAILURE);
                assertThat(property(folder).getEndpoints()).isEmpty();
                jenkins.assertLogContains("so that it doesn't count [RG-SETUP-ABOVE]", refused);
            } finally {
                mine.stop(0);
            }
        }
    }

    @Test
    void folderCredentialsStayInTheFolder(JenkinsRule jenkins) throws Exception {
        try (FakeHttpServer listener = new FakeHttpServer(200, "fine")) {
            Folder folder = jenkins.createProject(Folder.class, "team");
            token(folder, "team-token", "f0ld3r");
            EndpointSetup endpoint = new EndpointSetup("status", listener.url());
            endpoint.setCredentialsId("team-token");
            property(folder).setEndpoints(List.of(endpoint));

            build(jenkins, folder.createProject(WorkflowJob.class, "release"), Result.SUCCESS);
            assertThat(listener.heard()).hasSize(1);
            assertThat(listener.heard().get(0).authorization()).isEqualTo("Bearer f0ld3r");

            // neither the folder's address nor its token, by whatever id
            WorkflowRun outside = build(jenkins, jenkins.createProject(WorkflowJob.class, "outside"), Result.FAILURE);
            jenkins.assertLogContains("no endpoint 'status' is set up", outside);
            ReleaseGuardConfiguration.get().setEndpoints(List.of(endpoint));
            WorkflowRun guessed = build(jenkins, jenkins.createProject(WorkflowJob.class, "guessed"), Result.FAILURE);
            jenkins.assertLogContains("no credentials 'team-token'", guessed);
            // also a job inside sees the controller's address with the controller's eyes
            property(folder).setEndpoints(List.of());
            build(jenkins, folder.createProject(WorkflowJob.class, "inside"), Result.FAILURE);
            assertThat(listener.heard()).hasSize(1);
        }
    }

    @Test
    void formKeepsWhatIsThere(JenkinsRule jenkins) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        token(folder, "team-token", "f0ld3r");
        ReleaseGuardFolderProperty property = property(folder);
        PrometheusSetup source = new PrometheusSetup("prom", "http://127.0.0.1:9090");
        source.setCredentialsId("team-token");
        source.setEnvironments("production, staging-*");
        source.setJobs("team/*");
        property.setSources(List.of(source));
        property.setChannels(List.of(new WebhookSetup("#incidents", "team-token")));
        HaproxySetup router = new HaproxySetup("proxy", "127.0.0.1:9999", "shop", "canary", "stable*");
        router.setMaintenanceAtZero(true);
        router.setEnvironments("production");
        property.setRouters(List.of(router));
        EndpointSetup endpoint = new EndpointSetup("tracker", "https://tracker.example.com/api");
        endpoint.setCredentialsId("team-token");
        endpoint.setJobs("team/*, other/*");
        endpoint.setMethods("GET, POST");
        endpoint.setPaths("issues/*\nflags/**");
        property.setEndpoints(List.of(endpoint));
        FreezeSetup freeze = new FreezeSetup("Fri 16:00..Mon 08:00");
        freeze.setZone("Europe/Berlin");
        freeze.setReason("Weekend");
        freeze.setExceptions("security");
        property.setFreezes(List.of(freeze));
        ServiceSetup service = new ServiceSetup("checkout");
        service.setOwner("shop");
        property.setServices(List.of(service));
        PolicySetup policy = new PolicySetup();
        policy.setEnvironments("production");
        policy.setWaivable(false);
        property.setPolicy(policy);
        property.setProcedureJobs("team/undo-*");
        jenkins.configRoundtrip(folder);
        ReleaseGuardFolderProperty kept = folder.getProperties().get(ReleaseGuardFolderProperty.class);
        jenkins.assertEqualDataBoundBeans(source, kept.getSources().get(0));
        jenkins.assertEqualDataBoundBeans(
                property.getChannels().get(0), kept.getChannels().get(0));
        jenkins.assertEqualDataBoundBeans(policy, kept.getPolicy());
        jenkins.assertEqualDataBoundBeans(router, kept.getRouters().get(0));
        jenkins.assertEqualDataBoundBeans(endpoint, kept.getEndpoints().get(0));
        jenkins.assertEqualDataBoundBeans(freeze, kept.getFreezes().get(0));
        jenkins.assertEqualDataBoundBeans(
                property.getServices().get(0), kept.getServices().get(0));
        assertThat(kept.getProcedureJobs()).isEqualTo("team/undo-*");
        assertThat(kept.where()).isEqualTo("the folder team");
    }

    @Test
    void aSocketOnTheControllerIsForAdministrators(JenkinsRule jenkins) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        HaproxySetup socket = new HaproxySetup("proxy", "/var/run/docker.sock", "b", "c", "");
        HaproxySetup second = new HaproxySetup("proxy", "10.0.0.1:9999, /var/run/docker.sock", "b", "c", "");
        HaproxySetup master = new HaproxySetup("proxy", "10.0.0.1:9999", "b", "c", "");
        master.setMasters("/var/run/docker.sock");
        for (HaproxySetup setup : List.of(socket, second, master)) {
            property(folder).setRouters(List.of(setup));
            assertThatThrownBy(() -> Setups.router(SetupUser.at(folder), "proxy"))
                    .isInstanceOf(EffectException.class)
                    .hasMessageContaining("only administrators");
        }
    }

    @Test
    void folderOfAJobThatIsGone(JenkinsRule jenkins) throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        assertThat(Setups.folderOf("team/gone")).isSameAs(folder);
        assertThat(Setups.folderOf("team/gone/with/it")).isSameAs(folder);
        assertThat(Setups.folderOf("gone")).isSameAs(jenkins.jenkins);
    }

    private static ReleaseGuardFolderProperty property(Folder folder) throws IOException {
        ReleaseGuardFolderProperty property = folder.getProperties().get(ReleaseGuardFolderProperty.class);
        if (property == null) {
            property = new ReleaseGuardFolderProperty();
            folder.addProperty(property);
        }
        return property;
    }

    private static WorkflowRun build(JenkinsRule jenkins, WorkflowJob job, Result result) throws Exception {
        GateStepFixture.letEverybodyRelease("checkout");
        job.setDefinition(new CpsFlowDefinition(GateStepFixture.step("", GateStepFixture.contract(CHECK)), true));
        return jenkins.assertBuildStatus(result, job.scheduleBuild2(0).get());
    }

    static void token(Folder folder, String id, String secret) throws IOException {
        for (CredentialsStore store : CredentialsProvider.lookupStores(folder)) {
            if (store.getProvider() instanceof FolderCredentialsProvider && store.getContext() == folder) {
                store.addCredentials(
                        Domain.global(),
                        new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(secret)));
            }
        }
    }
}
