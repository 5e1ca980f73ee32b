// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files in the shape that each tool gives them, by tool and oddity. */
class SarifWritersTest {
    private static List<SarifRun> read(String runs) throws IOException {
        String json = ("{'version':'2.1.0','runs':[" + runs + "]}").replace('\'', '"');
        return SarifReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String told(SarifRun.Finding finding) {
        String severity = Double.isNaN(finding.severity())
                ? "?"
                : finding.severity() == 0 ? "-" : String.valueOf(finding.severity());
        String cwes = finding.cwes() == null
                ? "?"
                : finding.cwes().isEmpty()
                        ? "-"
                        : new TreeSet<>(finding.cwes())
                                .stream().map(String::valueOf).collect(Collectors.joining("+"));
        return finding.level() + " " + severity + " " + cwes + (finding.suppressed() ? " suppressed" : "");
    }

    /** Level, security severity ({@code -} for none, {@code ?} where nobody knows) and weaknesses of each finding. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CodeQL: rules of a pack               | error 9.8 79+116 | {'tool':{'driver':{'name':'CodeQL','rules':[]},'extensions':[{'name':'codeql/javascript-queries','rules':[{'id':'js/xss','defaultConfiguration':{'level':'error'},'properties':{'tags':['security','external/cwe/cwe-079','external/cwe/cwe-116'],'security-severity':'9.8','precision':'high'}}]}]},'results':[{'ruleId':'js/xss','rule':{'id':'js/xss','index':0,'toolComponent':{'index':0}},'message':{'text':'m'}}]}
            CodeQL: one that is no security query | note - - | {'tool':{'driver':{'name':'CodeQL','rules':[{'id':'js/unused','defaultConfiguration':{'level':'note'},'properties':{'tags':['maintainability'],'problem.severity':'recommendation'}},{'id':'js/xss','properties':{'tags':['security','external/cwe/cwe-079'],'security-severity':'6.1'}}]}},'results':[{'ruleId':'js/unused','ruleIndex':0,'message':{'text':'m'}}]}
            CodeQL: a diagnostic with enabled off | warning ? ? | {'tool':{'driver':{'name':'CodeQL','rules':[{'id':'a','defaultConfiguration':{'enabled':true}}]}},'results':[{'ruleId':'a','ruleIndex':0,'message':{'text':'m'}}]}
            Semgrep: tags of CWE and OWASP        | error ? 89 | {'tool':{'driver':{'name':'Semgrep OSS','rules':[{'id':'a.sqli','defaultConfiguration':{'level':'error'},'properties':{'precision':'very-high','tags':['CWE-89: Improper Neutralization (SQL Injection)','HIGH CONFIDENCE','OWASP-A01:2017 - Injection','security']}}]}},'results':[{'fingerprints':{'matchBasedId/v1':'requires login'},'ruleId':'a.sqli','message':{'text':'m'}}]}
            Semgrep: a nosemgrep comment          | warning ? ? suppressed | {'tool':{'driver':{'name':'Semgrep OSS','rules':[{'id':'a','defaultConfiguration':{'level':'warning'}}]}},'results':[{'ruleId':'a','message':{'text':'m'},'suppressions':[{'kind':'inSource'}]}]}
            Trivy: a rule for each CVE            | error 9.8 ? | {'tool':{'driver':{'name':'Trivy','rules':[{'id':'CVE-2026-1','name':'LanguageSpecificPackageVulnerability','defaultConfiguration':{'level':'error'},'properties':{'precision':'very-high','security-severity':'9.8','tags':['vulnerability','security','CRITICAL']}}]}},'results':[{'ruleId':'CVE-2026-1','ruleIndex':0,'level':'error','message':{'text':'m'}}]}
            Trivy: not scored yet                 | note ? ? | {'tool':{'driver':{'name':'Trivy','rules':[{'id':'CVE-2026-2','defaultConfiguration':{'level':'note'},'properties':{'security-severity':'0.0','tags':['vulnerability','security','UNKNOWN']}}]}},'results':[{'ruleId':'CVE-2026-2','ruleIndex':0,'level':'note','message':{'text':'m'}}]}
            Grype: the id of CVE and package      | warning 5.3 ? | {'tool':{'driver':{'name':'grype','rules':[{'id':'CVE-2026-1-lib','name':'JavaMatcherExactDirectMatch','properties':{'security-severity':'5.3','purls':['pkg:maven/a/b@1']}}]}},'results':[{'ruleId':'CVE-2026-1-lib','level':'warning','message':{'text':'m'},'partialFingerprints':{'primaryLocationLineHash':'abcdef0123456789:1'}}]}
            Snyk Code: an index of the driver's   | error ? 22+23 | {'tool':{'driver':{'name':'SnykCode','rules':[{'id':'java/PT','defaultConfiguration':{'level':'error'},'properties':{'tags':['java','Path'],'cwe':['CWE-22','CWE-23'],'precision':'very-high'}}]}},'results':[{'ruleId':'java/PT','ruleIndex':0,'level':'error','message':{'text':'m'},'fingerprints':{'0':'abc123def456','1':'12ab34cd.56ef'}}]}
            Snyk Open Source: CVSS in properties  | warning 6.5 400 | {'tool':{'driver':{'name':'Snyk Open Source','rules':[{'id':'SNYK-JS-A-1','properties':{'tags':['security','CWE-400','npm'],'cvssv3_baseScore':6.5,'security-severity':'6.5'}}]}},'results':[{'ruleId':'SNYK-JS-A-1','level':'warning','message':{'text':'m'}}]}
            ESLint: an error without a rule       | error ? ? | {'tool':{'driver':{'name':'ESLint','rules':[]}},'artifacts':[{'location':{'uri':'a.js'}}],'results':[{'level':'error','message':{'text':'Parsing error'},'locations':[{'physicalLocation':{'artifactLocation':{'uri':'a.js','index':0}}}]}],'invocations':[{'executionSuccessful':true}]}
            ESLint: off in the comment            | warning ? ? suppressed | {'tool':{'driver':{'name':'ESLint','rules':[{'id':'no-eval'}]}},'results':[{'level':'warning','ruleId':'no-eval','ruleIndex':0,'message':{'text':'m'},'suppressions':[{'kind':'inSource','justification':'x'}]}]}
            ESLint: an empty list of suppressions | warning ? ? | {'tool':{'driver':{'name':'ESLint','rules':[{'id':'no-eval'}]}},'results':[{'level':'warning','ruleId':'no-eval','ruleIndex':0,'message':{'text':'m'},'suppressions':[]}]}
            Checkov: the level beside the result  | error ? ? | {'tool':{'driver':{'name':'Checkov','rules':[{'id':'CKV_1','defaultConfiguration':{'level':'error'}}]}},'results':[{'ruleId':'CKV_1','ruleIndex':0,'level':'error','attachments':[],'message':{'text':'m'}}]}
            Checkov: no severity, no level        | error ? ? | {'tool':{'driver':{'name':'Checkov','rules':[{'id':'CKV_1','defaultConfiguration':{'level':'error'}}]}},'results':[{'ruleId':'CKV_1','ruleIndex':0,'message':{'text':'m'}}]}
            gosec: weaknesses as taxa             | error ? 798 | {'tool':{'driver':{'name':'gosec','guid':'8b518d5f-906d-39f9-894b-d327b1a421c5','supportedTaxonomies':[{'name':'CWE','guid':'f2856fc0-85b7-373f-83e7-6f8582243547'}],'rules':[{'id':'G101','defaultConfiguration':{'level':'error'},'properties':{'tags':['security','HIGH'],'precision':'low'},'relationships':[{'target':{'id':'798','guid':'aaa','toolComponent':{'name':'CWE','guid':'f2856fc0-85b7-373f-83e7-6f8582243547'}},'kinds':['superset']}]}]}},'taxonomies':[{'name':'CWE','guid':'f2856fc0-85b7-373f-83e7-6f8582243547','taxa':[{'id':'798','guid':'aaa'}]}],'results':[{'ruleId':'G101','ruleIndex':0,'level':'error','message':{'text':'m'}}]}
            Bandit: weaknesses in tags            | error ? 78 | {'tool':{'driver':{'name':'Bandit','rules':[{'id':'B602','properties':{'tags':['security','external/cwe/cwe-78'],'precision':'high'}}]}},'results':[{'ruleId':'B602','ruleIndex':0,'level':'error','message':{'text':'m'},'properties':{'issue_confidence':'HIGH','issue_severity':'HIGH'}}]}
            Roslyn: a level by configuration      | error ? ? | {'tool':{'driver':{'name':'Microsoft (R) Visual C# Compiler','rules':[{'id':'CA1','properties':{'category':'Design'}}]}},'invocations':[{'executionSuccessful':true,'ruleConfigurationOverrides':[{'descriptor':{'id':'CA1','index':0},'configuration':{'level':'error'}}]}],'results':[{'ruleId':'CA1','ruleIndex':0,'message':{'text':'m'}}]}
            Roslyn: a rule that is off            | warning ? ? suppressed | {'tool':{'driver':{'name':'Microsoft (R) Visual C# Compiler','rules':[{'id':'CA1','defaultConfiguration':{'level':'note'}}]}},'results':[{'ruleId':'CA1','ruleIndex':0,'level':'warning','message':{'text':'m'},'suppressions':[{'kind':'inSource','properties':{'suppressionType':'Pragma'}}]}]}
            MSVC: fatal errors have no rule       | error ? ? | {'tool':{'driver':{'name':'MSVC'}},'results':[{'ruleId':'C1083','level':'error','message':{'text':'m'}}]}
            clang: no level, a rule without       | warning ? ? | {'tool':{'driver':{'name':'clang','rules':[{'id':'2','defaultConfiguration':{'enabled':true,'level':'warning','rank':-1}}]}},'results':[{'ruleId':'2','ruleIndex':0,'message':{'text':'m'}}]}
            Sonar: a severity word in properties  | error ? ? | {'tool':{'driver':{'name':'SonarQube','rules':[{'id':'java:S2077','defaultConfiguration':{'level':'error'},'properties':{'tags':['cwe'],'severity':'CRITICAL'}}]}},'results':[{'ruleId':'java:S2077','ruleIndex':0,'message':{'text':'m'}}]}
            SpotBugs: an index that is wrong      | error ? 89 | {'tool':{'driver':{'name':'SpotBugs','rules':[{'id':'A'},{'id':'SQL','relationships':[{'target':{'id':'89','toolComponent':{'name':'CWE'}}}]}]}},'results':[{'ruleId':'SQL','ruleIndex':1,'level':'error','message':{'id':'default','arguments':['x']}}]}
            OWASP: one severity for a library     | error 9.8 ? | {'tool':{'driver':{'name':'dependency-check','rules':[{'id':'CVE-2026-1','properties':{'cvssv3_baseSeverity':'CRITICAL','security-severity':'9.8'}}]}},'results':[{'ruleId':'CVE-2026-1','level':'error','message':{'text':'m'}}]}
            Gitleaks: a rule, no level            | warning ? ? | {'tool':{'driver':{'name':'gitleaks','semanticVersion':'v8.0.0','rules':[{'id':'aws','shortDescription':{'text':'x'}}]}},'results':[{'message':{'text':'m'},'ruleId':'aws','partialFingerprints':{'commitSha':'','author':''}}]}
            Hadolint: an info is a note           | note ? ? | {'tool':{'driver':{'name':'Hadolint','rules':[{'id':'DL3008'}]}},'results':[{'ruleId':'DL3008','level':'note','message':{'text':'m'}}]}
            KICS: a numeric severity              | error 8.0 ? | {'tool':{'driver':{'name':'KICS','rules':[{'id':'a','defaultConfiguration':{'level':'error'},'relationships':[{'target':{'id':'CAT1','index':0,'toolComponent':{'name':'Categories'}}}],'properties':{'security-severity':8}}]}},'results':[{'ruleId':'a','ruleIndex':0,'kind':'fail','message':{'text':'m'}}]}
            PMD: kinds that are no failure        | none ? ? | {'tool':{'driver':{'name':'PMD','rules':[{'id':'a'}]}},'results':[{'ruleId':'a','ruleIndex':0,'kind':'pass','message':{'text':'m'}}]}
            Psalm: weakness by a help address     | error ? ? | {'tool':{'driver':{'name':'Psalm','rules':[{'id':'1','helpUri':'https://cwe.example.com/89'}]}},'results':[{'ruleId':'1','level':'error','message':{'text':'m'}}]}
            detekt: an unknown level              | error ? ? | {'tool':{'driver':{'name':'detekt','rules':[{'id':'detekt.a.B'}]}},'results':[{'ruleId':'detekt.a.B','level':'error','message':{'text':'m'},'locations':[{'physicalLocation':{'region':{'startLine':1}}}]}]}
            ZAP: CWE as a number in properties    | error ? 693 | {'tool':{'driver':{'name':'ZAP','rules':[{'id':'10038','properties':{'cwe':693}}]}},'results':[{'ruleId':'10038','level':'error','message':{'text':'m'}}]}
            Fortify: cweids in properties         | error ? 89+564 | {'tool':{'driver':{'name':'F','rules':[{'id':'A','properties':{'cwe-ids':['89','CWE-564']}}]}},'results':[{'ruleId':'A','level':'error','message':{'text':'m'}}]}
            Terrascan: a severity word            | error ? ? | {'tool':{'driver':{'name':'terrascan','rules':[{'id':'A','properties':{'severity':'HIGH'}}]}},'results':[{'ruleId':'A','ruleIndex':0,'level':'error','message':{'text':'m'}}]}
            a severity word for a number          | error ? ? | {'tool':{'driver':{'name':'X','rules':[{'id':'A','properties':{'security-severity':'high'}}]}},'results':[{'ruleId':'A','level':'error','message':{'text':'m'}}]}
            """)
    void findings(String kind, String expected, String run) throws IOException {
        assertThat(read(run).get(0).findings().stream()
                        .map(SarifWritersTest::told)
                        .toList())
                .as(kind)
                .containsExactly(expected.split(";"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a run that failed                    | failed     | 'results':[],'invocations':[{'executionSuccessful':false}]
            an error on the way, told            | well 1     | 'results':[],'invocations':[{'executionSuccessful':true,'toolExecutionNotifications':[{'level':'error','message':{'text':'could not parse half of it'}}]}]
            a setting that can't be, told        | well 1     | 'results':[],'invocations':[{'executionSuccessful':true,'toolConfigurationNotifications':[{'level':'error','message':{'text':'no such rule pack'}}]}]
            a warning on the way                 | well       | 'results':[],'invocations':[{'executionSuccessful':true,'toolExecutionNotifications':[{'level':'warning','message':{'text':'m'}},{'message':{'text':'m'}}]}]
            CodeQL: a trace on the way           | well       | 'results':[],'invocations':[{'executionSuccessful':true,'toolExecutionNotifications':[{'level':'none','descriptor':{'id':'cli/file-coverage','index':0},'message':{'text':''}}]}]
            CodeQL: what it could not extract    | well 1     | 'results':[],'invocations':[{'executionSuccessful':true,'toolExecutionNotifications':[{'level':'error','descriptor':{'id':'js/diagnostics/extraction-errors','index':0},'message':{'text':'Unexpected token'}}]}]
            an override that makes it an error   | well 1     | 'results':[],'invocations':[{'executionSuccessful':true,'notificationConfigurationOverrides':[{'descriptor':{'id':'N1'},'configuration':{'level':'error'}}],'toolExecutionNotifications':[{'descriptor':{'id':'N1'}}]}]
            one of another invocation            | well       | 'results':[],'invocations':[{'toolExecutionNotifications':[{'descriptor':{'id':'N1'}}]},{'notificationConfigurationOverrides':[{'descriptor':{'id':'N1'},'configuration':{'level':'error'}}]}]
            a descriptor that isn't there        | well       | 'results':[],'invocations':[{'toolExecutionNotifications':[{'descriptor':{'id':'N1'}},{'descriptor':{'index':4}}]}]
            notifications that are no list       | well       | 'results':[],'invocations':[{'toolExecutionNotifications':'x','toolConfigurationNotifications':[1,null,[]]}]
            a tool that never began              | failed     | 'results':[],'invocations':[{'exitCode':2,'processStartFailureMessage':'no such file'}]
            a signal that ended it               | failed     | 'results':[],'invocations':[{'executionSuccessful':true,'exitSignalName':'SIGKILL'}]
            no results                           | no results | 'invocations':[{'executionSuccessful':true}]
            results that are null                | no results | 'results':null
            well                                 | well       | 'results':[]
            """)
    void runs(String kind, String expected, String run) throws IOException {
        assertThat(ended(run, "")).as(kind).isEqualTo(expected);
    }

    /** 3.58.6 and 3.27.10: a notification without a level has its descriptor's. */
    @Test
    void aNotificationsLevelMayStandInItsDescriptor() throws IOException {
        String described = ",'notifications':[{'id':'N0'},{'id':'N1','defaultConfiguration':{'level':'error'}}]";
        String run = "'results':[],'invocations':[{'toolExecutionNotifications':[{'descriptor':{%s}}]}]";
        assertThat(ended(run.formatted("'id':'N1'"), described)).isEqualTo("well 1");
        assertThat(ended(run.formatted("'index':1"), described)).isEqualTo("well 1");
        assertThat(ended(run.formatted("'index':0"), described)).isEqualTo("well");
    }

    private static String ended(String run, String described) throws IOException {
        SarifRun read = read("{'tool':{'driver':{'name':'t'" + described + "}}," + run + "}")
                .get(0);
        if (read.failed() || !read.hasResults()) {
            return read.failed() ? "failed" : "no results";
        }
        return "well" + (read.troubles().isEmpty() ? "" : " " + read.troubles().size());
    }
}
