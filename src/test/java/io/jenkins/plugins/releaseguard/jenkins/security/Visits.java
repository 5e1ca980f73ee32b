// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.User;
import hudson.tasks.Mailer;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeMailServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.JenkinsLocationConfiguration;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * People who knock at doors, and what comes of it. Two folders have a job each with a release that waits for sign-offs; credentials
 * lie with the controller for itself, for all, and in either folder; servers listen for whoever calls.
 */
final class Visits implements AutoCloseable {
    private final JenkinsRule rule;
    private final HttpClient client = HttpClient.newHttpClient();
    private final FivePeople.Crumb crumb;
    private final FakeHttpServer server = new FakeHttpServer(200, "{}");
    private final FakeMailServer mail = new FakeMailServer("");
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger calls = new AtomicInteger();

    Visits(JenkinsRule rule) throws Exception {
        this.rule = rule;
        Folder team = rule.createProject(Folder.class, "team");
        Folder other = rule.createProject(Folder.class, "other");
        FivePeople.move(rule, team);
        User.getOrCreateByIdOrFullName("dana");
        for (Folder folder : List.of(team, other)) {
            WorkflowJob job = folder.createProject(WorkflowJob.class, "app");
            String approval = "approval: {of: [user:approver, user:second], count: 2, deadline: 1h}";
            job.setDefinition(new CpsFlowDefinition(
                    GateStepFixture.step(
                            "",
                            GateStepFixture.contractOf(service(folder.getName()), GateStepFixture.DIGEST, approval)),
                    true));
            // one that has ended, so that there is a list
            waiting(folder.getName()).rollBack(BreachCause.ABORT, "test", "enough");
            rule.waitForCompletion(job.getLastBuild());
            Waits.untilNoReleaseIsOpen();
        }
        PlantedCredentials.plant(server.url(), team, other);
        JenkinsLocationConfiguration.get().setAdminAddress("jenkins@example.com");
        Mailer.descriptor().setSmtpHost("127.0.0.1");
        Mailer.descriptor().setSmtpPort(mail.port());
        Thread answering = new Thread(this::hangUp, "router that hangs up");
        answering.setDaemon(true);
        answering.start();
        crumb = FivePeople.Crumb.crumb(rule);
    }

    private static String service(String folder) {
        return "shop-" + folder;
    }

    private void hangUp() {
        while (!socket.isClosed()) {
            try (var caller = socket.accept()) {
                calls.incrementAndGet();
                caller.setSoLinger(true, 0);
            } catch (IOException e) {
                // the test is over, or the caller is gone
            }
        }
    }

    /** Cells by row's name: one row a door, more where it matters whose credentials are asked for. */
    Map<String, List<String>> rows(Doors.Door door, String address) throws Exception {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        boolean secret = door.name().equals("testConnection")
                && Set.of("PrometheusSetup", "EndpointSetup", "WebhookSetup").contains(door.owner());
        for (String credentials : secret ? PlantedCredentials.IDS : List.of("given")) {
            List<String> cells = new ArrayList<>();
            for (FivePeople person : FivePeople.values()) {
                cells.add(cell(person, door, address, credentials));
            }
            rows.put(shown(door, address) + (secret ? " with `" + credentials + "`" : ""), cells);
        }
        return rows;
    }

    private static String shown(Doors.Door door, String address) {
        String place = address.contains("descriptorByName") ? door.owner() + "/" : address;
        return "`" + place + door.name() + "`";
    }

    private String cell(FivePeople person, Doors.Door door, String address, String credentials) throws Exception {
        String query = query(credentials, "nowhere");
        boolean acts = door.owner().equals("ReleaseEndpoint");
        List<OpenRelease> releases = acts || address.contains("{") ? both() : List.of();
        URI url = url(address, door, query);
        int before = heard();
        int sent = server.heard().size();
        HttpResponse<String> get = person.send(client, url, "GET", null);
        HttpResponse<String> bare = person.send(client, url, "POST", null);
        assertThat(heard()).as(url + " called somebody without a crumb").isEqualTo(before);
        unmoved(releases);
        HttpResponse<String> post = person.send(client, url, "POST", crumb);
        Set<String> came = new TreeSet<>();
        assertThat(bare.statusCode())
                .as("%s by %s without a crumb", url, person)
                .isGreaterThanOrEqualTo(400);
        if (door.kind() == Doors.Kind.METHOD && !reads(door)) {
            assertThat(get.statusCode()).as("GET %s by %s", url, person).isGreaterThanOrEqualTo(400);
        }
        for (HttpResponse<String> answer : List.of(get, bare, post)) {
            assertThat(answer.statusCode()).as("%s by %s", url, person).isLessThan(500);
            assertThat(answer.body())
                    .as("paths of the controller at %s for %s", url, person)
                    .doesNotContain(rule.jenkins.getRootDir().getPath());
        }
        if (door.kind() == Doors.Kind.METHOD && post.statusCode() < 400) {
            came.addAll(called(before, sent));
            if (door.name().startsWith("fillCredentials")) {
                PlantedCredentials.IDS.stream()
                        .filter(id -> post.body().contains("\"" + id + "\""))
                        .forEach(id -> came.add("lists `" + id + "`"));
            } else if (door.name().equals("checkCredentialsId")) {
                came.addAll(told(person, address, door, post.body()));
            }
        }
        for (String folder : List.of("team", "other")) {
            if (get.statusCode() < 400 && get.body().contains(service(folder))) {
                came.add("shows " + folder + "'s");
            }
        }
        assertThat(post.statusCode() < 400 || heard() == before)
                .as(url + " called somebody and refused")
                .isTrue();
        if (acts && post.statusCode() < 400) {
            Waits.until(door.name() + " of " + person, () -> moved(releases));
            came.add("done");
            settle();
        } else {
            unmoved(releases);
        }
        return codes(get, bare, post) + (came.isEmpty() ? "" : " **" + String.join(", ", came) + "**");
    }

