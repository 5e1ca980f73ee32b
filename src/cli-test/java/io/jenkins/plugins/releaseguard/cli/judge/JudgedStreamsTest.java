// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Streams of 5 s looks that an earlier judge got wrong. */
class JudgedStreamsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LOOKS_A_MINUTE = 12;

    @TempDir
    private Path dir;

    /** What was said look by look. */
    private List<JsonNode> judged(String name) throws IOException {
        Path file = dir.resolve(name);
        try (InputStream in =
                getClass().getResourceAsStream("/io/jenkins/plugins/releaseguard/judge/cases/" + name + ".jsonl.gz")) {
            Files.write(file, new GZIPInputStream(in).readAllBytes());
        }
        StringWriter out = new StringWriter();
        new CommandLine(new JudgeCommand()).setOut(new PrintWriter(out)).execute("--stream", file.toString());
        List<JsonNode> looks = new ArrayList<>();
        for (String line : out.toString().split("\n")) {
            looks.add(JSON.readTree(line));
        }
        return looks;
    }

    private static int first(List<JsonNode> looks, String action) {
        for (int i = 0; i < looks.size(); i++) {
            if (looks.get(i).get("action").asText().equals(action)) {
                return i + 1;
            }
        }
        return Integer.MAX_VALUE;
    }

    @Test
    void anHourOfHealthThenEveryRequestFails() throws IOException {
        List<JsonNode> looks = judged("late-harm-absolute-allow");
        int onset = 60 * LOOKS_A_MINUTE;
        assertThat(first(looks, "stop")).isBetween(onset + 1, onset + 2 * LOOKS_A_MINUTE);
        for (int i = onset + 5; i < looks.size(); i++) {
            assertThat(looks.get(i).get("action").asText()).isNotEqualTo("promote");
        }
    }

    @Test
    void noErrorOnEitherSideIsProvenWithinHalfAnHour() throws IOException {
        List<JsonNode> looks = judged("zero-errors");
        assertThat(first(looks, "promote")).isBetween(10 * LOOKS_A_MINUTE, 30 * LOOKS_A_MINUTE);
        assertThat(first(looks, "stop")).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void millionthsOfAnEventStopNobody() throws IOException {
        assertThat(first(judged("tiny-events"), "stop")).isEqualTo(Integer.MAX_VALUE);
    }
}
