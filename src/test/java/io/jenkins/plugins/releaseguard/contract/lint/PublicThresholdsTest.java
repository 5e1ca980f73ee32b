// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdParser;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdWriter;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Sentences as public runbooks, monitors of Datadog and CloudWatch, Flagger's ranges, Keptn's criteria, Argo's conditions and the SLO files of
 * OpenSLO, Sloth and Pyrra have them, in other words: each means what stands beside it, or is refused with that, which is accepted then.
 */
class PublicThresholdsTest {
    /** In quotes where it fits any metric with such a unit, else a bare number to which the metric's unit is to be added. */
    private static final Pattern PROPOSED =
            Pattern.compile("\"([^\"]*[<>=\u2265\u2264][^\"]*)\"|write ([^,;\"]*[<>=][^,;\"]*), with the unit");

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvFileSource(
            resources = "/io/jenkins/plugins/releaseguard/contract/public-thresholds.tsv",
            delimiter = '\t',
            numLinesToSkip = 1,
            quoteCharacter = '\0')
    void meansThatOrIsRefusedWithThat(String source, String metric, String written, String meant) throws SyntaxProblem {
        List<Problem> problems = found(metric, written);

        if (problems.isEmpty()) {
            assertThat(ThresholdWriter.text(ThresholdParser.parse(written))).isEqualTo(meant);
            return;
        }
        List<String> proposed = problems.stream()
                .flatMap(p -> PROPOSED.matcher(p.fix()).results())
                .map(m -> m.group(1) == null ? m.group(2) : m.group(1))
                .toList();
        assertThat(proposed).as("%s", problems).contains(meant);
        assertThat(proposed)
                .allSatisfy(text -> assertThat(found(metric, text)).as(text).isEmpty());
    }

    /** That a single look breaks it is no fault of the sentence. */
    private static List<Problem> found(String metric, String threshold) {
        return ThresholdAdviceTest.problems(metric, threshold).stream()
                .filter(p -> !p.rule().equals("RG-TRIGGER-SUSTAINED"))
                .toList();
    }
}
