// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.sun.net.httpserver.HttpServer;
import hudson.tasks.Mailer;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeMailServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import jenkins.model.JenkinsLocationConfiguration;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Class 7: the controller calls whom it may call for whoever asks. Connection tests, found by their names, call nobody for who may not
 * configure the place, give back nothing of what was answered, and lead no secret on to another address.
 */
@WithJenkins
class RequestForgeryTest {
    private static final String BANNER = "SSH-2.0-internal-host-7";
    private static final String BODY = "internal-page-8";
    private static JenkinsRule jenkins;
    private static String folder;
    private static String job;
    private static FivePeople.Crumb crumb;
    private static Set<String> buttons;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Folder team = rule.createProject(Folder.class, "team");
        FivePeople.move(rule, team);
        folder = team.getUrl();
        job = team.createProject(WorkflowJob.class, "app").getUrl();
        crumb = FivePeople.Crumb.crumb(rule);
        buttons = FormDoors.all(rule.jenkins).stream()
                .filter(door -> door.contains("/test"))
                .collect(Collectors.toCollection(TreeSet::new));
        JenkinsLocationConfiguration.get().setAdminAddress("jenkins@example.com");
        PlantedCredentials.plant("http://127.0.0.1:1", team);
    }

    @Test
    void whoMayNotConfigureHasNobodyCalled() throws Exception {
        assertThat(buttons).hasSizeGreaterThan(4);
        AtomicInteger knocks = new AtomicInteger();
        try (FakeHttpServer server = new FakeHttpServer(200, "{}");
                FakeMailServer mail = new FakeMailServer("");
                ServerSocket router = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Mailer.descriptor().setSmtpHost("127.0.0.1");
            Mailer.descriptor().setSmtpPort(mail.port());
            daemon(() -> {
                while (!router.isClosed()) {
                    try (Socket caller = router.accept()) {
                        knocks.incrementAndGet();
                        caller.setSoLinger(true, 0);
                    } catch (IOException e) {
                        // the test is over, or the caller is gone
                    }
                }
            });
            // a webhook's address is a secret itself
            PlantedCredentials.plant(server.url());
            String query =
                    FormDoors.query(server.url()).replace("127.0.0.1:1&", "127.0.0.1:" + router.getLocalPort() + "&")
                            + "&credentialsId=";
            for (String button : buttons) {
                for (String credentials : List.of("", "of-all", "of-controller", "of-team")) {
                    for (FivePeople person : List.of(
                            FivePeople.DEVELOPER, FivePeople.APPROVER, FivePeople.STRANGER, FivePeople.ANONYMOUS)) {
                        for (String place : List.of("", folder, job)) {
                            assertThat(send(person, place, button, query + credentials)
                                            .statusCode())
                                    .as(person + " at " + button + " of " + place)
                                    .isGreaterThanOrEqualTo(400);
                        }
                    }
                    // the owner of a folder has no page of the controller
                    assertThat(send(FivePeople.OWNER, "", button, query + credentials)
                                    .statusCode())
                            .isEqualTo(403);
                }
            }
            assertThat(server.heard()).isEmpty();
            assertThat(mail.mails()).isEmpty();
            assertThat(knocks).hasValue(0);
            // and each would have called somebody
            for (String button : buttons) {
                int before = server.heard().size() + mail.mails().size() + knocks.get();
                post(FivePeople.ADMINISTRATOR, "", button, query + "of-all");
                assertThat(server.heard().size() + mail.mails().size() + knocks.get())
                        .as(button)
                        .isGreaterThan(before);
            }
        }
    }

    @Test
    void whatIsAnsweredIsNotGivenBack() throws Exception {
        for (int status : new int[] {200, 404, 500}) {
            try (FakeHttpServer server = new FakeHttpServer(status, BODY)) {
                PlantedCredentials.plant(server.url());
                for (String button : buttons) {
                    for (String place : List.of("", folder, job)) {
                        FivePeople person = place.isEmpty() ? FivePeople.ADMINISTRATOR : FivePeople.OWNER;
                        String query = FormDoors.query(server.url()) + "&credentialsId=of-all";
                        assertThat(post(person, place, button, query))
                                .as(button + " of " + place + " at " + status)
                                .doesNotContain(BODY)
                                .doesNotContain("secret-of-all");
                    }
                }
                assertThat(server.heard()).isNotEmpty();
            }
        }
    }

    /** Neither the secret nor the call goes on where the address that was given leads. */
    @Test
    void noButtonFollowsToAnotherAddress() throws Exception {
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            try (FakeHttpServer elsewhere = new FakeHttpServer(200, BODY)) {
                AtomicInteger asked = new AtomicInteger();
                HttpServer leads = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                leads.createContext("/", exchange -> {
                    asked.incrementAndGet();
                    exchange.getResponseHeaders().set("Location", elsewhere.url() + "/admin");
                    exchange.sendResponseHeaders(status, -1);
                    exchange.close();
                });
                leads.start();
                try {
                    String url = "http://127.0.0.1:" + leads.getAddress().getPort();
                    PlantedCredentials.plant(url);
                    for (String button : buttons) {
                        post(FivePeople.ADMINISTRATOR, "", button, FormDoors.query(url) + "&credentialsId=of-all");
                    }
                } finally {
                    leads.stop(0);
                }
                assertThat(asked.get()).as("asked, and answered %d", status).isGreaterThan(2);
                assertThat(elsewhere.heard()).as("after %d", status).isEmpty();
            }
        }
    }

    @Test
    void whatAnAddressAnswersThatIsNoRouterIsForAdministratorsOnly() throws Exception {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            daemon(() -> answer(listener));
            String query = "?id=x&backend=b&canary=c&baseline=&address=127.0.0.1:" + listener.getLocalPort();
            for (String place : List.of(folder, job)) {
                assertThat(post(FivePeople.OWNER, place, "config.HaproxySetup/testConnection", query))
                        .contains("not shown here")
                        .doesNotContain(BANNER);
            }
            assertThat(post(FivePeople.ADMINISTRATOR, "", "config.HaproxySetup/testConnection", query))
                    .contains(BANNER);
        }
    }

    @Test
    void noItemOpensASocketOnTheController() throws Exception {
        String query = "?id=x&backend=b&canary=c&baseline=&address=/var/run/docker.sock";
        for (String place : List.of(folder, job)) {
            assertThat(post(FivePeople.OWNER, place, "config.HaproxySetup/testConnection", query))
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

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "listener");
        thread.setDaemon(true);
        thread.start();
    }

    private HttpResponse<String> send(FivePeople person, String place, String door, String query) throws Exception {
        return person.send(client, FormDoors.url(jenkins, place, door, query), "POST", crumb);
    }

    private String post(FivePeople person, String place, String door, String query) throws Exception {
        return send(person, place, door, query).body();
    }
}
