// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Item;
import hudson.util.Secret;
import io.jenkins.plugins.releaseguard.jenkins.config.EndpointSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.WebhookSetup;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** C6: what an item's forms look up is what the item may see, in drop-downs, validations and connection tests. */
@WithJenkins
class CredentialReachTest {
    private static final String BANNER = "SSH-2.0-internal-host-7";
    private JenkinsRule jenkins;
    private String job;
    private String inFolder;
    private String folder;

    @BeforeEach
    void secured(JenkinsRule rule) throws Exception {
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
        Folder team = rule.createProject(Folder.class, "team");
        folder = team.getUrl();
        inFolder = team.createProject(WorkflowJob.class, "app").getUrl();
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

    @Test
    void dropDownsAndChecksOfAnItemKnowNothingOfTheControllersOwn() throws Exception {
        keep("of-the-controller", "of-everybody");
        for (Class<?> kind : List.of(EndpointSetup.class, PrometheusSetup.class, WebhookSetup.class)) {
            for (String place : List.of(job, folder, inFolder)) {
                String offered = post("dev", place, kind, "fillCredentialsIdItems", "?url=&credentialsId=");
                assertThat(offered).as(kind + " at " + place).contains("global").doesNotContain("\"system\"");
                assertThat(post("dev", place, kind, "checkCredentialsId", "?url=&value=system"))
                        .as(kind + " at " + place)
                        .contains("error");
                assertThat(post("dev", place, kind, "checkCredentialsId", "?url=&value=global"))
                        .doesNotContain("error");
            }
        }
    }

    @Test
    void whatAnAddressAnswersThatIsNoRouterIsForAdministratorsOnly() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(listener));
            answering.setDaemon(true);
            answering.start();
            String query = "?id=x&backend=b&canary=c&baseline=&address=127.0.0.1:" + listener.getLocalPort();
            for (String place : List.of(job, folder, inFolder)) {
                assertThat(post("dev", place, HaproxySetup.class, "testConnection", query))
                        .contains("not shown here")
                        .doesNotContain(BANNER);
            }
            assertThat(post("root", "", HaproxySetup.class, "testConnection", query))
                    .contains(BANNER);
        }
    }

    @Test
    void noItemOpensASocketOnTheController() throws Exception {
        String query = "?id=x&backend=b&canary=c&baseline=&address=/var/run/docker.sock";
        for (String place : List.of(job, folder, inFolder)) {
            assertThat(post("dev", place, HaproxySetup.class, "testConnection", query))
                    .contains("only administrators");
        }
    }

    private static void answer(ServerSocket listener) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.getOutputStream().write((BANNER + "\n").getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();
                // read to the end, or closing would reset what was answered
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // the test is over, or the caller is gone
            }
        }
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
