// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Weights, groups, critical and marginal, to the score and the exit status, in both profiles. */
class ScoreTest {
    private static final String GOOD = "\"baseline\":[10,11,12,13,14,15,16,17],\"canary\":[10,11,12,13,14,15,16,17]";
    private static final String BAD = "\"baseline\":[10,11,12,13,14,15,16,17],\"canary\":[40,41,42,43,44,45,46,47]";
    private static final String NONE = "\"baseline\":[10,11,12],\"canary\":[]";

    @TempDir
    private Path dir;

    private JsonNode root;

    private int judge(String top, List<String> metrics, String... options) throws IOException {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < metrics.size(); i++) {
            list.add("{\"id\":\"m" + i + "\",\"kind\":\"gauge\"," + metrics.get(i) + "}");
        }
        String json = "{" + top + "\"metrics\":[" + String.join(",", list) + "]}";
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(
                "--format",
                "json",
                Files.writeString(dir.resolve("in.json"), json).toString()));
        int code = new CommandLine(new JudgeCommand())
                .setOut(new PrintWriter(out))
                .execute(arguments.toArray(String[]::new));
        root = new ObjectMapper().readTree(out.toString());
        return code;
    }

    private double score() {
        return root.get("score").asDouble();
    }

    @Test
    void betweenTheTwoLimitsIsMarginal() throws IOException {
        assertThat(judge("", List.of(GOOD, GOOD, GOOD, BAD))).isEqualTo(4);
        assertThat(root.get("verdict").asText()).isEqualTo("marginal");
        assertThat(score()).isEqualTo(75);
        assertThat(judge("\"marginal\":80,", List.of(GOOD, GOOD, GOOD, BAD))).isEqualTo(1);
        assertThat(judge("\"pass\":75,", List.of(GOOD, GOOD, GOOD, BAD))).isZero();
    }

    @Test
    void weightsCount() throws IOException {
        assertThat(judge("", List.of(GOOD + ",\"weight\":19", BAD + ",\"weight\":1")))
                .isZero();
        assertThat(score()).isEqualTo(95);
        assertThat(judge("", List.of(GOOD + ",\"weight\":1", BAD + ",\"weight\":3")))
                .isEqualTo(1);
        assertThat(score()).isEqualTo(25);
    }

    @Test
    void aCriticalFailureIsAllItTakes() throws IOException {
        assertThat(judge("", List.of(GOOD + ",\"weight\":99", BAD + ",\"weight\":1,\"critical\":true")))
                .isEqualTo(1);
        assertThat(score()).isZero();
    }

    @Test
    void whatHasNoAnswerIsNoPass() throws IOException {
        assertThat(judge("", List.of(GOOD + ",\"weight\":99", NONE + ",\"weight\":1")))
                .isEqualTo(3);
        assertThat(judge("", List.of(GOOD, NONE + ",\"muted\":true"))).isZero();
    }

    @Test
    void worseThanAllowedByItsEstimateIsMarginalAndCountsHalf() throws IOException {
        String near = "\"allow\":\"10%\",\"baseline\":[100,101,102,103,104,105,106,107],"
                + "\"canary\":[110,111,112,114,115,116,118,119]";
        assertThat(judge("", List.of(near))).isEqualTo(1); // half of 100 is below 75
        assertThat(root.get("metrics").get(0).get("verdict").asText()).isEqualTo("marginal");
        assertThat(judge("", List.of(near, GOOD))).isEqualTo(4);
        assertThat(score()).isEqualTo(75);
    }

    /** Kayenta's groups have weights of their own; those without one share the rest. */
    @Test
    void kayentasGroupsAreWeighed() throws IOException {
        List<String> metrics = List.of(GOOD + ",\"group\":\"a\"", BAD + ",\"group\":\"b\"", GOOD + ",\"group\":\"c\"");
        assertThat(judge("\"kayenta\":{\"groupWeights\":{\"b\":10}},", metrics, "--profile", "kayenta"))
                .isEqualTo(4);
        assertThat(score()).isEqualTo(90);
        assertThat(judge("\"kayenta\":{\"groupWeights\":{\"b\":70}},", metrics, "--profile", "kayenta"))
                .isEqualTo(1);
        assertThat(score()).isEqualTo(30);
        assertThat(root.get("metrics").get(1).get("classification").asText()).isEqualTo("high");
    }

    @Test
    void halfWithoutDataIsNothingForKayenta() throws IOException {
        assertThat(judge("", List.of(GOOD, NONE), "--profile", "kayenta")).isEqualTo(1);
        assertThat(score()).isZero();
        assertThat(judge("", List.of(GOOD, GOOD, NONE), "--profile", "kayenta")).isZero();
    }

    @Test
    void eachGroupHasItsOwnScore() throws IOException {
        String api = "\"group\":\"api\",";
        for (String profile : List.of("guard", "kayenta")) {
            judge("", List.of(api + GOOD, api + BAD, GOOD), "--profile", profile);
            assertThat(root.at("/groups/api").asDouble()).as(profile).isEqualTo(50);
            assertThat(root.get("groups").get("").asDouble()).as(profile).isEqualTo(100);
        }
    }
}
