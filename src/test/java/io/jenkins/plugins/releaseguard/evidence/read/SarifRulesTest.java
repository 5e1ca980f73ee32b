// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** References of SARIF's results to rules, and what follows for their level, severity and weakness. */
class SarifRulesTest {
    private static final String G = "11111111-1111-1111-1111-111111111111";
    private static final String H = "22222222-2222-2222-2222-222222222222";
    /** a: error, b: note, js/xss: error; first extension: n: note, same: note; second: e: error, same: error. */
    private static final String TOOL = """
        "tool":{"driver":{"name":"d","guid":"%1$s","rules":[{"id":"a","guid":"%2$s","defaultConfiguration":{"level":"error"}},
          {"id":"b","defaultConfiguration":{"level":"note"}},{"id":"js/xss","defaultConfiguration":{"level":"error"}},{"id":"plain"}]},
         "extensions":[{"name":"one","rules":[{"id":"n","defaultConfiguration":{"level":"note"}},
           {"id":"same","defaultConfiguration":{"level":"note"}}]},
          {"name":"two","guid":"%2$s","rules":[{"id":"e","guid":"%1$s","defaultConfiguration":{"level":"error"}},
           {"id":"same","defaultConfiguration":{"level":"error"}}]}]}
        """.formatted(G, H);

