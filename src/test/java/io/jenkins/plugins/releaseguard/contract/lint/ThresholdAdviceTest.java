// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Advice is taken: each threshold that a message proposes in quotes is put in the refused one's place and linted again. The table's sentences
 * are of the kinds that public runbooks, alarms, Keptn's criteria, Argo's conditions, Flagger's ranges and SLO files have.
 */
class ThresholdAdviceTest {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*[<>=\u2265\u2264][^\"]*)\"");
    private static final List<String> RULES = List.of("RG-THRESHOLD", "RG-TRIGGER-");

    /** @param outcome {@code yes} where it is accepted; the rule that refuses it; or a warning's rule with {@code ~} before it */
    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvFileSource(
            resources = "/io/jenkins/plugins/releaseguard/contract/thresholds.tsv",
            delimiter = '\t',
            numLinesToSkip = 1,
            quoteCharacter = '\0')
    void whatIsProposedHolds(String metric, String text, String outcome, String proposed) {
        List<Problem> problems = problems(metric, text);

        assertThat(problems.stream().filter(Problem::isError).map(Problem::rule).distinct())
                .as("%s", problems)
                .containsExactlyElementsOf(
                        outcome.equals("yes") || outcome.startsWith("~") ? List.of() : List.of(outcome));
        if (outcome.startsWith("~")) {
            assertThat(problems).extracting(Problem::rule).contains(outcome.substring(1));
        }
        List<String> fixes = problems.stream()
                .flatMap(p -> QUOTED.matcher(p.fix()).results().map(r -> r.group(1)))
                .toList();
        if (!proposed.equals("-")) {
            assertThat(fixes).as("%s", problems).contains(proposed);
        }
        for (Problem problem : problems) {
            QUOTED.matcher(problem.fix())
                    .results()
                    .map(r -> r.group(1))
                    .forEach(fix -> assertThat(problems(metric, fix))
                            .as("%s proposes %s", problem, fix)
                            .noneMatch(p -> p.isError() || p.rule().equals(problem.rule())));
        }
    }

    /** Where the contract has no metric for the second condition, what is proposed is the first by itself. */
    @Test
    void ofAContractWithOneMetricTheFirstConditionIsLeft() {
        List<Problem> problems = found(ONE.formatted(">2% for 5 minutes AND latency > 500ms"));

        assertThat(problems).singleElement().satisfies(p -> {
            assertThat(p.rule()).isEqualTo("RG-TRIGGER-METRIC");
            assertThat(p.message()).contains("speaks of 'latency', and no metric is called that");
            assertThat(p.fix()).contains("write \"> 2% for 5 minutes\"", "add a latency metric");
        });
        assertThat(found(ONE.formatted("> 2% for 5 minutes"))).isEmpty();
    }

    private static final String ONE = """
            apiVersion: release-guard/v1
            release: {service: s, version: 1, owner: t}
            metrics:
              - {id: MON-001, kind: rate, source: p, errors: 'e{track="$track"}[$window]', total: 't{track="$track"}[$window]'}
            rollout: {router: r}
            entries:
              - {id: DEP-902, type: Rollback, owner: o, metric: MON-001, threshold: '%s', procedure: [{traffic: 0}]}
            """;

    /** What the rules of thresholds say of one in a contract with a metric of each kind. */
    static List<Problem> problems(String metric, String threshold) {
        String yaml = """
                apiVersion: release-guard/v1
                release: {service: s, version: 1, owner: t}
                metrics:
                  - {id: MON-001, name: error rate, kind: rate, source: p, errors: 'e{track="$track"}[$window]', total: 't{track="$track"}[$window]', objective: {target: 99.9%%}}
                  - {id: MON-002, name: latency, kind: latency, source: p, histogram: 'h_bucket{track="$track"}', unit: ms, limit: 500ms}
                  - {id: MON-003, name: cpu, kind: gauge, source: p, values: 'c{track="$track"}', unit: "%%"}
                  - {id: MON-004, name: restarts, kind: count, source: p, values: 'r{track="$track"}[$window]'}
                  - {id: MON-005, name: success rate, kind: rate, source: p, errors: 'g{track="$track"}[$window]', total: 't{track="$track"}[$window]', worse: lower}
                  - {id: MON-006, name: p95 latency, kind: latency, source: p, histogram: 'h_bucket{track="$track"}', unit: ms, limit: 500ms}
                  - {id: MON-007, name: page load, kind: latency, source: p, values: 'histogram_quantile(0.95, x{track="$track"})', unit: ms}
                  - {id: MON-008, name: queue, kind: gauge, source: p, values: 'q{track="$track"}'}
                rollout: {router: r, interval: 5s, bake: 1h, phases: [5, 50, 100]}
                entries:
                  - {id: DEP-902, type: Rollback, owner: o, metric: %s, threshold: '%s', procedure: [{traffic: 0}]}
                """.formatted(metric, threshold.replace("'", "''"));
        return found(yaml);
    }

    private static List<Problem> found(String yaml) {
        try {
            return Catalog.STANDARD
                    .lint(Catalog.STANDARD.reader().parse(yaml, "release.yaml", Variables.none()))
                    .stream()
                    .filter(p -> RULES.stream().anyMatch(p.rule()::startsWith))
                    .toList();
        } catch (ContractException e) {
            return e.problems();
        }
    }
}
