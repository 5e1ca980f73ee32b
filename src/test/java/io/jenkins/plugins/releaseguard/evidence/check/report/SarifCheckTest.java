// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.FakeCheckContext;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scans as tools write them, through the check. */
class SarifCheckTest {
    private static String log(String rules, String results, String more) {
        return ("{'version':'2.1.0','runs':[{'tool':{'driver':{'name':'Semgrep OSS','rules':[" + rules
                        + "]}},'results':[" + results + "]" + more + "}]}")
                .replace('\'', '"');
    }

    private static Evidence look(String check, String log) {
        return CheckFixture.at(check, new FakeCheckContext().file("a.sarif", log));
    }

    @Test
    void aLevelThatNobodyTellsMayBeAnError() {
        String unknown = "{'ruleId':'python.sqli'}";
        Evidence open = look("sarif: {}", log("", unknown, ""));
        assertThat(open.status()).isEqualTo(Status.UNKNOWN);
        assertThat(open.reason())
                .isEqualTo("errors: there may be 1 more, as the file doesn't tell their level, python.sqli among them");
        assertThat(open.value()).isEqualTo("errors 0 to 1");
        assertThat(look("sarif: {errors: '<= 1'}", log("", unknown, "")).status())
                .isEqualTo(Status.PASS);
        assertThat(look("sarif: {}", log("", unknown + ",{'level':'error'}", ""))
                        .status())
                .isEqualTo(Status.FAIL);
    }

    @Test
    void aLevelThatNobodyTellsIsAWarningAtLeast() {
        Evidence evidence = look("sarif: {warnings: '<= 0'}", log("", "{'ruleId':'python.sqli'}", ""));
        assertThat(evidence.status()).isEqualTo(Status.FAIL);
        assertThat(evidence.reason()).isEqualTo("0 errors, 0 warnings, 0 notes, 1 of unknown level");
        assertThat(look("sarif: {errors: '<= 1', notes: '<= 0'}", log("", "{'ruleId':'python.sqli'}", ""))
                        .status())
                .isEqualTo(Status.UNKNOWN);
    }

