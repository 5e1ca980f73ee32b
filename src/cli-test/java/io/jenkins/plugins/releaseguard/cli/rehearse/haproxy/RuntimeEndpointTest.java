// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.VirtualClock;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.World;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The answers are those of HAProxy 2.6.12. */
class RuntimeEndpointTest {
    private World world;
    private RuntimeEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        world = new World(Scenario.HEALTHY, new VirtualClock(Instant.now(), 1), Duration.ofMinutes(15), 0);
        endpoint = new RuntimeEndpoint(0, world.proxy(), "app");
    }

    @AfterEach
    void stop() throws IOException {
        endpoint.close();
        world.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        get weight app/canary                  | 0 (initial 0)
        get weight nope/x                      | No such backend.
        set weight app/nope 3                  | No such server.
        set weight app/canary 300              | Absolute weight can only be between 0 and 256 inclusive.
        set weight                             | Require 'backend/server'.
        get weight app                         | Require 'backend/server'.
        set server app/canary state foo        | 'set server <srv> state' expects 'ready', 'drain' and 'maint'.
        shutdown sessions server app/nope      | No such server.
        show stat nope 4 -1                    | No such proxy.
        """)
    void answersWithOneSentence(String command, String expected) throws IOException {
        assertThat(send(command)).isEqualTo(expected + "\n\n");
    }

    @Test
    void doesWhatItIsToldInOrder() throws IOException {
        assertThat(send("set server app/canary weight 7; get weight app/canary"))
                .isEqualTo("\n7 (initial 0)\n\n");
        assertThat(send("set weight app/baseline 50%;get weight app/baseline")).isEqualTo("\n128 (initial 256)\n\n");
        assertThat(send("set server app/canary state drain")).isEqualTo("\n");
        assertThat(cell("canary", "status")).isEqualTo("DRAIN");
        assertThat(world.proxy().canaryShare()).isZero();
        assertThat(send("set server app/canary state ready")).isEqualTo("\n");
        assertThat(world.proxy().canaryShare()).isEqualTo(100 * 7 / 135.0);
    }

    @Test
    void countsWhatTheProxyCounted() throws Exception {
        assertThat(cell("baseline", "stot")).isEqualTo("0");
        world.load(1000);
        await("300 answers").atMost(Duration.ofMinutes(3)).until(() -> world.answered() >= 300);
        assertThat(Integer.parseInt(cell("baseline", "stot"))).isGreaterThanOrEqualTo(300);
        assertThat(cell("canary", "stot")).isEqualTo("0");
        assertThat(Integer.parseInt(cell("baseline", "hrsp_2xx"))).isGreaterThanOrEqualTo(250);
        assertThat(cell("BACKEND", "status")).isEqualTo("UP");
        assertThat(cell("baseline", "pxname")).isEqualTo("app");
    }

    @Test
    void showsServersAlone() throws IOException {
        assertThat(send("show stat app 4 -1")
                        .lines()
                        .filter(l -> l.contains(","))
                        .map(l -> l.split(",", 3)[1]))
                .containsExactly("svname", "baseline", "canary");
    }

    @Test
    void listsServerStates() throws IOException {
        send("set server app/canary state maint");
        String[] lines = send("show servers state app").split("\n");
        assertThat(lines[0]).isEqualTo("1");
        assertThat(lines[2]).startsWith("3 app 1 baseline 127.0.0.1 2 0 256 256");
        assertThat(lines[3]).startsWith("3 app 2 canary 127.0.0.1 0 1 0 0");
    }

    @Test
    void saysWhenACommandIsUnknown() throws IOException {
        assertThat(send("foo bar")).startsWith("Unknown command. Please enter one of the following commands only:\n");
    }

    private String cell(String server, String column) throws IOException {
        String[] lines = send("show stat").split("\n");
        List<String> columns = List.of(lines[0].substring(2).split(",", -1));
        return Arrays.stream(lines)
                .map(l -> l.split(",", -1))
                .filter(cells -> cells.length > 1 && cells[1].equals(server))
                .findFirst()
                .orElseThrow()[columns.indexOf(column)];
    }

    private String send(String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port())) {
            socket.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
