// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.grammar.Durations;
import io.jenkins.plugins.releaseguard.contract.grammar.Ids;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdParser;
import io.jenkins.plugins.releaseguard.text.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/**
 * Whatever stands in a file, the readers answer with a contract or with problems that name a place; nothing else
 * escapes.
 */
class ReaderPropertiesTest {
    private static final String SAMPLE = sample();

    private static String sample() {
        try {
            return Files.readString(Path.of("release.yaml"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void readOrRefuse(String text, String name) {
        try {
            Catalog.STANDARD.lint(Catalog.STANDARD.reader().parse(text, name, Variables.unresolved(Map.of())));
        } catch (ContractException e) {
            assertThat(e.problems())
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(Problems.MOST + 1)
                    .anyMatch(Problem::isError)
                    .allSatisfy(p -> {
                        assertThat(p.rule()).startsWith("RG-");
                        assertThat(p.message()).isNotBlank().hasSizeLessThan(600);
                        assertThat(p.at().file()).isNotBlank();
                    });
        }
    }

    @Property(tries = 300)
    void anyText(@ForAll @StringLength(max = 400) String text) {
        readOrRefuse(text, "release.yaml");
        readOrRefuse(text, "release.md");
    }

    @Property(tries = 300)
    void yamlishText(@ForAll("yamlish") String text) {
        readOrRefuse(text, "release.yaml");
    }

    @Property(tries = 200)
    void planishText(@ForAll("planish") String text) {
        readOrRefuse(text, "plan.md");
    }

    /** The sample with a piece cut out, doubled or replaced: near misses go deepest into the readers. */
    @Property(tries = 300)
    void brokenSample(
            @ForAll @IntRange(max = 9999) int from,
            @ForAll @IntRange(max = 60) int length,
            @ForAll("piece") String piece) {
        int start = from % SAMPLE.length();
        int end = Math.min(SAMPLE.length(), start + length);
        readOrRefuse(SAMPLE.substring(0, start) + piece + SAMPLE.substring(end), "release.yaml");
    }

    @Property(tries = 300)
    void halfWrittenSample(@ForAll @IntRange(max = 9999) int length) {
        readOrRefuse(SAMPLE.substring(0, length % SAMPLE.length()), "release.yaml");
    }

    @Property
    void anyThreshold(@ForAll("thresholdish") String text) {
        Position at = new Position("release.yaml", 3, 7);
        try {
            assertThat(ThresholdParser.parse(text, at).sustained()).isGreaterThanOrEqualTo(Duration.ZERO);
        } catch (ContractException e) {
            Position where = e.problems().get(0).at();
            assertThat(where.line()).isEqualTo(3);
            assertThat(where.column()).isBetween(7, 7 + text.length());
        }
    }

    /** What is read and written again means the same. */
    @Property
    void durationsComeBack(@ForAll @IntRange(max = 1_000_000_000) int millis) throws ContractException {
        Duration duration = Duration.ofMillis(millis);

        assertThat(Durations.parse(Span.written(duration), new Position("x", 1, 1)))
                .isEqualTo(duration);
    }

    @Property
    void idRangesHoldEveryIdOnce(@ForAll @IntRange(max = 900) int first, @ForAll @IntRange(max = 90) int more)
            throws SyntaxProblem {
        List<String> ids = Ids.parse(String.format("TEST-%03d to TEST-%03d (from EPIC-01)", first, first + more));

        assertThat(ids).hasSize(more + 1).doesNotHaveDuplicates().allMatch(Ids::isId);
    }

    @Provide
    Arbitrary<String> yamlish() {
        return words(
                "apiVersion: ",
                "release-guard/v1",
                "release: ",
                "entries: ",
                "\n",
                "\n  ",
                "- ",
                "{",
                "}",
                "[",
                "]",
                ", ",
                ": ",
                "id: DEP-001",
                "type: Rollback",
                "&a ",
                "*a",
                "<<: *a",
                "threshold: ",
                "\">2%\"",
                "'",
                "\"",
                "|\n",
                ">\n",
                "${",
                "${A}",
                "$${",
                "!!",
                "!x ",
                "? ",
                "---\n",
                "...\n",
                "#",
                "\t",
                "~",
                "null",
                "verify: ",
                "tests: ",
                "phases: ",
                "internal",
                "\u0085",
                "\uFEFF",
                "é");
    }

    @Provide
    Arbitrary<String> planish() {
        return words(
                "DEP-001: Title\n",
                "DEP-1",
                "Type: Criteria\n",
                "Type: Rollback\n",
                "Type: Environment\n",
                "---\n",
                "Owner: x\n",
                "Verify: {tests: {passRate: \">95%\"}}\n",
                "Procedure:\n",
                "1. a\n",
                "- a=b\n",
                "Configuration:\n",
                "Linked IDs: API-001–020\n",
                "Threshold: >2%\n",
                "**",
                "# ",
                "```\n",
                "Access: a (deploy), b (read)\n",
                "Blocker: Yes - x\n",
                "{",
                "[",
                "\n",
                "Check: {http: x}\n",
                "é ");
    }

    @Provide
    Arbitrary<String> thresholdish() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                words(
                        ">",
                        ">=",
                        "<",
                        "=",
                        " ",
                        "2",
                        "0.5",
                        "%",
                        "ms",
                        "m",
                        "x",
                        "baseline",
                        "+",
                        "-",
                        "burn",
                        "over",
                        "and",
                        "for",
                        "of",
                        "requests",
                        "(",
                        ")",
                        "5 minutes",
                        "99999999999",
                        ".",
                        "×",
                        "≥"));
    }

    @Provide
    Arbitrary<String> piece() {
        return Arbitraries.oneOf(
                Arbitraries.of("", "\n", "  ", ": ", "- ", "[", "]", "{", "}", "\"", "${X}", "*a", "&a ", "\t", "!!x "),
                Arbitraries.strings().ofMaxLength(20));
    }

    private static Arbitrary<String> words(String... words) {
        return Combinators.combine(
                        Arbitraries.of(words).list().ofMaxSize(40),
                        Arbitraries.strings().ofMaxLength(3))
                .as((list, tail) -> String.join("", list) + tail);
    }
}
