// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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

    private String read(String name) throws IOException {
        try (InputStream in =
                getClass().getResourceAsStream("/io/jenkins/plugins/releaseguard/judge/cases/" + name + ".jsonl.gz")) {
            return new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What was said look by look. */
    private List<JsonNode> judged(String name) throws IOException {
        return said(read(name));
    }

    private List<JsonNode> said(String stream) throws IOException {
        Path file = Files.writeString(dir.resolve("stream.jsonl"), stream);
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

    /** The file is of the first 80 s, slow from code that is loaded; then both sides are as its baseline was. */
    private String coldStart(String warmup) throws IOException {
        StringBuilder stream = new StringBuilder(
                read("cold-start-false-stop").replaceFirst("\\{", "{" + warmup).strip());
        SplittableRandom r = new SplittableRandom(7);
        JsonNode usual = JSON.readTree(stream.toString().split("\n")[1])
                .get("metrics")
                .get(1)
                .get("baseline");
        for (int i = 0; i < 30 * LOOKS_A_MINUTE; i++) {
            List<Double> canary = new ArrayList<>();
            for (int k = 0; k < 5; k++) {
                canary.add(usual.get(r.nextInt(usual.size())).asDouble());
            }
            stream.append("\n{\"phase\":0,\"seconds\":5,\"metrics\":[{\"id\":\"err\",\"canary\":{\"errors\":")
                    .append(r.nextInt(20) == 0 ? 1 : 0)
                    .append(",\"total\":5},\"baseline\":{\"errors\":5,\"total\":495}},{\"id\":\"lat\",\"canary\":")
                    .append(canary)
                    .append(",\"baseline\":")
                    .append(usual)
                    .append("}]}");
        }
        return stream.append('\n').toString();
    }

    @Test
    void aColdStartIsNotStoppedWhereThePhaseWarmsUpAndIsPromotedLater() throws IOException {
        List<JsonNode> looks = said(coldStart("\"warmup\": 150, "));
        assertThat(first(looks, "stop")).isEqualTo(Integer.MAX_VALUE);
        assertThat(first(looks, "promote")).isBetween(30, 30 * LOOKS_A_MINUTE);
        assertThat(looks.get(15).get("reason").asText()).contains("warms up");
        assertThat(looks.get(30).get("reason").asText()).doesNotContain("warms up");
    }

    @Test
    void theSameWithoutAWarmUpIsStopped() throws IOException {
        assertThat(first(said(coldStart("\"warmup\": [0, 60, 0, 0, 0], ")), "stop"))
                .isLessThan(150 / 5);
    }

    @Test
    void aLookMaySayItselfThatItIsOfAWarmUp() throws IOException {
        String stream = coldStart("");
        String marked = stream.replaceAll("(?m)^\\{\"phase\":0,(?=.*437.5)", "{\"phase\":0,\"warmup\":true,");
        assertThat(said(marked).get(0).get("reason").asText()).contains("warms up");
        assertThat(said(stream).get(0).get("reason").asText()).doesNotContain("warms up");
    }

    @Test
    void aWarmUpThatCannotBeIsRefused() throws IOException {
        Path file = Files.writeString(dir.resolve("bad.jsonl"), coldStart("\"warmup\": [1, 2], "));
        StringWriter err = new StringWriter();
        int code =
                new CommandLine(new JudgeCommand()).setErr(new PrintWriter(err)).execute("--stream", file.toString());
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("line 1: warmup must name seconds for each of the phases, but has 2 for 5");
        Files.writeString(file, coldStart("\"warmup\": -1, "));
        assertThat(new CommandLine(new JudgeCommand())
                        .setErr(new PrintWriter(err))
                        .execute("--stream", file.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("warmup must be seconds, not fewer than 0, but is -1.0");
    }
}
