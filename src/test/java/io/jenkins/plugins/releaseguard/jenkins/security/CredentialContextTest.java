// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Result;
import hudson.util.Secret;
import io.jenkins.plugins.releaseguard.jenkins.config.EndpointSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.WebhookSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Class 5: what is looked up for an item is what the item may see, by its forms and by its builds; never what is another folder's or
 * the controller's own. Drop-downs are {@link CredentialEnumerationTest}'s.
 */
@WithJenkins
class CredentialContextTest {
    private static JenkinsRule jenkins;
    private static Folder team;
    private static Folder other;
    private static String job;
    private static String inFolder;
    private static String folder;
    private static int jobs;

    @BeforeAll
    static void secured(JenkinsRule rule) throws Exception {
        jenkins = rule;
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE, Item.EXTENDED_READ, CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("dev"));
        job = rule.createProject(WorkflowJob.class, "app").getUrl();
        team = rule.createProject(Folder.class, "team");
        other = rule.createProject(Folder.class, "other");
        folder = team.getUrl();
        inFolder = team.createProject(WorkflowJob.class, "app").getUrl();
    }

    @BeforeEach
    void nothingIsKept() throws IOException {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials().clear();
        store.save();
    }

    private static void keep(String system, String global) throws IOException {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials()
                .addAll(List.of(
                        new StringCredentialsImpl(CredentialsScope.SYSTEM, "system", "", Secret.fromString(system)),
                        new StringCredentialsImpl(CredentialsScope.GLOBAL, "global", "", Secret.fromString(global))));
        store.save();
    }

    @Test
    void aTestSendsWhatTheItemMaySeeAndNothingOfTheControllersOwn() throws Exception {
        keep("of-the-controller", "of-everybody");
        for (Class<?> kind : List.of(EndpointSetup.class, PrometheusSetup.class)) {
            for (String place : List.of(job, folder, inFolder)) {
                try (FakeHttpServer listener = new FakeHttpServer(200, "{}")) {
                    String query = "?id=x&timeout=5&url=" + encoded(listener.url()) + "&credentialsId=";
                    String said = post("dev", place, kind, "testConnection", query + "system");
                    assertThat(listener.heard()).as(kind + " at " + place).isEmpty();
                    assertThat(said).contains("error", "redentials").doesNotContain("of-the-controller");
                    post("dev", place, kind, "testConnection", query + "global");
                    assertThat(listener.heard())
                            .as(kind + " at " + place)
                            .isNotEmpty()
                            .allSatisfy(
                                    heard -> assertThat(heard.authorization()).isEqualTo("Bearer of-everybody"));
                }
            }
            try (FakeHttpServer listener = new FakeHttpServer(200, "{}")) {
                String query = "?id=x&timeout=5&url=" + encoded(listener.url()) + "&credentialsId=system";
                post("root", "", kind, "testConnection", query);
                assertThat(listener.heard())
                        .as("the controller's own page")
                        .isNotEmpty()
                        .allSatisfy(heard -> assertThat(heard.authorization()).isEqualTo("Bearer of-the-controller"));
            }
        }
    }

    @Test
    void anAddressThatIsASecretIsWrittenToOnlyWhereTheItemMaySeeIt() throws Exception {
        try (FakeHttpServer own = new FakeHttpServer(200, "ok");
                FakeHttpServer shared = new FakeHttpServer(200, "ok")) {
            keep(own.url() + "/hook", shared.url() + "/hook");
            for (String place : List.of(job, folder, inFolder)) {
                String query = "?id=x&field=text&credentialsId=";
                post("dev", place, WebhookSetup.class, "testConnection", query + "system");
                assertThat(own.heard()).as(place).isEmpty();
                int before = shared.heard().size();
                post("dev", place, WebhookSetup.class, "testConnection", query + "global");
                assertThat(shared.heard()).as(place).hasSize(before + 1);
            }
        }
    }

    /** A folder's credentials named by the controller's set-ups, and the controller's or another folder's named by a folder's. */
    @Test
    void aBuildUsesNeitherAnotherFoldersNorTheControllersOwn() throws Exception {
        try (FakeHttpServer listener = new FakeHttpServer(200, "{}")) {
            PlantedCredentials.plant(listener.url(), team, other);
            ReleaseGuardConfiguration everywhere = ReleaseGuardConfiguration.get();
            everywhere.setEndpoints(List.of(endpoint(listener.url(), "of-team")));
            everywhere.setSources(List.of(source(listener.url(), "of-team")));
            for (ItemGroup<?> place : List.of(jenkins.jenkins, other, team)) {
                refused(place, "of-team");
            }
            ReleaseGuardFolderProperty property = new ReleaseGuardFolderProperty();
            other.addProperty(property);
            for (String id : List.of("of-controller", "of-team")) {
                property.setEndpoints(List.of(endpoint(listener.url(), id)));
                property.setSources(List.of(source(listener.url(), id)));
                refused(other, id);
            }
            assertThat(listener.heard()).isEmpty();
            property.setEndpoints(List.of(endpoint(listener.url(), "of-other")));
            build(other, "http: {endpoint: ep, path: /}");
            assertThat(listener.heard())
                    .as("its own is sent")
                    .isNotEmpty()
                    .allSatisfy(heard -> assertThat(heard.authorization()).contains("secret-of-other"));
        }
    }

    private static EndpointSetup endpoint(String url, String credentials) {
        EndpointSetup endpoint = new EndpointSetup("ep", url);
        endpoint.setCredentialsId(credentials);
        return endpoint;
    }

    private static PrometheusSetup source(String url, String credentials) {
        PrometheusSetup source = new PrometheusSetup("prom", url);
        source.setCredentialsId(credentials);
        return source;
    }

    private void refused(ItemGroup<?> place, String credentials) throws Exception {
        for (String check :
                List.of("http: {endpoint: ep, path: /}", "metric: {metric: MON-001, limit: '< 1%', window: 10m}")) {
            WorkflowRun run = build(place, check);
            jenkins.assertBuildStatus(Result.FAILURE, run);
            assertThat(run.getLog())
                    .containsAnyOf("no credentials '" + credentials + "'", "The credentials for Prometheus at");
        }
    }

    private WorkflowRun build(ItemGroup<?> place, String check) throws Exception {
        GateStepFixture.letEverybodyRelease("checkout");
        String name = "app" + ++jobs;
        WorkflowJob job = place instanceof Folder folder
                ? folder.createProject(WorkflowJob.class, name)
                : jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(GateStepFixture.step("", GateStepFixture.contract(check)), true));
        WorkflowRun run = job.scheduleBuild2(0).get();
        GateStepFixture.settle();
        return run;
    }

    private String post(String user, String place, Class<?> kind, String method, String query) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false)
                .withBasicCredentials(user, user)) {
            URI address =
                    URI.create(jenkins.getURL() + place + "descriptorByName/" + kind.getName() + "/" + method + query);
            WebRequest request = new WebRequest(address.toURL(), HttpMethod.POST);
            client.addCrumb(request);
            return client.getPage(request).getWebResponse().getContentAsString();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
