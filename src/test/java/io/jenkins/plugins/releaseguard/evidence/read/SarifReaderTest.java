// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SarifReaderTest {
    private static List<SarifRun> read(String json) throws IOException {
        return SarifReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String log(String tool, String results) {
        return "{\"$schema\":\"x\",\"runs\":[{\"results\":[" + results + "],\"tool\":" + tool
                + "}],\"version\":\"2.1.0\"}";
    }

    private static SarifRun.Finding finding(String tool, String result) throws IOException {
        return read(log(tool, result)).get(0).findings().get(0);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"ruleId\":\"a\",\"level\":\"note\"}|note",
                "{\"ruleId\":\"a\"}|error",
                "{\"ruleId\":\"a/1\"}|error",
                "{\"ruleIndex\":0}|error",
                "{\"rule\":{\"index\":0}}|error",
                "{\"rule\":{\"id\":\"e\"}}|note",
                "{\"rule\":{\"index\":0,\"toolComponent\":{\"index\":0}}}|note",
                "{\"ruleId\":\"other\"}|unknown",
                "{\"ruleId\":\"a\",\"kind\":\"pass\"}|none",
                "{\"ruleId\":\"a\",\"kind\":\"fail\"}|error",
                "{}|warning"
            })
    void levelsAreThoseOfTheStandard(String result, String level) throws IOException {
        String tool =
                "{\"driver\":{\"name\":\"t\",\"rules\":[{\"id\":\"a\",\"defaultConfiguration\":{\"level\":\"error\"}}]},"
                        + "\"extensions\":[{\"name\":\"x\",\"rules\":[{\"id\":\"e\",\"defaultConfiguration\":{\"level\":\"note\"}}]}]}";

        assertThat(finding(tool, result).level()).isEqualTo(level);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|false",
                "[{\"kind\":\"inSource\"}]|true",
                "[{\"kind\":\"external\",\"status\":\"accepted\"}]|true",
                "[{\"kind\":\"external\",\"status\":\"underReview\"}]|false",
                "[{\"kind\":\"inSource\"},{\"kind\":\"external\",\"status\":\"rejected\"}]|false"
            })
    void suppressionsCountOnceAccepted(String suppressions, boolean suppressed) throws IOException {
        assertThat(finding("{\"driver\":{\"name\":\"t\"}}", "{\"suppressions\":" + suppressions + "}")
                        .suppressed())
                .isEqualTo(suppressed);
    }

    @Test
    void theSameFindingIsKnownAgainOnAnotherLine() throws IOException {
        String at = "{\"ruleId\":\"a\",\"message\":{\"text\":\"m\"},\"locations\":[{\"physicalLocation\":"
                + "{\"artifactLocation\":{\"uri\":\"A.java\"},\"region\":{\"startLine\":%d}}}]}";
        String tool = "{\"driver\":{\"name\":\"t\"}}";

        assertThat(finding(tool, at.formatted(1)).print())
                .isEqualTo(finding(tool, at.formatted(9)).print());
        assertThat(finding(tool, at.formatted(9)).where()).isEqualTo("A.java:9");
        assertThat(finding(tool, at.formatted(1).replace("\"m\"", "\"n\"")).print())
                .isNotEqualTo(finding(tool, at.formatted(1)).print());
    }

    @Test
    void tellsAToolThatFailedAndOneThatWroteNothing() throws IOException {
        String run = "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\"}},%s}]}";

        assertThat(read(run.formatted("\"invocations\":[{\"executionSuccessful\":false}],\"results\":[]"))
                        .get(0)
                        .failed())
                .isTrue();
        assertThat(read(run.formatted("\"invocations\":[{\"executionSuccessful\":true}],\"results\":[]"))
                        .get(0)
                        .failed())
                .isFalse();
        assertThat(read(run.formatted("\"results\":null")).get(0).hasResults()).isFalse();
        assertThat(read(run.formatted("\"columnKind\":\"x\"")).get(0).hasResults())
                .isFalse();
    }

    @Test
    void aByteOrderMarkIsNoTrouble() throws IOException {
        assertThat(read("\uFEFF" + log("{\"driver\":{\"name\":\"t\"}}", ""))
                        .get(0)
                        .tool())
                .isEqualTo("t");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "null",
                "{\"version\":\"2.1.0\"}",
                "{\"version\":\"2.0.0\",\"runs\":[]}",
                "{\"runs\":[]}",
                "{\"version\":\"2.1.0\",\"runs\":{}}",
                "{\"version\":\"2.1.0\",\"runs\":[1]}",
                "{\"version\":\"2.1.0\",\"runs\":[{}]}",
                "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\"}},\"results\":{}}]}",
                "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\"}},\"results\":[1]}]}",
                "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\"}},\"results\":[{\"level\":\"fatal\"}]}]}",
                "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\"}},\"results\":[{\"level\":\"error\",\"level\":\"none\"}]}]}",
                "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\"}},\"results\":[",
                "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"t\"}},\"externalPropertyFileReferences\":{\"results\":[{\"location\":{\"uri\":\"r.json\"}}]}}]}",
                "{\"version\":\"2.1.0\",\"runs\":[]}{}"
            })
    void whatIsNoSarifIsAnError(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(FormatException.class).hasMessageNotContaining("\n");
    }

    @Test
    void anIdOfSlashesIsOfNoRuleAboveIt() throws IOException {
        String tool = "{\"driver\":{\"name\":\"t\",\"rules\":[{\"id\":\"a\"}]}}";
        assertThat(finding(tool, "{\"ruleId\":\"a" + "/b".repeat(31) + "\"}").isLevelKnown())
                .isTrue();
        assertThat(finding(tool, "{\"ruleId\":\"a" + "/b".repeat(32) + "\"}").isLevelKnown())
                .isFalse();
        assertThat(finding(tool, "{\"ruleId\":\"a/" + "b".repeat(1000) + "\"}").isLevelKnown())
                .isFalse();
        assertThat(finding(tool, "{\"ruleId\":\"" + "/".repeat(400_000) + "\"}").isLevelKnown())
                .isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{\"driver\":{\"name\":\"t\",\"rules\":[{\"id\":\"a\"}],\"properties\":{\"x\":[%s]}}}",
                "{\"driver\":{\"name\":\"t\",\"rules\":[{\"id\":\"a\",\"properties\":{\"x\":{\"y\":[%s]}}}]}}",
                "{\"driver\":{\"name\":\"t\",\"supportedTaxonomies\":[%s],\"rules\":[{\"id\":\"a\"}]}}"
            })
    void whatNoReaderAsksForIsPassedOver(String tool) throws IOException {
        // more values than a tool may have
        String many = "1,".repeat(2_000_001) + "1";
        assertThat(finding(tool.formatted(many), "{\"ruleId\":\"a\",\"level\":\"error\"}")
                        .level())
                .isEqualTo("error");
    }

    @Test
    void whatIsKeptIsBounded() {
        String tool = "{\"driver\":{\"name\":\"t\",\"rules\":[{\"id\":\"a\",\"properties\":{\"tags\":[%s]}}]}}";
        String many = "1,".repeat(2_000_001) + "1";
        assertThatThrownBy(() -> read(log(tool.formatted(many), "")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("more than 2000000 values");
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "[".repeat(100_000);

        assertThatThrownBy(() -> read("{\"x\":" + deep)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> read(log("{\"driver\":{\"name\":\"t\"}}", "{\"message\":" + deep)))
                .isInstanceOf(FormatException.class);
    }
}
