// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class JudgeCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path dir;

    private record Run(int code, String out, String err) {}

    private Run run(String input, String... options) throws IOException {
        Path file = Files.writeString(dir.resolve("in.json"), input);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> args = new ArrayList<>(List.of(options));
        args.add(file.toString());
        int code = new CommandLine(new JudgeCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args.toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    private static String values(double... v) {
        return java.util.Arrays.toString(v);
    }

    private static String latency(String more, String baseline, String canary) {
        return "{\"alpha\":0.05,\"metrics\":[{\"id\":\"m\",\"kind\":\"latency\"" + more + ",\"baseline\":" + baseline
                + ",\"canary\":" + canary + "}]}";
    }

    private static final String MALES = values(19, 22, 16, 29, 24);
    private static final String FEMALES = values(20, 11, 17, 12);

    @Test
    void theTestsOwnTwoSidedPWithoutMargin() throws IOException {
        Run r = run(latency(",\"worse\":\"either\",\"allow\":\"0\"", FEMALES, MALES), "--format", "json");
        JsonNode m = JSON.readTree(r.out()).get("metrics").get(0);
        assertThat(m.get("p").asDouble()).isCloseTo(0.1111111111111111, within(1e-12));
        assertThat(m.get("statistic").asDouble()).isEqualTo(17);
        assertThat(m.get("samples").get("canary").asInt()).isEqualTo(5);
        assertThat(r.code()).isEqualTo(3);
    }

    @Test
    void errorsFailWithTheBinomialOfTheShare() throws IOException {
        String in = "{\"metrics\":[{\"id\":\"e\",\"kind\":\"rate\",\"share\":0.05,"
                + "\"baseline\":{\"errors\":20,\"total\":950},\"canary\":{\"errors\":10,\"total\":50}}]}";
        Run r = run(in, "--format", "json");
        JsonNode m = JSON.readTree(r.out()).get("metrics").get(0);
        // SciPy: binomtest(10, 30, 0.05, alternative='greater')
        assertThat(m.get("p").asDouble()).isCloseTo(1.161521396871543e-06, within(1e-15));
        assertThat(m.get("verdict").asText()).isEqualTo("fail");
        assertThat(m.get("effect").asDouble()).isCloseTo(8.5, within(1e-9));
        // odds of Clopper and Pearson's limits over the share's odds
        assertThat(m.get("interval").get("lower").asDouble()).isGreaterThan(2.5);
        assertThat(r.code()).isEqualTo(1);
    }

    @Test
    void textSaysWhy() throws IOException {
        Run r = run(latency(
                ",\"worse\":\"higher\",\"unit\":\"ms\"", values(1, 2, 3, 4, 5, 6), values(11, 12, 13, 14, 15, 16)));
        assertThat(r.code()).isEqualTo(1);
        assertThat(r.out())
                .contains(
                        "fail",
                        "13.5 ms at the median of 6 values (baseline 3.5 ms of 6 values)",
                        "Mann-Whitney, exact");
    }

    @Test
    void kayentaGivesItsClassification() throws IOException {
        String in = latency(
                ",\"worse\":\"higher\",\"critical\":true", values(1, 2.2, 1.1, 2.5, 3), values(20, 22, 21, 25, 30));
        Run r = run(in, "--profile", "kayenta", "--format", "json");
        JsonNode root = JSON.readTree(r.out());
        assertThat(root.get("metrics").get(0).get("classification").asText()).isEqualTo("high");
        assertThat(root.get("score").asDouble()).isZero();
        assertThat(r.code()).isEqualTo(1);
    }

    @Test
    void noDataNeverPasses() throws IOException {
        Run r = run(latency("", "[]", "[1,2,3]"), "--format", "json");
        assertThat(r.code()).isEqualTo(3);
        assertThat(JSON.readTree(r.out()).get("metrics").get(0).get("verdict").asText())
                .isEqualTo("nodata");
        assertThat(run("{\"metrics\":[]}").code()).isEqualTo(3);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"metrics\":[{\"id\":\"m\",\"kind\":\"speed\"}]}|metrics[0].kind 'speed' is not one of",
                "{\"metrics\":[{\"kind\":\"rate\"}]}|metrics[0].id is missing",
                "{\"metrics\":[{\"id\":\"m\",\"kind\":\"gauge\",\"canary\":[1,\"x\"]}]}|metrics[0].canary[1] must be a number",
                "{\"metrics\":[{\"id\":\"m\",\"kind\":\"gauge\",\"alow\":1}]}|metrics[0].alow is not known here",
                "{\"metrics\":[{\"id\":\"m\",\"kind\":\"latency\",\"canary\":[1],\"buckets\":{}}]}|metrics[0].canary can't stand beside buckets",
                "{\"metrics\":[{\"id\":\"m\",\"kind\":\"latency\",\"buckets\":{\"le\":[1]}}]}|metrics[0].buckets.le is not known here",
                "{\"metrics\":[{\"id\":\"m\",\"kind\":\"gauge\",\"allow\":\"ten\"}]}|metrics[0].allow allow must be",
                "{\"metrics\":[{\"id\":\"m\",\"kind\":\"gauge\"},{\"id\":\"m\",\"kind\":\"gauge\"}]}|given twice",
                "{\"metrics\":[{\"id\":\"m\",\"kind\":\"rate\",\"share\":5}]}|metrics[0].share must lie in 0..1",
                "{\"alpha\":2,\"metrics\":[]}|alpha must lie between",
                "{\"metrics\":7}|metrics must be a list",
                "{\"metrics\":[]|in.json:1:",
                "{\"metrics\":[],\"kayenta\":{\"nanStrategy\":\"drop\"}}|kayenta.nanStrategy must be remove or replace"
            })
    void unreadableInputNamesItsField(String in, String message) throws IOException {
        Run r = run(in);
        assertThat(r.err()).contains(message);
        assertThat(r.code()).isEqualTo(2);
        assertThat(r.out()).isEmpty();
    }

    private static String buckets(int bucket, int phase) {
        StringBuilder counts = new StringBuilder("0");
        for (int i = 1; i < 6; i++) {
            counts.append(i == bucket ? ",400" : ",0");
        }
        return ("{\"phase\":%d,\"seconds\":15,\"baselineRequests\":400,\"canaryRequests\":400,\"metrics\":[{\"id\":\"m\",\"buckets\":"
                        + "{\"bounds\":[50,100,250,500,1000],\"canary\":[%s],\"baseline\":[0,0,400,0,0,0]}}]}\n")
                .formatted(phase, counts);
    }

    /** A stream may give histograms: what crosses two bounds is stopped, what stays inside one is inconclusive. */
    @Test
    void aStreamMayGiveBuckets() throws IOException {
        String config =
                "{\"phases\":[0.5],\"metrics\":[{\"id\":\"m\",\"kind\":\"latency\",\"unit\":\"ms\",\"allow\":\"10%\"}]}\n";
        Run same = run(config + buckets(2, 0).repeat(40), "--stream");
        assertThat(same.out())
                .contains("buckets of 100 and 250 ms can't show +50 %")
                .doesNotContain("promote");
        assertThat(run(config + buckets(4, 0).repeat(40), "--stream").code()).isEqualTo(1);
        // judged once there is nothing that looks could add up to
        Run once = run(
                "{\"metrics\":[{\"id\":\"m\",\"kind\":\"latency\",\"buckets\":{\"bounds\":[1],\"canary\":[1,2],\"baseline\":[1,2]}}]}");
        assertThat(once.code()).isEqualTo(3);
        assertThat(once.out()).contains("watch them look by look");
    }

    @Test
    void usageIsTwo() throws IOException {
        assertThat(run("{}", "--profile", "argo").code()).isEqualTo(2);
        StringWriter err = new StringWriter();
        assertThat(new CommandLine(new JudgeCommand())
                        .setErr(new PrintWriter(err))
                        .execute(dir.resolve("absent.json").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("absent.json does not exist");
    }

    @Test
    void aStreamCarriesItsState() throws IOException {
        StringBuilder in = new StringBuilder("{\"alpha\":0.05,\"phases\":[0.01,0.05,0.5],\"metrics\":"
                + "[{\"id\":\"e\",\"kind\":\"rate\"},{\"id\":\"m\",\"kind\":\"latency\",\"allow\":\"10%\"}]}\n");
        for (int i = 0; i < 25; i++) {
            in.append("{\"phase\":1,\"metrics\":[{\"id\":\"e\",\"baseline\":{\"errors\":3,\"total\":950},"
                    + "\"canary\":{\"errors\":3,\"total\":50}},{\"id\":\"m\",\"baseline\":[10,11,12,13],"
                    + "\"canary\":[30,31,32]}]}\n");
        }
        Run r = run(in.toString(), "--stream");
        List<String> lines = r.out().lines().toList();
        assertThat(lines).hasSize(25);
        assertThat(JSON.readTree(lines.get(0)).get("action").asText()).isEqualTo("continue");
        JsonNode last = JSON.readTree(lines.get(24));
        assertThat(last.get("action").asText()).isEqualTo("stop");
        assertThat(last.get("verdict").asText()).isEqualTo("stop");
        assertThat(last.get("metrics").get(0).get("e").asDouble()).isGreaterThan(20);
        assertThat(last.get("metrics").get(0).get("interval").get("lower").asDouble())
                .isPositive();
        assertThat(r.code()).isEqualTo(1);
    }

    @Test
    void aStreamHoldsWhenTheShareIsNotTheExpectedOne() throws IOException {
        String phases = "{\"phases\":[0.05,0.5],%s\"metrics\":[{\"id\":\"e\",\"kind\":\"rate\"}]}\n";
        String look = "{\"phase\":0,\"metrics\":[{\"id\":\"e\",\"baseline\":{\"errors\":1,\"total\":500},"
                + "\"canary\":{\"errors\":1,\"total\":500}}]}\n";
        Run planned = run(phases.formatted("") + look.repeat(20), "--stream");
        assertThat(planned.code()).isEqualTo(3);
        assertThat(planned.out())
                .contains("sample-ratio mismatch: the canary gets 50 % of the requests over 5 min, not 5 %");
        Run fresh = run(phases.formatted("\"expectedShares\":[0.5,0.5],") + look.repeat(20), "--stream");
        assertThat(fresh.code()).isZero();
        Run odd = run(phases.formatted("\"expectedShares\":[0.5],") + look, "--stream");
        assertThat(odd.code()).isEqualTo(2);
        assertThat(odd.err())
                .contains("line 1: expectedShares must name a share for each of the phases, but has 1 for 2");
    }

    /** As in a contract: by budget a phase is left as soon as going on can cost little, by proof not before its margin is excluded. */
    @Test
    void aStreamSaysByWhichRuleAPhaseIsLeft() throws IOException {
        String config =
                "{\"phases\":[0.05,0.5],\"blastRadius\":1000000,%s\"metrics\":[{\"id\":\"e\",\"kind\":\"rate\"}]}\n";
        String look = "{\"phase\":0,\"metrics\":[{\"id\":\"e\",\"baseline\":{\"errors\":1,\"total\":950},"
                + "\"canary\":{\"errors\":0,\"total\":50}}]}\n";
        Run proof = run(config.formatted("") + look.repeat(12), "--stream");
        Run budget = run(config.formatted("\"promote\":\"budget\",") + look.repeat(12), "--stream");

        assertThat(proof.out()).contains("\"promotion\":\"proof\"").doesNotContain("\"action\":\"promote\"");
        assertThat(budget.out()).contains("\"promotion\":\"budget\"").contains("\"action\":\"promote\"");
        assertThat(run(config.formatted("\"promote\":\"proof\",") + look.repeat(12), "--stream")
                        .out())
                .isEqualTo(proof.out());
        assertThat(run(config.formatted("\"promote\":\"hope\",") + look, "--stream")
                        .err())
                .contains("line 1: promote must be \"budget\" or \"proof\", but is \"hope\"");
    }

    /** What the budget's bound needs of a contract can be said of a stream, too. */
    @Test
    void aStreamSaysHowLongItsPhasesMayTakeAndWhatItsServicePromises() throws IOException {
        String config = "{\"phases\":[0.05,0.5],\"blastRadius\":2000,\"promote\":\"budget\",%s"
                + "\"metrics\":[{\"id\":\"e\",\"kind\":\"rate\"%s}]}\n";
        String look = "{\"phase\":%d,\"metrics\":[{\"id\":\"e\",\"baseline\":{\"errors\":%d,\"total\":%d},"
                + "\"canary\":{\"errors\":%d,\"total\":%d}}]}\n";
        String early = look.formatted(0, 1, 950, 0, 50).repeat(12);
        assertThat(run(config.formatted("\"longest\":600,", "") + early, "--stream")
                        .out())
                .contains("\"action\":\"promote\"");
        assertThat(run(config.formatted("\"longest\":[600,360000],", "") + early, "--stream")
                        .out())
                .doesNotContain("\"action\":\"promote\"");
        String half = look.formatted(1, 1, 50, 1, 50).repeat(12);
        assertThat(run(config.formatted("", "") + half, "--stream").out()).doesNotContain("\"action\":\"promote\"");
        assertThat(run(config.formatted("", ",\"objective\":0.5") + half, "--stream")
                        .out())
                .contains("\"action\":\"promote\"", "fits its objective");
        assertThat(run(config.formatted("", ",\"objective\":99") + half, "--stream")
                        .err())
                .contains("metrics[0].objective must lie between 0 and 1, as 0.99, but is 99");
        assertThat(run(config.formatted("\"longest\":[1],", "") + half, "--stream")
                        .err())
                .contains("line 1: longest must name seconds for each of the phases, but has 1 for 2");
    }

    @Test
    void aStreamOfUsersWhoStayOnTheirSideIsBetOnInLongBlocks() throws IOException {
        String config = "{\"phases\":[0.05,0.5],%s\"metrics\":[{\"id\":\"e\",\"kind\":\"rate\"}]}\n";
        String look = "{\"phase\":0,\"metrics\":[{\"id\":\"e\",\"baseline\":{\"errors\":10,\"total\":950},"
                + "\"canary\":{\"errors\":10,\"total\":50}}]}\n";
        assertThat(run(config.formatted("") + look.repeat(9), "--stream").code())
                .isEqualTo(1);
        assertThat(run(config.formatted("\"sticky\":600,") + look.repeat(9), "--stream")
                        .out())
                .doesNotContain("\"action\":\"stop\"");
        assertThat(run(config.formatted("\"sticky\":-1,") + look, "--stream").err())
                .contains("line 1: sticky must be seconds, not fewer than 0, but is -1");
    }

    @Test
    void aReadyMadeSeriesIsNotJudgedBySpread() throws IOException {
        String look = "{\"phase\":0,\"metrics\":[{\"id\":\"m\",\"baseline\":[99,100,100,100,100,101],"
                + "\"canary\":[60,70,90,110,130,140]}]}\n";
        String config = "{\"phases\":[0.5],\"metrics\":[{\"id\":\"m\",\"kind\":\"gauge\"%s}]}\n";
        assertThat(run(config.formatted("") + look.repeat(40), "--stream").code())
                .isEqualTo(1);
        assertThat(run(config.formatted(",\"raw\":false") + look.repeat(40), "--stream")
                        .code())
                .isZero();
    }

    @Test
    void aStreamNamesTheLine() throws IOException {
        String config = "{\"metrics\":[{\"id\":\"e\",\"kind\":\"rate\"}]}\n";
        assertThat(run(config + "{\"phase\":9,\"metrics\":[]}\n", "--stream").err())
                .contains("line 2", "phase is 9");
        assertThat(run(config + "{\"phase\":0,\"metrics\":[{\"id\":\"x\"}]}\n", "--stream")
                        .err())
                .contains("line 2: metrics[0].id 'x' is not in the configuration");
        assertThat(run(config + "{oops}\n", "--stream").err()).contains("line 2, column");
        assertThat(run("", "--stream").err()).contains("line 1: the configuration is missing");
    }

    @Test
    void aStreamWithoutDataHolds() throws IOException {
        Run r = run("{\"metrics\":[{\"id\":\"e\",\"kind\":\"rate\"}]}\n{\"phase\":2,\"metrics\":[]}\n", "--stream");
        assertThat(JSON.readTree(r.out()).get("action").asText()).isEqualTo("hold");
        assertThat(r.code()).isEqualTo(3);
    }
}
