// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** E10: what a check's limit is refused for comes with what to write, and that is accepted. */
class LimitAdviceTest {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "tests: {passRate: @};95%;>= 95%, <= 95%",
                "tests: {passRate: @};95 %;>= 95%, <= 95%",
                "tests: {passRate: @};99,5%;>= 99.5%, <= 99.5%",
                "tests: {passRate: @};at least 95%;>= 95%",
                "tests: {passRate: @};min 95%;>= 95%",
                "tests: {passRate: @};95% or more;>= 95%",
                "tests: {passRate: @};95%+;>= 95%",
                "tests: {passRate: @};95% minimum;>= 95%",
                "tests: {failures: @};0;<= 0",
                "tests: {failures: @};none;<= 0",
                "tests: {failures: @};no more than 3;<= 3",
                "tests: {skipped: @};5 at most;<= 5",
                "sarif: {errors: @};0;<= 0",
                "sarif: {errors: @};zero;<= 0",
                "sarif: {warnings: @};10;>= 10, <= 10",
                "sarif: {warnings: @};10 or fewer;<= 10",
                "sarif: {warnings: @};=> 0;>= 0",
                "coverage: {line: @};80;>= 80, <= 80",
                "coverage: {line: @};80-90%;>= 80%",
                "coverage: {line: @};more than 80%;> 80%",
                "backup: {file: b.sql, age: @};24h;<= 24h",
                "backup: {file: b.sql, age: @};within 1d;<= 1d",
                "drill: {age: @};30d;<= 30d",
                "drill: {age: @};up to 30 days;<= 30 days",
            })
    void whatIsProposedIsAccepted(String check, String text, String proposed) {
        List<Problem> refused = problems(check, text);
        assertThat(refused).singleElement().satisfies(p -> assertThat(p.rule()).isEqualTo("RG-THRESHOLD"));
        List<String> fixes = QUOTED.matcher(refused.get(0).fix())
                .results()
                .map(r -> r.group(1))
                .toList();

        assertThat(fixes).containsExactly(proposed.split(", "));
        fixes.forEach(fix -> assertThat(problems(check, fix)).as(fix).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {"tests: {passRate: @};very good", "tests: {passRate: @};95 bananas", "tests: {passRate: @};-"})
    void whatNobodyKnowsIsNotGuessed(String check, String text) {
        assertThat(problems(check, text))
                .singleElement()
                .satisfies(p -> assertThat(p.fix()).doesNotContain("\""));
    }

    private static List<Problem> problems(String check, String text) {
        String yaml = """
                apiVersion: release-guard/v1
                release: {service: s, version: 1, owner: t}
                entries:
                  - {id: DEP-901, type: Criteria, owner: o, verify: {%s}}
                """.formatted(check.replace("@", "'" + text + "'"));
        try {
            Catalog.STANDARD.reader().parse(yaml, "release.yaml", Variables.none());
            return List.of();
        } catch (ContractException e) {
            return e.problems();
        }
    }
}
