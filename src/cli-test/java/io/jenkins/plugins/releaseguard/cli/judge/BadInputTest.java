// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The table of bad input in docs/judge.md: each row's verdict with its reason, or the error that names the field. */
class BadInputTest {
    private static final String TEN = "[10,11,12,13,14,15,16,17,18,19]";
    private static final String HEADER = "time,phase,variant,metric,value,total\n";

    @TempDir
    private Path dir;

    private String out;
    private String err;

    private int run(Object command, String... arguments) {
        StringWriter o = new StringWriter();
        StringWriter e = new StringWriter();
        int code = new CommandLine(command)
                .setOut(new PrintWriter(o))
                .setErr(new PrintWriter(e))
                .execute(arguments);
        out = o.toString();
        err = e.toString();
        return code;
    }

    private int judge(String input, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(Files.writeString(dir.resolve("in.json"), input).toString());
        return run(new JudgeCommand(), arguments.toArray(String[]::new));
    }

    /** What passes a limit of the parser has no place in the file. */
    @Test
    void bracketsInBracketsAreToldWithoutAPlace() throws IOException {
        String deep = "[".repeat(100_000);
        assertThat(judge(deep)).isEqualTo(2);
        assertThat(err).contains("in.json: ", "nesting depth");
        assertThat(judge("{\"metrics\":[{\"id\":\"e\",\"kind\":\"rate\"}]}\n" + deep + "\n", "--stream"))
                .isEqualTo(2);
        assertThat(err).contains("line 2: ", "nesting depth");
    }

    private int replay(String rows) throws IOException {
        Path config = Files.writeString(
                dir.resolve("c.json"), "{\"phases\":[0.5],\"metrics\":[{\"id\":\"m\",\"kind\":\"rate\"}]}");
        Path csv = Files.writeString(dir.resolve("s.csv"), HEADER + rows);
        return run(new ReplayCommand(), "--config", config.toString(), csv.toString());
    }

    private static String values(String baseline, String canary) {
        return "\"baseline\":" + baseline + ",\"canary\":" + canary;
    }

    private static String counts(String errors, String total) {
        return values("{\"errors\":10,\"total\":1000}", "{\"errors\":" + errors + ",\"total\":" + total + "}");
    }

    private static String many(int from) {
        return IntStream.range(0, 1_000_000)
                .mapToObj(i -> Integer.toString(from + i % 1000))
                .collect(Collectors.joining(",", "[", "]"));
    }

