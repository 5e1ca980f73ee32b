// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.cli.Main;
import io.jenkins.plugins.releaseguard.effect.router.HaproxySettings;
import io.jenkins.plugins.releaseguard.effect.router.RecordedRouter;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.FolderLock;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.testing.FakeRuntimeApi;
import io.jenkins.plugins.releaseguard.testing.ReleaseFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackCommandTest {
    private static final String CONTRACT = ReleaseFixture.CONTRACT
            .replace("version: \"2\"", "version: \"${VERSION}\"")
            .replace("phases: [internal, 25, 100]", "phases: [25, 100]")
            .replace("bake: 2s", "bake: 1h")
            .replace("maxBake: 5s", "maxBake: 2h")
            .replace("router: haproxy", "router: front")
            .replace("[{traffic: 0}]", "[PROCEDURE]");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** HAProxy, as far as weights go: what the canary's weight is. */
    private volatile int weight = 64;

    private FakeRuntimeApi haproxy;

    @TempDir
    Path home;

    private Path record;

    @BeforeEach
    void proxy() throws IOException {
        record = home.resolve("open/shop-1");
        haproxy = new FakeRuntimeApi(this::answer);
    }

    @AfterEach
    void end() throws IOException {
        haproxy.close();
    }

    private String answer(String line) {
        for (String command : line.split(";")) {
            if (command.trim().startsWith("set server app/new weight ")) {
                String[] words = command.trim().split(" ");
                weight = Integer.parseInt(words[words.length - 1].replace("%", ""));
            }
        }
        return line.contains("show stat")
                ? "# pxname,svname,scur,stot,status,weight,bck\napp,old,1,100,UP,192,0\napp,new,0,7,UP," + weight
                        + ",0\n\n"
                : "\n";
    }

    @Test
    void bringsTheTrafficBackAndWritesItDown() throws Exception {
        open("{traffic: 0}", true);
        assertThat(rollback("--by", "ann", "--reason", "Jenkins is down"))
                .as(out + "" + err)
                .isZero();
        assertThat(weight).isZero();
        assertThat(out.toString()).contains("Done: the last good version has all traffic");
        List<Event> events = events();
        assertThat(events)
                .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(Event.Operated.class, told -> {
                    assertThat(told.by()).isEqualTo("ann");
                    assertThat(told.reason()).isEqualTo("Jenkins is down");
                }))
                .hasAtLeastOneElementOfType(Event.RollbackConfirmed.class);
        assertThat(events.get(events.size() - 1)).isInstanceOfSatisfying(Event.Ended.class, ended -> {
            assertThat(ended.verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
            assertThat(ended.confirmed()).isTrue();
        });
        assertThat(rollback()).isZero();
        assertThat(out.toString()).contains("has ended already");
    }

    @Test
    void goesBackBeforeAnythingElseCouldGoForward() throws Exception {
        open("{traffic: 0}", true);
        assertThat(rollback()).isZero();
        assertThat(haproxy.asked)
                .noneMatch(line -> line.contains("set server app/new weight") && !line.contains("app/new weight 0%"));
    }

    @Test
    void whatOnlyJenkinsCanDoIsLeftToPeopleByName() throws Exception {
        open("{traffic: 0}, {job: redeploy}, {notify: oncall}", true);
        assertThat(rollback()).as(out + "" + err).isEqualTo(10);
        assertThat(weight).isZero();
        assertThat(out.toString())
                .contains("BY HAND")
                .contains("start the job 'redeploy' by hand")
                .contains("tell oncall by hand");
    }

    @Test
    void endpointsAreCalledWithWhatTheDescriptorSaysAndNothingOfItStaysAnywhere() throws Exception {
        open("{traffic: 0}, {flag: {id: new-checkout, provider: flags}}", true);
        Path secrets = Files.writeString(home.resolve("secrets"), "flags=sesame-4711\n");
        try (MockWebServer flags = new MockWebServer()) {
            flags.enqueue(
                    new MockResponse.Builder().body("{\"enabled\": false}").build());
            flags.start(InetAddress.getLoopbackAddress(), 0);
            Process process = process(
                    "exec \"$@\" 3<'" + secrets + "'",
                    "--endpoint",
                    "flags=" + flags.url("/api"),
                    "--credentials-fd",
                    "3");
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            RecordedRequest asked = flags.takeRequest();
            assertThat(asked.getHeaders().get("Authorization")).isEqualTo("Bearer sesame-4711");
            assertThat(said).doesNotContain("sesame");
        }
        try (Stream<Path> files = Files.walk(record)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("sesame");
            }
        }
    }

    @Test
    void secretsComeFromTheTerminalOrADescriptor() throws Exception {
        OnCallSecrets asked = OnCallSecrets.asked(
                Set.of("flags", "none"), id -> id.equals("flags") ? "ann:s:1".toCharArray() : new char[0]);
        assertThat(asked.headers("flags")).containsEntry("Authorization", "Basic YW5uOnM6MQ==");
        assertThat(asked.headers("none")).isEmpty();
        asked.clear();
        assertThat(asked.headers("flags").toString()).doesNotContain("YW5u");
        Path wrong = Files.writeString(home.resolve("secrets"), "sesame\n");
        assertThatThrownBy(() -> OnCallSecrets.fromFile(wrong, Set.of("flags")))
                .hasMessageContaining("line 1")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void aRouterThatIsAwayIsTriedUntilTheLimitAndToldAsUnconfirmed() throws Exception {
        open("{traffic: 0}", true);
        haproxy.close();
        assertThat(rollback("--for", "3")).isEqualTo(11);
        assertThat(out.toString()).contains("NOT CONFIRMED").contains("can be called again");
        try (FakeRuntimeApi moved = new FakeRuntimeApi(this::answer)) {
            assertThat(rollback("--haproxy", moved.address(), "--backend", "app", "--canary", "new"))
                    .as(out + "" + err)
                    .isZero();
        }
        assertThat(weight).isZero();
        assertThat(JournalReader.read(record.resolve("journal.jsonl")).torn()).isEmpty();
    }

    @Test
    void nothingIsTouchedBeforeTheRolloutOrWhileJenkinsHasTheRecord() throws Exception {
        open("{traffic: 0}", true);
        FolderLock jenkins = FolderLock.take(record.getParent()).orElseThrow();
        assertThat(rollback()).isEqualTo(1);
        assertThat(err.toString()).contains("Jenkins").contains("Roll back now");
        jenkins.close();
        Files.writeString(
                record.resolve("record.json"),
                Files.readString(record.resolve("record.json")).replace("\"enclosed\":true,", ""));
        assertThat(rollback()).isZero();
        assertThat(out.toString()).contains("Nothing has moved");
        assertThat(haproxy.asked).isEmpty();
        assertThat(rollback(home.resolve("nowhere"))).isEqualTo(1);
        assertThat(err.toString()).contains("holds no record.json");
    }

    @Test
    void aRouterThatTheRecordDoesNotKnowIsToldBeforeAnythingIsDone() throws Exception {
        open("{traffic: 0}", false);
        String before = Files.readString(record.resolve("journal.jsonl"));
        assertThat(rollback()).isEqualTo(1);
        assertThat(err.toString()).contains("where the router 'front' is").contains("--haproxy ADDRESS");
        know("edge");
        assertThat(rollback()).isEqualTo(1);
        assertThat(haproxy.asked).isEmpty();
        assertThat(record.resolve("journal.jsonl")).hasContent(before);
        assertThat(rollback("--haproxy", haproxy.address(), "--backend", "app", "--canary", "new"))
                .as(out + "" + err)
                .isZero();
        assertThat(weight).isZero();
    }

    @Test
    void recordsThatCantBeLockedAreNotWrittenAndTheTrafficGoesBack() throws Exception {
        open("{traffic: 0}", true);
        String before = Files.readString(record.resolve("journal.jsonl"));
        // as in a folder that is read-only, which is none to root
        Files.createDirectory(record.resolveSibling("lock"));
        assertThat(rollback()).as(out + "" + err).isZero();
        assertThat(weight).isZero();
        assertThat(out.toString()).contains("NOTHING IS WRITTEN").contains("NOT ALL OF THIS IS IN THE RECORD");
        assertThat(err.toString()).contains("can't be locked");
        assertThat(record.resolve("journal.jsonl")).hasContent(before);
    }

    @Test
    void aDiskThatIsFullKeepsNobodyFromGoingBack() throws Exception {
        open("{traffic: 0}", true);
        OpenRecord opened = OpenRecord.read(record);
        JournalFile file = JournalFile.openUnforced(opened.journal());
        HandJournal full = HandJournal.on(new JournalWriter() {
            private int room = 3;

            @Override
            public Stamped append(Instant at, Instant wall, Event event) throws IOException {
                if (room-- <= 0) {
                    throw new IOException("No space left on device");
                }
                return file.append(at, wall, event);
            }

            @Override
            public void force() throws IOException {
                file.force();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        });
        ByHand hand = new ByHand(opened, opened.routers(), null, null);
        assertThat(new WayBack(opened, hand, () -> full, new PrintWriter(out, true)).go("ann", "now", null))
                .as(out.toString())
                .isEqualTo(WayBack.Outcome.DONE);
        assertThat(weight).isZero();
        assertThat(out.toString()).contains("NOT ALL OF THIS IS IN THE RECORD").contains("No space left on device");
        assertThat(JournalReader.read(opened.journal()).torn()).isEmpty();
    }

    @Test
    void whoInterruptsItIsToldHowThingsAreAndCanGoOn() throws Exception {
        open("{traffic: 0}", true);
        haproxy.close();
        Process process = process("exec \"$@\"");
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            String line = said.readLine();
            while (line != null && !line.contains("rolling back")) {
                line = said.readLine();
            }
            assertThat(line).isNotNull();
            // leaves its output open
            process.toHandle().destroy();
            assertThat(said.lines()).anyMatch(rest -> rest.contains("INTERRUPTED, NOT CONFIRMED"));
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).isEqualTo(128 + 15);
        assertThat(JournalReader.read(record.resolve("journal.jsonl")).torn()).isEmpty();
        assertThat(events()).hasAtLeastOneElementOfType(Event.RollbackStarted.class);
        try (FakeRuntimeApi back = new FakeRuntimeApi(this::answer)) {
            assertThat(rollback("--haproxy", back.address(), "--backend", "app", "--canary", "new"))
                    .as(out + "" + err)
                    .isZero();
        }
        assertThat(weight).isZero();
    }

    @Test
    void credentialsThatCantBeReadAreWrongUsageAndNotQuoted() throws Exception {
        open("{traffic: 0}", true);
        Path secrets = Files.writeString(home.resolve("secrets"), "flogs=sesame-4711\n");
        for (String script : List.of("exec \"$@\" 3<'" + secrets + "'", "exec \"$@\" 3<&-")) {
            Process process = process(script, "--endpoint", "flags=https://flags.example/api", "--credentials-fd", "3");
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isEqualTo(2);
            assertThat(said).contains("--credentials-fd 3: ").doesNotContain("sesame");
        }
        assertThat(haproxy.asked).isEmpty();
    }

    @Test
    void onlyPeopleCanMoveWhatNoRouterMoves() throws Exception {
        open("{traffic: 0}, {job: redeploy}", false);
        Path contract = record.resolve("contract.yaml");
        Files.writeString(contract, Files.readString(contract).replace("  router: front\n", ""));
        assertThat(rollback("--for", "60")).as(out + "" + err).isEqualTo(11);
        assertThat(out.toString())
                .contains(
                        "NOT CONFIRMED",
                        "move it by hand now",
                        "  - the action 'job': start the job 'redeploy' by hand")
                .doesNotContain("Given up");
    }

    private void know(String router) throws IOException {
        new ObjectMapper()
                .writeValue(
                        record.resolve(RecordedRouter.FILE).toFile(),
                        Map.of(router, RecordedRouter.of(HaproxySettings.of(haproxy.address(), "app", "new", "old"))));
    }

    private void open(String procedure, boolean known) throws IOException {
        Files.createDirectories(record);
        Files.writeString(record.resolve("contract.yaml"), CONTRACT.replace("PROCEDURE", procedure));
        Files.writeString(
                record.resolve("record.json"),
                "{\"format\":1,\"id\":\"shop-1\",\"run\":\"shop#1\",\"service\":\"shop\",\"environment\":\"production\","
                        + "\"contractFile\":\"release.yaml\",\"variables\":{\"VERSION\":\"2\"},\"includes\":{},"
                        + "\"enclosed\":true,\"observe\":false,\"orphan\":null}");
        if (known) {
            know("front");
        }
        try (JournalFile journal = JournalFile.open(record.resolve("journal.jsonl"))) {
            Instant at = Instant.now().minusSeconds(300);
            for (Event event : List.of(
                    new Event.Armed(Map.of("MON-001", 0.01)),
                    new Event.CanaryStarted(List.of(25.0, 100.0)),
                    new Event.PhaseStarted(0, "25 %", 25, ""),
                    new Event.Intended("shift-0-0-0", "shift", "25 %"),
                    new Event.Done("shift-0-0-0", null, 0.1),
                    new Event.BakeStarted(0))) {
                journal.append(at, at, event);
            }
        }
    }

    private List<Event> events() throws IOException {
        return JournalReader.read(record.resolve("journal.jsonl")).events().stream()
                .map(Stamped::event)
                .toList();
    }

    private int rollback(String... options) {
        return rollback(record, options);
    }

    private int rollback(Path folder, String... options) {
        String[] args = Stream.concat(Stream.of("rollback", folder.toString()), Arrays.stream(options))
                .toArray(String[]::new);
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }

    private Process process(String script, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                script,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "rollback",
                record.toString()));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
