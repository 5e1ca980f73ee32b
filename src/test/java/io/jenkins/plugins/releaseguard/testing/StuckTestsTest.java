// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.Extension;

// C8: a test's limit ends the test, whatever it blocks in
class StuckTestsTest {
    /** Blocks where no interrupt helps, as the rehearsal's test did. */
    static final class BlockedInARead {
        public static void main(String[] args) throws IOException {
            new StuckTests.Watch(Duration.ofMillis(200), StuckTests::end).moved("BlockedInARead.forever");
            try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
                socket.getInputStream().read();
            }
        }
    }

    @Test
    void aTestThatBlocksInAReadIsNamedAndEnds() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BlockedInARead.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(StuckTests.EXIT_CODE);
        assertThat(said).contains("STUCK: BlockedInARead.forever").contains("BlockedInARead.main");
    }

    @Test
    void whatMovesOrIsOverIsNotStuck() throws Exception {
        BlockingQueue<String> stuck = new LinkedBlockingQueue<>();
        StuckTests.Watch watch = new StuckTests.Watch(Duration.ofSeconds(2), stuck::add);
        watch.moved("first");
        watch.moved(null);
        assertThat(stuck.poll(3, TimeUnit.SECONDS)).isNull();
        watch.moved("second");
        assertThat(stuck.poll(1, TimeUnit.MINUTES)).isEqualTo("second");
    }

    @Test
    void everyTestIsWatched() {
        assertThat(ServiceLoader.load(Extension.class)).hasAtLeastOneElementOfType(StuckTests.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .as("found by JUnit on its own")
                .anyMatch(thread -> thread.getName().equals("stuck-tests"));
    }
}