    static Stream<Arguments> samples() {
        return Stream.of(
                arguments(
                        "NaN",
                        "gauge",
                        values(TEN, "[10,NaN,12,13,14,15,16,17,18]"),
                        "pass",
                        "1 value that is no finite number left out"),
                arguments(
                        "null",
                        "gauge",
                        values(TEN, "[10,null,null,13,14,15,16,17]"),
                        "pass",
                        "2 values that are no finite number left out"),
                arguments(
                        "infinities",
                        "latency",
                        values(TEN, "[Infinity,-Infinity,13,14,15,16,17]"),
                        "pass",
                        "2 values that are no finite number left out"),
                arguments("only NaN", "latency", values(TEN, "[NaN,NaN]"), "nodata", "canary has no values"),
                arguments(
                        "counts that are NaN",
                        "rate",
                        counts("NaN", "1000"),
                        "nodata",
                        "canary.errors is not a finite number"),
                arguments(
                        "infinite counts",
                        "rate",
                        counts("1", "Infinity"),
                        "nodata",
                        "canary.total is not a finite number"),
                arguments(
                        "a count left out",
                        "rate",
                        values("{\"errors\":1,\"total\":10}", "{\"total\":10}"),
                        "nodata",
                        "canary.errors is not a finite number"),
                arguments(
                        "negative errors",
                        "rate",
                        counts("-3", "1000"),
                        "nodata",
                        "canary.errors is negative (-3): did the counter reset?"),
                arguments(
                        "negative total",
                        "count",
                        counts("3", "-1000"),
                        "nodata",
                        "canary.total is negative (-1000): did the counter reset?"),
                arguments(
                        "errors above the total",
                        "rate",
                        counts("30", "20"),
                        "nodata",
                        "canary.errors (30) exceeds canary.total (20)"),
                arguments("a count above its total", "count", counts("3000", "1000"), "fail", "worse than allowed"),
                arguments("an empty canary", "gauge", values(TEN, "[]"), "nodata", "canary has no values"),
                arguments("an empty baseline", "gauge", values("[]", TEN), "nodata", "baseline has no values"),
                arguments("both empty", "latency", values("[]", "[]"), "nodata", "canary has no values"),
                arguments("no side at all", "rate", "\"weight\":1", "nodata", "canary has no counts"),
                arguments("no requests", "rate", counts("0", "0"), "nodata", "canary.total is 0"),
                arguments("two equal constants", "gauge", values("[7,7,7,7,7,7]", "[7,7,7,7,7,7]"), "pass", "7"),
                arguments("two zeros", "gauge", values("[0,0,0,0,0,0]", "[0,0,0,0,0,0]"), "pass", "0"),
                arguments("two other constants", "gauge", values("[7,7,7,7,7,7]", "[8,8,8,8,8,8]"), "fail", "8"),
                arguments("a constant baseline", "gauge", values("[7,7,7,7,7,7]", "[9,8,9,8,9,8]"), "fail", "8.5"),
                arguments("one sample", "latency", values("[1]", "[900]"), "inconclusive", "more values"),
                arguments("one of a side", "latency", values(TEN, "[900]"), "inconclusive", "more values"),
                arguments("a million", "latency", values(many(1000), many(1400)), "fail", "m 1900 at the median of"),
                arguments(
                        "a million alike",
                        "latency",
                        values(many(1000), many(1000)),
                        "pass",
                        "m 1500 at the median of "),
                arguments("a share of 0", "count", "\"share\":0," + counts("5", "NaN"), "nodata", "no share is given"),
                arguments("a share of 1", "count", "\"share\":1," + counts("5", "NaN"), "nodata", "no share is given"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void onceItHasAVerdictAndAReason(String what, String kind, String samples, String verdict, String reason)
            throws IOException {
        int code =
                judge("{\"metrics\":[{\"id\":\"m\",\"kind\":\"" + kind + "\"," + samples + "}]}", "--format", "json");
        JsonNode metric = new ObjectMapper().readTree(out).get("metrics").get(0);
        assertThat(metric.get("verdict").asText()).as(metric.toString()).isEqualTo(verdict);
        assertThat(metric.get("reason").asText()).contains(reason);
        assertThat(code).isEqualTo(verdict.equals("pass") ? 0 : verdict.equals("fail") ? 1 : 3);
    }

    static Stream<Arguments> looks() {
        return samples()
                .filter(a -> List.of("nodata").contains(a.get()[3])
                        && !a.get()[0].toString().contains("share"));
    }

    /** Watched, the same rows hold, or say nothing; none promotes. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("looks")
    void watchedItNeverPromotes(String what, String kind, String samples, String verdict, String reason)
            throws IOException {
        String look = "{\"phase\":0,\"metrics\":[{\"id\":\"m\","
                + samples.replace("\"weight\":1", "\"missing\":\"canary has no counts\"") + "}]}\n";
        judge("{\"metrics\":[{\"id\":\"m\",\"kind\":\"" + kind + "\"}]}\n" + look.repeat(3), "--stream");
        assertThat(out.lines())
                .hasSize(3)
                .allSatisfy(l -> assertThat(
                                new ObjectMapper().readTree(l).get("action").asText())
                        .isIn("hold", "continue"));
        if (!what.equals("no requests")) {
            assertThat(out).contains(reason);
        }
    }

    @Test
    void sharesOfNothingAndAllCompareNothing() throws IOException {
        String config = "{\"phases\":[0,1],\"metrics\":[{\"id\":\"m\",\"kind\":\"rate\",\"limit\":0.05}]}\n";
        String look = "{\"phase\":%d,\"metrics\":[{\"id\":\"m\"," + counts("100", "1000") + "}]}\n";
        assertThat(judge(config + look.formatted(0), "--stream")).isEqualTo(1);
        assertThat(out).containsPattern("m 10 %( over [^\"]+)? breaks its limit of 5 %");
        assertThat(judge(config.replace(",\"limit\":0.05", "") + look.formatted(1), "--stream"))
                .isZero();
        assertThat(out).contains("no concurrent baseline at 100 %", "\"verdict\":\"inconclusive\"");
    }

    @Test
    void sharesOutsideAreErrors() throws IOException {
        String metric = "{\"id\":\"m\",\"kind\":\"rate\"%s}";
        assertThat(judge("{\"metrics\":[" + metric.formatted(",\"share\":1.5") + "]}"))
                .isEqualTo(2);
        assertThat(err).contains("metrics[0].share must lie in 0..1, but is 1.5");
        assertThat(judge("{\"phases\":[-0.1],\"metrics\":[" + metric.formatted("") + "]}\n", "--stream"))
                .isEqualTo(2);
        assertThat(err).contains("phases must lie in 0..1, but is -0.1");
        assertThat(judge(
                        "{\"phases\":[0.1],\"expectedShares\":[NaN],\"metrics\":[" + metric.formatted("") + "]}\n",
                        "--stream"))
                .isEqualTo(2);
        assertThat(err).contains("expectedShares must lie in 0..1, but is NaN");
    }

    @Test
    void unsortedTimestampsAreSorted() throws IOException {
        String first = "3,0,baseline,m,1,500\n3,0,canary,m,30,500\n";
        String second = "33,0,baseline,m,1,500\n33,0,canary,m,30,500\n";
        replay(first + second);
        String sorted = out;
        replay(second + first);
        assertThat(out).isEqualTo(sorted).contains("2 looks");
    }

    @Test
    void duplicateTimestampsAreAnError() throws IOException {
        assertThat(replay("3,0,canary,m,1,500\n3,0,baseline,m,1,500\n3,0,canary,m,1,500\n"))
                .isEqualTo(2);
        assertThat(err).contains("line 4: time 3.0 is given twice for m; a scrape seen twice is no look");
        assertThat(replay("yesterday,0,canary,m,1,500\n")).isEqualTo(2);
        assertThat(err).contains("line 2: time must be a number, but is 'yesterday'");
        assertThat(replay("NaN,0,canary,m,1,500\n")).isEqualTo(2);
        assertThat(err).contains("line 2: time or phase is no usable number");
    }

    @Test
    void clockSkewBetweenSidesHolds() throws IOException {
        assertThat(replay("3,0,baseline,m,1,500\n63,0,canary,m,1,500\n")).isEqualTo(3);
        assertThat(out).contains("hold", "canary has no row in this look: a gap, or clocks that differ");
    }

    @Test
    void skewWithinALookDoesNotMatter() throws IOException {
        assertThat(replay("3,0,baseline,m,1,500\n21,0,canary,m,1,500\n")).isZero();
    }

    @Test
    void aCounterThatResetsIsOneLookWithoutData() throws IOException {
        String reset = "3,0,baseline,m,1,500\n3,0,canary,m,-4000,-90000\n";
        assertThat(replay(reset)).isEqualTo(3);
        assertThat(out).contains("hold", "canary.errors is negative (-4000): did the counter reset?");
        assertThat(replay(reset + "33,0,baseline,m,1,500\n33,0,canary,m,1,500\n"))
                .isZero();
    }
}