    /** Errors that a tool tells of its own run, beside findings and other invocations: 3.58.6. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a warning of the scan        | PASS    | ``                 | 'toolExecutionNotifications':[{'level':'warning','message':{'text':'slow'}}] | 0 errors, 0 warnings, 0 notes
            an error of the scan         | UNKNOWN | ``                 | 'toolExecutionNotifications':[{'level':'error','message':{'text':'could not parse a.py'}}] | errors of the scan itself: Semgrep OSS: could not parse a.py; of what was read: 0 errors, 0 warnings, 0 notes
            an error of the settings     | UNKNOWN | ``                 | 'toolConfigurationNotifications':[{'level':'error','message':{'text':'no such rule pack'}}] | errors of the scan itself: Semgrep OSS: no such rule pack; of what was read: 0 errors, 0 warnings, 0 notes
            findings that fail anyway    | FAIL    | {'ruleId':'q','level':'error'} | 'toolExecutionNotifications':[{'level':'error','message':{'text':'half'}}] | 1 errors, 0 warnings, 0 notes: q; errors of the scan itself: Semgrep OSS: half
            findings that don't          | UNKNOWN | {'level':'note'}   | 'toolExecutionNotifications':[{'level':'error','message':{'text':'half'}}] | errors of the scan itself: Semgrep OSS: half; of what was read: 0 errors, 0 warnings, 1 notes
            levels that nobody tells     | UNKNOWN | {'ruleId':'q'}     | 'toolExecutionNotifications':[{'level':'error','message':{'text':'half'}}] | errors of the scan itself: Semgrep OSS: half; of what was read: errors: there may be 1 more, as the file doesn't tell their level, q among them
            an error and a failed scan   | UNKNOWN | ``                 | 'executionSuccessful':false,'toolExecutionNotifications':[{'level':'error','message':{'text':'half'}}] | Semgrep OSS says that it failed: half; of what was read: 0 errors, 0 warnings, 0 notes
            a failed scan and findings   | FAIL    | {'ruleId':'q','level':'error'} | 'executionSuccessful':false | 1 errors, 0 warnings, 0 notes: q; Semgrep OSS says that it failed
            an error without a text      | UNKNOWN | ``                 | 'toolExecutionNotifications':[{'level':'error','descriptor':{'id':'OOM'}}] | errors of the scan itself: Semgrep OSS: OOM; of what was read: 0 errors, 0 warnings, 0 notes
            a level that there isn't     | UNKNOWN | ``                 | 'toolExecutionNotifications':[{'level':'fatal','message':{'text':'x'}}] | 'a.sarif': not SARIF: no level 'fatal'
            """)
    void anErrorOfTheScanItselfMayHideFindings(
            String kind, Status status, String results, String invocation, String reason) {
        Evidence evidence = look("sarif: {}", log("", results, ",'invocations':[{" + invocation + "}]"));
        assertThat(evidence.status()).as(kind).isEqualTo(status);
        assertThat(evidence.reason()).isEqualTo(reason);
        if (status == Status.UNKNOWN) {
            assertThat(evidence.value())
                    .as("no number stands for what was not looked at")
                    .isEmpty();
            assertThat(evidence.fix()).isNotEmpty();
        }
    }

    @Test
    void whatAScanTellsIsBounded() {
        String one = "{'level':'error','message':{'text':'" + "x".repeat(5000) + "'}}";
        Evidence evidence = look(
                "sarif: {}",
                log(
                        "",
                        "",
                        ",'invocations':[{'toolExecutionNotifications':[" + one + ("," + one).repeat(2000) + "]}]"));
        assertThat(evidence.status()).isEqualTo(Status.UNKNOWN);
        assertThat(evidence.reason())
                .startsWith("errors of the scan itself: Semgrep OSS: xxx")
                .hasSizeLessThan(700);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rules: {js/xss: '<= 0'}|FAIL",
                "rules: {js/xss/dom: '<= 0'}|FAIL",
                "rules: {js/xs: '<= 0'}|PASS",
                "rules: {JS/XSS: '<= 0'}|FAIL",
                "rules: {js/XSS/Dom: '<= 0'}|FAIL",
                "rules: {'js/*': '<= 0'}|UNKNOWN",
                "rules: {'*': '<= 0'}|UNKNOWN",
                "severity: {critical: '<= 0'}|PASS",
                "severity: {high: '<= 0'}|FAIL",
                "severity: {high: '<= 1'}|PASS",
                "severity: {Low: '<= 0'}|PASS",
                "severity: {7.0: '<= 0'}|FAIL",
                "severity: {'>= 8.9': '<= 0'}|FAIL",
                "severity: {9.0: '<= 0'}|PASS",
                "severity: {urgent: '<= 0'}|UNKNOWN",
                "severity: {11: '<= 0'}|UNKNOWN",
                "severity: {high: 'none'}|UNKNOWN",
                "cwe: {CWE-79: '<= 0'}|FAIL",
                "cwe: {79: '<= 0'}|FAIL",
                "cwe: {CWE-89: '<= 0'}|PASS",
                "cwe: {CWE-74: '<= 0'}|FAIL",
                "cwe: {CWE-707: '<= 0'}|FAIL",
                "cwe: {CWE-80: '<= 0'}|PASS",
                "cwe: {CWE-119: '<= 0'}|PASS",
                "cwe: {sql: '<= 0'}|UNKNOWN"
            })
    void limitsByRuleSeverityAndWeakness(String field, Status status) {
        String rules =
                "{'id':'js/xss','properties':{'security-severity':'8.9','tags':['security','external/cwe/cwe-079']}},"
                        + "{'id':'style'}";
        assertThat(look(
                                "sarif: {results: a.sarif, " + field + "}",
                                log(rules, "{'ruleId':'js/xss/dom'},{'ruleId':'style'}", ""))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'executionSuccessful':true|PASS",
                "'executionSuccessful':true,'exitCode':1|PASS",
                "'executionSuccessful':false|UNKNOWN",
                "'exitCode':0|PASS",
                "'exitCode':137|UNKNOWN",
                "'exitCode':-1|UNKNOWN",
                "'exitSignalName':'SIGKILL'|UNKNOWN",
                "'exitCode':137,'exitSignalName':'SIGKILL'|UNKNOWN",
                "'executionSuccessful':true,'exitSignalName':'SIGKILL'|UNKNOWN",
                "'executionSuccessful':true,'processStartFailureMessage':'no such file'|UNKNOWN"
            })
    void aScanThatDidNotEndWellFoundNothingForSure(String invocation, Status status) {
        assertThat(look("sarif: {}", log("", "", ",'invocations':[{" + invocation + "}]"))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void whatHasNoSeverityIsUnknownUnlessOthersHaveIt() {
        String check = "sarif: {severity: {critical: '<= 0'}}";
        assertThat(look(check, log("{'id':'a'}", "{'ruleId':'a'}", "")).status())
                .isEqualTo(Status.UNKNOWN);
        assertThat(look(check, log("{'id':'a'}", "", "")).status()).isEqualTo(Status.PASS);
        assertThat(look("sarif: {cwe: {CWE-89: '<= 0'}}", log("{'id':'a'}", "{'ruleId':'a'}", ""))
                        .status())
                .isEqualTo(Status.UNKNOWN);
    }

    @Test
    void aWantedToolIsNamedBesideThoseThatRan() {
        assertThat(look("sarif: {tools: [semgrep]}", log("", "", "")).reason())
                .isEqualTo(
                        "there is no run of semgrep; there are runs of Semgrep OSS; of what was read: 0 errors, 0 warnings,"
                                + " 0 notes");
    }

    @Test
    void theRunsOwnTimeCounts() {
        String ended = ",'invocations':[{'executionSuccessful':true,'endTimeUtc':'%s'}]";
        assertThat(look("sarif: {}", log("", "", ended.formatted("2020-01-02T03:04:05Z")))
                        .at())
                .isEqualTo(Instant.parse("2020-01-02T03:04:05Z"));
        Evidence future = look("sarif: {}", log("", "", ended.formatted("2999-01-02T03:04:05Z")));
        assertThat(future.at()).isEqualTo(FakeCheckContext.NOW.minusSeconds(3600));
        assertThat(look("sarif: {}", log("", "", ended.formatted("soon"))).reason())
                .isEqualTo("0 errors, 0 warnings, 0 notes; endTimeUtc 'soon' is no time, so the file's counts");
    }

    @Test
    void anotherFindingUnderTheSamePlaceholderIsNew() {
        String one = "{'ruleId':'a','level':'warning','fingerprints':{'v1':'requires login'},'message':{'text':'%s'}}";
        assertThat(CheckFixture.at(
                                "sarif: {results: n.sarif, reference: o.sarif, onlyNew: yes, warnings: '<= 0'}",
                                new FakeCheckContext()
                                        .file("n.sarif", log("", one.formatted("refund id"), ""))
                                        .file("o.sarif", log("", one.formatted("order id"), "")))
                        .status())
                .isEqualTo(Status.FAIL);
    }
}
