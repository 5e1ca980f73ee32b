// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.FakeCheckContext;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a check says is wrong is what is wrong: the file that can't be read, the name that differs, what a report doesn't have. */
class NamedThingsTest {
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private static Evidence at(String check, String path, String text, Charset charset) {
        return CheckFixture.at(check, new FakeCheckContext().file(path, text.getBytes(charset)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "tests: {results: é.xml} | <testsuite name=\"é\" tests=\"1\"><testcase name=\"a\"/></testsuite>",
                "coverage: {report: é.xml, line: '> 1%'} | <report name=\"é\"><counter type=\"LINE\" missed=\"1\" covered=\"9\"/></report>",
                "sarif: {results: é.sarif} | {\"version\": \"2.1.0\", \"runs\": [{\"tool\": {\"driver\": {\"name\": \"é\"}}, \"results\": []}]}",
                "sbom: {files: é.json} | {\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\", \"components\": [{\"name\": \"é\"}]}",
                "alerts: {file: é.yaml} | groups: [{name: é, rules: [{alert: a, expr: up}]}]",
                "qa: {file: é.yaml} | recommendation: é",
                "documents: {files: [é.md]} | # Café é",
                "backup: {file: é.txt} | 2026-11-01T00:00:00Z é",
            })
    void aFileInAnotherEncodingIsNamed(String check, String text) {
        String path = check.replaceAll(".*(é\\.\\w+).*", "$1");
        String head = path.endsWith(".xml") ? XML : "";

        Evidence e = at(check, path, head + text, StandardCharsets.ISO_8859_1);

        assertThat(e.status()).isEqualTo(Status.UNKNOWN);
        assertThat(e.reason())
                .contains("'" + path + "'")
                .containsPattern("UTF-8|encoding")
                .doesNotContain("Input length");
    }

    /** The reason and the fix have the first words, and neither has the second ones. */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sarif: {results: a.sarif, tools: [semgrep]} | Semgrep OSS | semgrep; there are runs of Semgrep OSS | run every scan",
                "sarif: {results: a.sarif, tools: [semgrep]} | Semgrep OSS | tools: [Semgrep OSS] | run semgrep",
                "sarif: {results: a.sarif, tools: [Trivy vulnerability scanner]} | Trivy | tools: [Trivy] | run every scan",
                "sarif: {results: a.sarif, tools: [trivy]} | CodeQL | run trivy before the gate | tools: [CodeQL]",
            })
    void aToolOfAnotherNameIsNamed(String check, String tool, String said, String unsaid) {
        String text = "{\"version\": \"2.1.0\", \"runs\": [{\"tool\": {\"driver\": {\"name\": \"" + tool
                + "\"}}, \"results\": []}]}";

        Evidence e = at(check, "a.sarif", text, StandardCharsets.UTF_8);

        assertThat(e.status()).isEqualTo(Status.UNKNOWN);
        assertThat(e.reason() + " " + e.fix()).contains(said).doesNotContain(unsaid);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "line: '> 1%'        | LINE        | 9 | 1 of 10 lines covered",
                "line: '> 1%'        | INSTRUCTION | 9 | lines: the report has none",
                "line: '> 1%'        | LINE        | -1 | lines: the report has none",
                "branch: '> 1%'      | LINE        | 9 | branches: the report has none",
                "instruction: '> 1%' | LINE        | 9 | instructions: the report has none",
                "method: '> 1%'      | LINE        | 9 | methods: the report has none",
                "instruction: '> 1%' | INSTRUCTION | 9 | 1 of 10 instructions covered",
            })
    void whatAReportDoesNotHaveIsNotCounted(String limit, String counter, int missed, String said) {
        String text = "<report name=\"a\"><counter type=\"" + counter + "\" missed=\"" + Math.max(0, missed)
                + "\" covered=\"" + (missed < 0 ? 0 : 1) + "\"/></report>";

        Evidence e = at("coverage: {report: a.xml, " + limit + "}", "a.xml", text, StandardCharsets.UTF_8);

        assertThat(e.value() + " " + e.reason()).contains(said).doesNotContain("0 of 0");
        assertThat(e.status()).isEqualTo(said.endsWith("none") ? Status.UNKNOWN : Status.PASS);
    }
}
