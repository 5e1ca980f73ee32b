// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a check can't read at the gate, or can never have, lint says; what it can read, lint leaves alone. */
class ReadableRulesTest {
    private static final String CONTRACT = """
        apiVersion: release-guard/v1
        release: {service: s, version: 1, owner: t}
        entries:
          - {id: DEP-901, type: Criteria, owner: o, verify: {%s}}
        """;

    private static List<String> told(String check) throws ContractException {
        Contract contract =
                Catalog.STANDARD.reader().parse(CONTRACT.formatted(check), "release.yaml", Variables.none());
        return Lint.check(contract, Catalog.STANDARD.specs()).stream()
                .filter(p -> p.rule().startsWith("RG-CHECK-READABLE")
                        || p.rule().startsWith("RG-CHECK-PATH")
                        || p.rule().startsWith("RG-CHECK-LIMIT")
                        || p.rule().startsWith("RG-CHECK-COMPLETE")
                        || p.rule().startsWith("RG-CHECK-ENOUGH")
                        || p.rule().startsWith("RG-CHECK-GROUP"))
                .map(Problem::toString)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "freeze: {windows: ['Fri 16:00-Mon 08:00']};the freeze window",
                "freeze: {windows: ['2026-12-20 to 2027-01-02']};the freeze window",
                "freeze: {windows: ['2027-01-02..2026-12-20']};the freeze window",
                "freeze: {windows: ['Fri 16:00..Mon 08:00'], zone: CEST};no time zone 'CEST'",
                "artifact: {file: a.tgz, sha256: ABCDEF};'ABCDEF' is no SHA-256",
                "checklist: ['Load test'];'Load test' is no box",
                "sarif: {severity: {urgent: '<= 0'}};'urgent' is no severity",
                "sarif: {severity: {hihg: '<= 0'}};write low, medium, high, critical",
                "sarif: {severity: {11: '<= 0'}};'11' is no severity",
                "sarif: {severity: {high: none}};the limit 'none' of high can't be read",
                "sarif: {severity: {high: '<= 5%'}};is no number of findings",
                "sarif: {cwe: {sql: '<= 0'}};'sql' is no weakness",
                "sarif: {cwe: {CWE-89-injection: '<= 0'}};write CWE-89",
                "sarif: {cwe: {CWE-89: few}};the limit 'few' of CWE-89 can't be read",
                "sarif: {rules: {java/sqli: zero}};the limit 'zero' of java/sqli can't be read",
                "sarif: {rules: {'js/*': '<= 0'}};'js/*' is no rule's id",
                "sarif: {rules: {js/xss: '>= 0'}};'>= 0' of js/xss: it asks for many, and fewer is better",
                "sarif: {severity: {high: '> 3'}};'> 3' of high: it asks for many",
                "sarif: {cwe: {CWE-89: '< 0'}};it never holds",
                "sarif: {errors: '>= 0'};it asks for many, and fewer is better",
                "sarif: {warnings: '<= -1'};no number is as low as that",
                "tests: {passRate: '>= 0%'};it always holds",
                "tests: {passRate: '<= 100%'};it asks for few, and more is better",
                "tests: {passRate: '> 100%'};it never holds",
                "tests: {failures: '>= 0'};it asks for many",
                "tests: {flaky: '> 3'};it asks for many",
                "tests: {flaky: '<= 100%'};it always holds",
                "tests: {skipped: '<= 200%'};no share is as high as that",
                "tests: {minimum: -5};fewer than one test are no evidence",
                "tests: {minimum: 0};fewer than one test are no evidence",
                "tests: {suites: ['']};an empty name is in every suite's",
                "coverage: {line: '<= 80%'};it asks for few",
                "coverage: {line: '>= 8000%'};no share is as high as that",
                "coverage: {branch: '>= 0%'};it always holds",
                "coverage: {drop: '>= 1%', reference: a.xml};it asks for many",
                "coverage: {drop: '<= 1%'};has a drop but no reference",
                "tests: {results: 'build\\*.xml'};which has a backslash",
                "tests: '>95%';which is a limit and no path",
                "tests: '95%';which is a limit and no path",
                "coverage: '>= 80%';which is a limit and no path",
                "documents: [/etc/passwd];leads out of the workspace",
                "documents: [../other/a.md];leads out of the workspace",
                "backup: 'C:\\dump';leads out of the workspace",
                "qa: ~/qa.yaml;leads out of the workspace",
                "approval: {of: [user:ada], count: 3};asks for 3 of 1",
                "approval: {of: ['ann,bob']};write a list",
                "approval: {of: [ada], count: 3};group:ada"
            })
    void isTold(String check, String words) throws ContractException {
        assertThat(told(check)).as(check).anyMatch(problem -> problem.contains(words));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "freeze: {windows: ['Fri 16:00..Mon 08:00', '2026-12-20..2027-01-02'], zone: Europe/Berlin}",
                "freeze: {windows: ['2026-12-20T16:00..2027-01-02T08:00']}",
                "sarif: {severity: {critical: '<= 0', High: '<= 2', 7.0: '<= 3', '>= 8.9': '< 1'}}",
                "sarif: {cwe: {CWE-89: '<= 0', 79: '<= 1', cwe-074: '<= 2'}, rules: {'java:S2077': '<= 0'}}",
                "artifact: {file: dist/a.tgz, sha256: 'E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855'}",
                "checklist: ['[ ] Load test']",
                "tests: {results: '**/TEST-*.xml', passRate: '>95%'}",
                "coverage: {report: a.xml, line: '>80%', reference: /shop/main}",
                "coverage: {report: a.xml, drop: '<= 0%', reference: /shop/main}",
                "coverage: {report: a.xml, line: '>= 100%', branch: '= 100%'}",
                "tests: {passRate: '> 0%', failures: '< 1', skipped: '<= 0', flaky: '<= 5%', minimum: 1, suites: [Pay]}",
                "sarif: {errors: '= 0', warnings: '<= 100', rules: {'js/xss': '< 1'}}",
                "documents: [docs/a.md, '3.0/notes..md']",
                "approval: {of: [user:ada, user:bob], count: 2}",
                "approval: {of: [group:qa], count: 3}",
                "approval: {of: [ada, bob], count: 2}"
            })
    void isLeftAlone(String check) throws ContractException {
        assertThat(told(check)).isEmpty();
    }
}
