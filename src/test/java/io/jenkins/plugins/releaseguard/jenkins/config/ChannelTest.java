// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.ItemGroup;
import hudson.model.queue.QueueTaskFuture;
import hudson.tasks.Mailer;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.releaseguard.jenkins.config.mail.MailSetup;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeMailServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.testing.FakeRuntimeApi;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import jenkins.model.JenkinsLocationConfiguration;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** People are told, and the buttons that try whatever is set up say in words what is wrong. */
@WithJenkins
class ChannelTest {
    /** One of another plugin whose classes don't fit ours: it comes first, and must keep nobody from hearing. */
    private static final class BrokenChannel extends ChannelSetup {
        BrokenChannel(String id) {
            super(id);
        }

        @Override
        public Channel connect(ItemGroup<?> context) {
            throw new NoClassDefFoundError("org/example/Chat");
        }
    }

    @Test
    void mailTellsOfARollbackThatIsNotConfirmed(JenkinsRule jenkins) throws Exception {
        try (FakeMailServer server = new FakeMailServer("")) {
            mailer(server.port());
            ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
            configuration.setChannels(
                    List.of(new BrokenChannel("chat"), new MailSetup("oncall", "anna@example.com bert@example.com")));
            // nobody answers there: the rollback can't be confirmed, and everybody is told
            configuration.setRouters(List.of(new HaproxySetup("proxy", "127.0.0.1:1", "b", "canary", "")));
            PrometheusSetup source = new PrometheusSetup("prom", "http://127.0.0.1:1");
            configuration.setSources(List.of(source));
            String contract = GateStepFixture.contract("freeze: {windows: [\"2001-01-01..2001-01-02\"]}")
                    .replace("objective: 20s", "objective: 5s")
                    .replace("bake: 1s", "bake: 1s, interval: 1s, noData: 5s")
                    .replace("notification: [oncall]", "notification: [chat, oncall]");
            QueueTaskFuture<WorkflowRun> build = PipelineFixture.job(
                            jenkins, "canaryPromote(" + PipelineFixture.contract(contract) + ") { }")
                    .scheduleBuild2(0);
            Waits.until("the call", () -> server.mails().stream().anyMatch(ChannelTest::isUnconfirmed));
            // it would try on for ever: a person ends it, with a reason
            for (OpenRelease release : ReleaseGuardService.get().all()) {
                release.runner().operate(OperatorCommand.CLOSE, "anna", "taken off by hand", null);
            }
            WorkflowRun run = build.get();
            jenkins.assertLogContains("a rollback can't tell chat: NoClassDefFoundError", run);
            jenkins.assertLogContains("NOT CONFIRMED", run);
            assertThat(server.mails())
                    .filteredOn(ChannelTest::isUnconfirmed)
                    .first()
                    .asString()
                    .contains(
                            "RCPT TO:<anna@example.com>",
                            "RCPT TO:<bert@example.com>",
                            "From: jenkins@example.com",
                            "checkout 2 in production");
        }
    }

    private static boolean isUnconfirmed(String mail) {
        return mail.contains("Subject: ROLLBACK NOT CONFIRMED");
    }

    @Test
    void mailIsTried(JenkinsRule jenkins) throws Exception {
        MailSetup.DescriptorImpl mail = jenkins.jenkins.getDescriptorByType(MailSetup.DescriptorImpl.class);
        assertThat(words(mail.doTestConnection(null, "m", "anna@example.com")))
                .contains("Jenkins knows no mail server");
        try (FakeMailServer server = new FakeMailServer("")) {
            mailer(server.port());
            FormValidation told = mail.doTestConnection(null, "m", "anna@example.com");
            assertThat(told.kind).as(told.getMessage()).isEqualTo(FormValidation.Kind.OK);
            assertThat(server.mails()).singleElement().asString().contains("Nothing has happened");
            assertThat(words(mail.doTestConnection(null, "m", "anna at example.com")))
                    .contains("is no mail address");
        }
        try (FakeMailServer server = new FakeMailServer("550 no such person")) {
            mailer(server.port());
            assertThat(words(mail.doTestConnection(null, "m", "anna@example.com")))
                    .contains("did not take it", "550 no such person");
        }
        mailer(closedPort());
        assertThat(words(mail.doTestConnection(null, "m", "anna@example.com"))).contains("did not take it", "refused");
    }