    private static List<SarifRun> read(String json) throws IOException {
        return SarifReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static SarifRun run(String tool, String result, String more) throws IOException {
        return read("{\"version\":\"2.1.0\",\"runs\":[{" + tool + ",\"results\":[" + result + "]" + more + "}]}")
                .get(0);
    }

    private static SarifRun.Finding finding(String result, String more) throws IOException {
        return run(TOOL, result, more).findings().get(0);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // good
                "'ruleId':'e','rule':{'index':0,'toolComponent':{'index':1}}|error",
                "'rule':{'id':'e','index':0,'toolComponent':{'name':'two'}}|error",
                "'rule':{'id':'e','toolComponent':{'name':'TWO'}}|error",
                "'rule':{'index':0,'toolComponent':{'guid':'22222222-2222-2222-2222-222222222222'}}|error",
                "'rule':{'guid':'11111111-1111-1111-1111-111111111111','toolComponent':{'name':'two'}}|error",
                "'rule':{'guid':'22222222-2222-2222-2222-222222222222'}|error",
                "'rule':{'index':1,'toolComponent':{'guid':'11111111-1111-1111-1111-111111111111'}}|note",
                "'ruleId':'js/xss/dom'|error",
                "'ruleId':'js/xss/dom/deep','ruleIndex':2|error",
                "'ruleId':'plain'|warning",
                "'ruleId':'e'|error",
                // odd: what the references say leads to different rules, and the worse counts
                "'ruleId':'a','ruleIndex':1|error",
                "'ruleId':'b','ruleIndex':0|error",
                "'ruleId':'b','rule':{'id':'a'}|error",
                "'ruleId':'same'|error",
                "'ruleId':'same','rule':{'toolComponent':{'index':0}}|note",
                "'ruleId':'same','rule':{'toolComponent':{'index':0,'name':'two'}}|error",
                "'ruleId':'b','ruleIndex':99|note",
                "'ruleId':'b','rule':{'toolComponent':{'index':-1}}|note",
                // bad: nothing leads to a rule
                "'ruleIndex':99|unknown",
                "'ruleId':'js/xs'|unknown",
                "'ruleId':'z','ruleIndex':1|unknown",
                "'ruleId':'n','rule':{'toolComponent':{'name':'three'}}|unknown",
                "'ruleId':'n','rule':{'toolComponent':{'index':9}}|unknown",
                "'ruleId':'n','rule':{'toolComponent':{'guid':'33333333-3333-3333-3333-333333333333'}}|unknown",
                "'ruleId':'a','rule':{'toolComponent':{'name':'two'}}|unknown",
                "'rule':{'guid':'33333333-3333-3333-3333-333333333333'}|unknown",
                "'ruleId':'a','kind':'failure'|unknown",
                // its own level needs no rule
                "'ruleId':'z','level':'note'|note",
                "'ruleId':'z','kind':'notApplicable'|none"
            })
    void aReferenceLeadsToItsRule(String result, String level) throws IOException {
        assertThat(finding("{" + result.replace('\'', '"') + "}", "").level()).isEqualTo(level);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'ruleId':'b'|{'ruleConfigurationOverrides':[{'descriptor':{'id':'b'},'configuration':{'level':'error'}}]}|error",
                "'ruleId':'b'|{'ruleConfigurationOverrides':[{'descriptor':{'index':1},'configuration':{'level':'error'}}]}|error",
                "'ruleId':'a'|{'ruleConfigurationOverrides':[{'descriptor':{'id':'a'},'configuration':{'level':'note'}}]}|note",
                "'ruleId':'a'|{'ruleConfigurationOverrides':[{'descriptor':{'id':'a'},'configuration':{'enabled':true}}]}|error",
                "'ruleId':'a'|{'ruleConfigurationOverrides':[{'descriptor':{'id':'b'},'configuration':{'level':'note'}}]}|error",
                "'ruleId':'n'|{'ruleConfigurationOverrides':[{'descriptor':{'id':'n','toolComponent':{'name':'one'}},'configuration':{'level':'error'}}]}|error",
                "'ruleId':'z'|{'ruleConfigurationOverrides':[{'descriptor':{'id':'z'},'configuration':{'level':'error'}}]}|error",
                "'ruleId':'js/xss/dom'|{'ruleConfigurationOverrides':[{'descriptor':{'id':'js/xss/dom'},'configuration':{'level':'note'}}]}|note",
                "'ruleId':'js/xss/url'|{'ruleConfigurationOverrides':[{'descriptor':{'id':'js/xss/dom'},'configuration':{'level':'note'}}]}|error",
                "'ruleId':'b'|{'ruleConfigurationOverrides':[{'descriptor':{'index':99},'configuration':{'level':'error'}}]}|unknown",
                "'ruleId':'b','level':'note'|{'ruleConfigurationOverrides':[{'descriptor':{'id':'b'},'configuration':{'level':'error'}}]}|note",
                "'ruleId':'b'|{},{'ruleConfigurationOverrides':[{'descriptor':{'id':'b'},'configuration':{'level':'error'}}]}|error",
                "'ruleId':'b','provenance':{'invocationIndex':0}|{},{'ruleConfigurationOverrides':[{'descriptor':{'id':'b'},'configuration':{'level':'error'}}]}|note",
                "'ruleId':'b','provenance':{'invocationIndex':1}|{},{'ruleConfigurationOverrides':[{'descriptor':{'id':'b'},'configuration':{'level':'error'}}]}|error"
            })
    void theConfigurationOfTheInvocationComesBeforeTheRules(String result, String invocations, String level)
            throws IOException {
        assertThat(finding(
                                "{" + result.replace('\'', '"') + "}",
                                ",\"invocations\":[" + invocations.replace('\'', '"') + "]")
                        .level())
                .isEqualTo(level);
    }

    @Test
    void aFindingIsOfEachRuleThatItsReferencesLeadTo() throws IOException {
        SarifRun.Finding deep = finding("{\"ruleId\":\"js/xss/dom\"}", "");
        assertThat(deep.isOf("js/xss")).isTrue();
        assertThat(deep.isOf("js")).isTrue();
        assertThat(deep.isOf("js/xss/dom")).isTrue();
        assertThat(deep.isOf("js/x")).isFalse();
        assertThat(finding("{\"ruleId\":\"b\",\"ruleIndex\":0}", "").isOf("a")).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}, {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "?",
            value = {
                "'properties':{'security-severity':'9.8','tags':['security','external/cwe/cwe-089']}|9.8|[89]",
                "'properties':{'security-severity':7,'tags':['CWE-22: Path Traversal']}|7|[22]",
                "'properties':{'security-severity':'0.0','cwe':['CWE-79','CWE-80']}|0|[79, 80]",
                "'relationships':[{'target':{'id':'502','toolComponent':{'name':'CWE'}}}]|NaN|[502]",
                "'relationships':[{'target':{'index':0,'toolComponent':{'index':0}}}]|NaN|[611]",
                "'relationships':[{'target':{'id':'502','toolComponent':{'name':'OWASP'}}}]|0|[]",
                "'properties':{'security-severity':'high'}|NaN|[]",
                "'properties':{'security-severity':'11'}|NaN|[]",
                "'properties':{'security-severity':'-1'}|NaN|[]",
                "'properties':{'security-severity':'NaN'}|NaN|[]",
                "'properties':{'tags':['security']}|NaN|[]",
                "'properties':{'tags':['maintainability','cwebp','scwe-12']}|0|[]"
            })
    void severityAndWeaknessAreTheRules(String rule, Double severity, String cwes) throws IOException {
        String tool = "\"tool\":{\"driver\":{\"name\":\"d\",\"rules\":[{\"id\":\"scored\",\"properties\":{"
                + "\"security-severity\":\"5\",\"tags\":[\"CWE-1\"]}},{\"id\":\"r\"," + rule.replace('\'', '"')
                + "}]}},\"taxonomies\":[{\"name\":\"CWE\",\"taxa\":[{\"id\":\"611\"}]}]";
        SarifRun.Finding found = run(tool, "{\"ruleId\":\"r\"}", "").findings().get(0);
        assertThat((Double) found.severity()).isEqualTo(severity);
        assertThat(found.cwes().stream().sorted().toList().toString()).isEqualTo(cwes);
    }

    @Test
    void whereNoRuleIsScoredNobodyKnowsTheSeverity() throws IOException {
        SarifRun.Finding found = finding("{\"ruleId\":\"a\"}", "");
        assertThat(found.severity()).isNaN();
        assertThat(found.cwes()).isNull();
        assertThat(finding(
                                "{\"ruleId\":\"a\",\"properties\":{\"security-severity\":\"4.5\"},\"taxa\":[{\"id\":\"CWE-7\"}]}",
                                "")
                        .severity())
                .isEqualTo(4.5);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"fingerprints\":{\"v\":\"requires login\"}|false",
                "\"fingerprints\":{\"v\":\"\"}|false",
                "\"fingerprints\":{\"v\":\"0\"}|false",
                "\"fingerprints\":{\"v\":\"0000000000000000\"}|false",
                "\"fingerprints\":{\"v\":\"N/A\"}|false",
                "\"fingerprints\":{\"v\":\"requires-login\"}|false",
                "\"fingerprints\":{\"v\":\"not available in version 12\"}|false",
                "\"partialFingerprints\":{\"v\":\"unknown\"}|false",
                "\"fingerprints\":{\"v\":\"39fa2ee980eb94b0:1\"}|true",
                "\"partialFingerprints\":{\"column\":\"4\",\"line\":\"39fa2ee980eb94b0:1\"}|true",
                "\"fingerprints\":{\"v\":\"requires login\"},\"partialFingerprints\":{\"v\":\"39fa2ee980eb94b0:1\"}|true"
            })
    void aPlaceholderIsNoFingerprint(String prints, boolean same) throws IOException {
        String one = finding("{\"ruleId\":\"a\",\"message\":{\"text\":\"order id\"}," + prints + "}", "")
                .print();
        String two = finding("{\"ruleId\":\"a\",\"message\":{\"text\":\"refund id\"}," + prints + "}", "")
                .print();
        assertThat(one.equals(two)).isEqualTo(same);
    }

    @Test
    void withoutAFingerprintTheCodeTellsFindingsApart() throws IOException {
        String at =
                "{\"ruleId\":\"a\",\"message\":{\"text\":\"m\"},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":"
                        + "{\"index\":%d},\"region\":{\"startLine\":%d,\"snippet\":{\"text\":\"%s\"}}}}]}";
        String files = ",\"artifacts\":[{\"location\":{\"uri\":\"A.java\"}},{\"location\":{\"uri\":\"B.java\"}}]";
        SarifRun.Finding first = finding(at.formatted(0, 1, "run(a)"), files);
        assertThat(first.where()).isEqualTo("A.java:1");
        assertThat(finding(at.formatted(0, 9, "  run(a)"), files).print().replace("| ", "|"))
                .isEqualTo(first.print());
        assertThat(finding(at.formatted(0, 1, "run(b)"), files).print()).isNotEqualTo(first.print());
        assertThat(finding(at.formatted(1, 1, "run(a)"), files).print()).isNotEqualTo(first.print());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{\"endTimeUtc\":\"2020-01-02T03:04:05Z\"}|2020-01-02T03:04:05Z|''",
                "{\"endTimeUtc\":\"2020-01-02T03:04:05.678\"}|2020-01-02T03:04:05.678Z|''",
                "{\"startTimeUtc\":\"2020-01-02T03:04:05Z\"}|2020-01-02T03:04:05Z|''",
                "{\"endTimeUtc\":\"2020-01-02T03:04:05+01:00\"},{\"endTimeUtc\":\"2020-01-03T00:00:00Z\"}|2020-01-03T00:00:00Z|''",
                "{\"endTimeUtc\":\"1970-01-01T00:00:00Z\"}|-|''",
                "{\"endTimeUtc\":\"0001-01-01T00:00:00.000Z\"}|-|''",
                "{\"endTimeUtc\":\"yesterday\"}|-|endTimeUtc 'yesterday'",
                "{}|-|''"
            })
    void aRunEndsWhenItsInvocationsDo(String invocations, Instant at, String odd) throws IOException {
        assertThat(run(TOOL, "", ",\"invocations\":[" + invocations + "]").ended())
                .isEqualTo(new OwnTime(at, odd));
    }

    @Test
    void propertiesElsewhereInTheFileAreTheRuns() throws IOException {
        String reference = ",\"externalPropertyFileReferences\":{\"results\":[{\"guid\":\"" + G + "\"}]}";
        String log = "{\"version\":\"2.1.0\",\"inlineExternalProperties\":[{\"guid\":\"%s\",\"runGuid\":\"%s\","
                + "\"results\":[{\"ruleId\":\"a\"}]}],\"runs\":[{" + TOOL
                + ",\"automationDetails\":{\"guid\":\"%s\"},\"results\":[{\"ruleId\":\"b\"}]%s}]}";

        assertThat(read(log.formatted(G, "", "", reference)).get(0).findings())
                .extracting(SarifRun.Finding::level)
                .containsExactly("note", "error");
        assertThat(read(log.formatted("", H, H, "")).get(0).findings()).hasSize(2);
        assertThatThrownBy(() -> read(log.formatted(H, "", "", reference))).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> read(log.formatted("", H, G, ""))).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> read(log.formatted("", "", "", ""))).isInstanceOf(FormatException.class);
    }
}