    /** Meant to be opened by a link. */
    private static boolean reads(Doors.Door door) {
        return door.name().equals("data")
                || door.owner().equals("ReportDownloads")
                || door.name().contains(".");
    }

    private static String codes(HttpResponse<String> get, HttpResponse<String> bare, HttpResponse<String> post) {
        int[] codes = {get.statusCode(), bare.statusCode(), post.statusCode()};
        return codes[0] == codes[1] && codes[1] == codes[2]
                ? Integer.toString(codes[0])
                : codes[0] + " " + codes[1] + " " + codes[2];
    }

    /** Whose credentials the answer tells apart from some that there are nowhere. */
    private Set<String> told(FivePeople person, String address, Doors.Door door, String nowhere) throws Exception {
        Set<String> told = new TreeSet<>();
        for (String id : PlantedCredentials.IDS) {
            String answer = person.send(client, url(address, door, query("given", id)), "POST", crumb)
                    .body();
            if (!answer.equals(nowhere)) {
                told.add("tells `" + id + "`");
            }
        }
        return told;
    }

    private String query(String credentials, String value) {
        return "?id=p&backend=b&canary=c&baseline=&field=text&timeout=5&kind=tests&to=anna@example.com&entry=DEP-010&digest="
                + GateStepFixture.DIGEST
                + "&service=shop-other&place=other&approve=true&reason=because&comment=because&command=abort&phase=0&credentialsId="
                + credentials
                + "&value=" + value
                + "&address=127.0.0.1:" + socket.getLocalPort()
                + "&url=" + URLEncoder.encode(server.url(), StandardCharsets.UTF_8);
    }

    private URI url(String address, Doors.Door door, String query) throws IOException {
        String place = address;
        String shown = "";
        for (String folder : List.of("team", "other")) {
            if (place.contains("{" + folder)) {
                WorkflowRun run = job(folder).getLastBuild();
                // as who has looked at the page
                shown = door.name().equals("override") ? "&shown=" + GateStepFixture.shown(run) : "";
                place = place.replace("{" + folder + " build}/", run.getUrl())
                        .replace(
                                "{" + folder + "}",
                                ReleaseGuardService.get().of(run).get(0).id());
            }
        }
        return URI.create(rule.getURL() + place + door.name() + query + shown);
    }

    // --- releases ---

    private WorkflowJob job(String folder) {
        return rule.jenkins.getItemByFullName(folder + "/app", WorkflowJob.class);
    }

    private List<OpenRelease> both() throws Exception {
        return List.of(waiting("team"), waiting("other"));
    }

    /** The folder's release, a new one where the last has ended. */
    private OpenRelease waiting(String folder) throws Exception {
        WorkflowRun last = job(folder).getLastBuild();
        if (last == null || !last.isBuilding()) {
            last = job(folder).scheduleBuild2(0).waitForStart();
            rule.waitForMessage("waiting for 2 of user:approver", last);
        }
        return ReleaseGuardService.get().of(last).get(0);
    }

    private static boolean moved(List<OpenRelease> releases) throws IOException {
        for (OpenRelease release : releases) {
            if (release.outcome() != null || !release.signOffs().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static void unmoved(List<OpenRelease> releases) throws IOException {
        assertThat(moved(releases)).as("a release moved that should not").isFalse();
    }

    private void settle() throws Exception {
        GateStepFixture.settle();
        for (String folder : List.of("team", "other")) {
            rule.waitForCompletion(job(folder).getLastBuild());
        }
    }

    // --- calls ---

    private int heard() {
        return server.heard().size() + mail.mails().size() + calls.get();
    }

    private Set<String> called(int before, int sent) {
        Set<String> came = new TreeSet<>();
        if (heard() > before) {
            came.add("calls");
            int http = server.heard().size();
            if (http > sent) {
                String last = server.heard().get(http - 1).toString();
                PlantedCredentials.IDS.stream()
                        .filter(id -> last.contains("secret-" + id))
                        .forEach(id -> came.add("sends `" + id + "`"));
            }
        }
        return came;
    }

    @Override
    public void close() throws Exception {
        settle();
        server.close();
        mail.close();
        socket.close();
    }
}