    @Test
    void webhooksAreTried(JenkinsRule jenkins) throws Exception {
        WebhookSetup.DescriptorImpl hook = jenkins.jenkins.getDescriptorByType(WebhookSetup.DescriptorImpl.class);
        assertThat(words(hook.doTestConnection(null, "chat", "hook", "text"))).contains("no secret text 'hook'");
        try (FakeHttpServer chat = new FakeHttpServer(200, "ok")) {
            secret("hook", chat.url() + "/s3cret");
            assertThat(hook.doTestConnection(null, "chat", "hook", "summary").kind)
                    .isEqualTo(FormValidation.Kind.OK);
            assertThat(chat.heard()).singleElement().satisfies(heard -> {
                assertThat(heard.method()).isEqualTo("POST");
                assertThat(heard.body()).contains("\"summary\":\"Release Guard: a test message");
            });
        }
        assertThat(words(hook.doTestConnection(null, "chat", "hook", "text")))
                .contains("chat", "onnect")
                .doesNotContain("s3cret");
        try (FakeHttpServer gone = new FakeHttpServer(404, "no_such_hook")) {
            secret("gone", gone.url() + "/s3cret");
            assertThat(words(hook.doTestConnection(null, "chat", "gone", "text")))
                    .contains("answered 404")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void addressesAreTried(JenkinsRule jenkins) throws Exception {
        EndpointSetup.DescriptorImpl endpoint = jenkins.jenkins.getDescriptorByType(EndpointSetup.DescriptorImpl.class);
        PrometheusSetup.DescriptorImpl source =
                jenkins.jenkins.getDescriptorByType(PrometheusSetup.DescriptorImpl.class);
        HaproxySetup.DescriptorImpl router = jenkins.jenkins.getDescriptorByType(HaproxySetup.DescriptorImpl.class);
        try (FakeHttpServer fine = new FakeHttpServer(200, "<html>some page</html>");
                FakeHttpServer closed = new FakeHttpServer(401, "who are you");
                ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String mute = "http://127.0.0.1:" + silent.getLocalPort();
            says(endpoint.doTestConnection(null, "e", fine.url(), ""), FormValidation.Kind.OK, "It answers HTTP 200");
            says(
                    endpoint.doTestConnection(null, "e", closed.url(), ""),
                    FormValidation.Kind.ERROR,
                    "HTTP 401: it wants other credentials");
            says(endpoint.doTestConnection(null, "e", mute, ""), FormValidation.Kind.ERROR, "did not answer within");
            says(endpoint.doTestConnection(null, "e", nobody(), ""), FormValidation.Kind.ERROR, "onnect");
            says(endpoint.doTestConnection(null, "e", "nonsense", ""), FormValidation.Kind.ERROR, "no http or https");

            says(source.doTestConnection(null, "p", fine.url(), "", ""), FormValidation.Kind.ERROR, "Prometheus");
            says(source.doTestConnection(null, "p", closed.url(), "", ""), FormValidation.Kind.ERROR, "HTTP 401");
            says(source.doTestConnection(null, "p", nobody(), "", ""), FormValidation.Kind.ERROR, "onnect");

            says(
                    router.doTestConnection(
                            null, "r", "127.0.0.1:" + closedPort(), "b", "c", "", "", false, false, "", "", "", ""),
                    FormValidation.Kind.ERROR,
                    "onnect");
            says(
                    router.doTestConnection(
                            null,
                            "r",
                            fine.url().replace("http://", ""),
                            "b",
                            "c",
                            "",
                            "",
                            false,
                            false,
                            "",
                            "",
                            "",
                            ""),
                    FormValidation.Kind.ERROR,
                    "HAProxy");
        }
    }

    /** F11: what docs/haproxy.md demands is asked by the button, as it is before a release's first users. */
    @Test
    void theRoutersButtonSaysWhetherAWayBackWouldLast(JenkinsRule jenkins) throws Exception {
        HaproxySetup.DescriptorImpl router = jenkins.jenkins.getDescriptorByType(HaproxySetup.DescriptorImpl.class);
        String well = FakeRuntimeApi.TABLE + FakeRuntimeApi.fit("app", "new");
        String agent = well.replace("0 2 0 0\n", "0 2 0 22\n");
        String workers = "#<PID> <type>\n1 master\n# workers\n7 worker\n# programs\n\n";
        try (FakeRuntimeApi fine = new FakeRuntimeApi(l -> well);
                FakeRuntimeApi asked = new FakeRuntimeApi(l -> agent);
                FakeRuntimeApi master = new FakeRuntimeApi(l -> workers)) {
            says(
                    router.doTestConnection(
                            null, "r", fine.address(), "app", "new", "old", "", false, false, "", "", "", ""),
                    FormValidation.Kind.OK,
                    "without the master's socket nobody can ask the old workers of a reload");
            assertThat(words(router.doTestConnection(
                            null,
                            "r",
                            fine.address(),
                            "app",
                            "new",
                            "old",
                            master.address(),
                            false,
                            false,
                            "",
                            "",
                            "",
                            "")))
                    .contains("the canary has 0 %")
                    .doesNotContain("without the master");
            says(
                    router.doTestConnection(
                            null, "r", asked.address(), "app", "new", "old", "", false, false, "", "", "", ""),
                    FormValidation.Kind.ERROR,
                    "an agent-check is on for new");
            says(
                    router.doTestConnection(
                            null, "r", asked.address(), "app", "new", "old", "", false, true, "", "", "", ""),
                    FormValidation.Kind.OK,
                    "It answers");
            says(
                    router.doTestConnection(
                            null,
                            "r",
                            fine.address(),
                            "app",
                            "new",
                            "old",
                            fine.address(),
                            false,
                            false,
                            "",
                            "",
                            "",
                            ""),
                    FormValidation.Kind.ERROR,
                    "does not answer 'show proc' with a table");
        }
    }

    private static void says(FormValidation found, FormValidation.Kind kind, String words) {
        assertThat(words(found)).contains(words);
        assertThat(found.kind).isEqualTo(kind);
    }

    /** As a browser shows it. */
    private static String words(FormValidation found) {
        return found.getMessage().replace("&#039;", "'").replace("&quot;", "\"");
    }

    private static void mailer(String port) {
        JenkinsLocationConfiguration.get().setAdminAddress("jenkins@example.com");
        Mailer.descriptor().setSmtpHost("127.0.0.1");
        Mailer.descriptor().setSmtpPort(port);
    }

    private static String nobody() throws Exception {
        return "http://127.0.0.1:" + closedPort();
    }

    /** One that nobody listens at any more. */
    private static String closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private static void secret(String id, String text) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, id, "", Secret.fromString(text)));
        SystemCredentialsProvider.getInstance().save();
    }
}
