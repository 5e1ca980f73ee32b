// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.FakeCheckContext;
import io.jenkins.plugins.releaseguard.testing.UnfinishedContractFixture;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SbomCheckTest {
    private static final String BOM = "{'bomFormat':'CycloneDX','specVersion':'1.5'%s,'components':["
            + "{'name':'a','version':'1','licenses':[{'license':{'id':'MIT'}}]},"
            + "{'name':'b','version':'2','licenses':[{'expression':'GPL-3.0-only'}]}]}";

    private static FakeCheckContext world(String metadata) {
        return new FakeCheckContext()
                .file("bom.json", BOM.formatted(metadata).replace('\'', '"'))
                .file("other/sbom.json", "{\"spdxVersion\":\"SPDX-2.3\",\"packages\":[{\"name\":\"c\"}]}");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sbom: {}|PASS|2 components; the SBOM names no digest of the release's artifact",
                "sbom: {files: 'other/*.json'}|PASS|1 component; the SBOM names no digest of the release's artifact",
                "sbom: {components: '>= 3'}|FAIL|2 components; the SBOM names no digest of the release's artifact",
                "sbom: {allow: [MIT]}|FAIL|licences that are not allowed: b 2 (GPL-3.0-only)",
                "sbom: {allow: [MIT, GPL-3.0]}|PASS|2 components; the SBOM names no digest of the release's artifact",
                "sbom: {deny: [MIT]}|FAIL|licences that are not allowed: a 1 (MIT)",
                "sbom: {deny: [X], files: 'other/*.json'}|UNKNOWN|licences that nobody knows: c (none given)",
                "sbom: {bound: yes}|UNKNOWN|the SBOM does not give the SHA-256 of what it is of"
            })
    void everyFieldMakesADifference(String check, Status status, String reason) {
        Evidence evidence = CheckFixture.at(check, world(""));
        assertThat(evidence.reason()).isEqualTo(reason);
        assertThat(evidence.status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // a file's licence holds, a file without one is nobody's
                "deny: [GPL-*]|{'type':'file','name':'copied.c','licenses':[{'license':{'id':'GPL-3.0-only'}}]}|FAIL|licences that are not allowed: copied.c (GPL-3.0-only)",
                "deny: [GPL-*]|{'type':'file','name':'own.c'}|PASS|1 component; the SBOM names no digest of the release's artifact",
                "components: '>= 2'|{'type':'file','name':'own.c','licenses':[{'license':{'id':'MIT'}}]}|FAIL|1 component; the SBOM names no digest of the release's artifact",
                // what isn't delivered
                "deny: [GPL-*]|{'name':'junit','scope':'excluded','licenses':[{'license':{'id':'GPL-3.0-only'}}]}|PASS|1 component, and 1 of scope excluded, left out; the SBOM names no digest of the release's artifact",
                "deny: [GPL-*]|{'name':'junit','scope':'excluded','components':[{'name':'x','licenses':[{'license':{'id':'GPL-3.0-only'}}]}]}|PASS|1 component, and 2 of scope excluded, left out; the SBOM names no digest of the release's artifact",
                "deny: [GPL-*]|{'name':'j','scope':'optional','licenses':[{'license':{'id':'GPL-3.0-only'}}]}|FAIL|licences that are not allowed: j (GPL-3.0-only)",
                // a name is no id
                "deny: [GPL-*]|{'name':'x','licenses':[{'license':{'name':'acme-eula-2'}}]}|UNKNOWN|licences that nobody knows: x (acme-eula-2)",
                "deny: [GPL-3.0]|{'name':'x','licenses':[{'license':{'id':'GPL-3.0-or-later'}}]}|FAIL|licences that are not allowed: x (GPL-3.0-or-later)"
            })
    void whatIsDeliveredHasALicence(String policy, String more, Status status, String reason) {
        String bom = "{'bomFormat':'CycloneDX','specVersion':'1.5','components':["
                + "{'name':'a','licenses':[{'license':{'id':'MIT'}}]}," + more + "]}";
        Evidence evidence = CheckFixture.at(
                "sbom: {" + policy + "}", new FakeCheckContext().file("bom.json", bom.replace('\'', '"')));
        assertThat(evidence.reason()).isEqualTo(reason);
        assertThat(evidence.status()).isEqualTo(status);
    }

    @Test
    void itMustBeOfTheArtifactThatIsReleased() {
        String of = ",'metadata':{'timestamp':'2026-01-02T03:04:05Z','component':{'name':'shop','hashes':["
                + "{'alg':'SHA-256','content':'%s'}]}}";
        Evidence same = CheckFixture.at("sbom: {bound: yes}", world(of.formatted(FakeCheckContext.DIGEST)));
        assertThat(same.reason()).isEqualTo("2 components of the release's artifact");
        assertThat(same.status()).isEqualTo(Status.PASS);
        assertThat(same.at()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        Evidence other = CheckFixture.at("sbom: {}", world(of.formatted("cd".repeat(32))));
        assertThat(other.status()).isEqualTo(Status.FAIL);
        assertThat(other.reason()).isEqualTo("the SBOM is of another artifact than the release's: shop");
        assertThat(CheckFixture.at(
                                "sbom: {bound: yes}",
                                world(of.formatted(FakeCheckContext.DIGEST))
                                        .with(UnfinishedContractFixture.without("artifacts")))
                        .status())
                .isEqualTo(Status.UNKNOWN);
    }

    /** SPDX 3: what a relationship leads to isn't there, so that no pattern may mean it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "allow: ['*', 'LicenseRef-*']|u:gone|UNKNOWN|licences that nobody knows: lib (no licence 'u:gone' in the document)",
                "deny: [GPL-*]|u:gone|UNKNOWN|licences that nobody knows: lib (no licence 'u:gone' in the document)",
                "allow: ['*']|NoneElement|UNKNOWN|licences that nobody knows: lib (NONE)",
                "allow: ['*']|NoAssertionElement|UNKNOWN|licences that nobody knows: lib (NOASSERTION)",
                "allow: [MIT]|https://spdx.org/licenses/MIT|PASS|1 component; the SBOM names no digest of the release's artifact"
            })
    void aLicenceThatIsNotThereIsUnknown(String policy, String to, Status status, String reason) {
        String file = "{'@graph':[{'type':'CreationInfo','@id':'_:c','specVersion':'3.0.1'},"
                + "{'type':'software_Package','spdxId':'u:a','name':'lib'},{'type':'Relationship','from':'u:a',"
                + "'relationshipType':'hasDeclaredLicense','to':['" + to + "']}]}";
        Evidence evidence = CheckFixture.at(
                "sbom: {files: s.json, " + policy + "}",
                new FakeCheckContext().file("s.json", file.replace('\'', '"')));
        assertThat(evidence.reason()).isEqualTo(reason);
        assertThat(evidence.status()).isEqualTo(status);
    }

    @Test
    void aFileOfSeveralDocumentsIsUnknown() {
        String file = "{'@graph':[{'type':'CreationInfo','@id':'_:c','specVersion':'3.0.1'},"
                + "{'type':'SpdxDocument','spdxId':'u:d'},{'type':'SpdxDocument','spdxId':'u:e'}]}";
        Evidence evidence = CheckFixture.at(
                "sbom: {files: s.json}", new FakeCheckContext().file("s.json", file.replace('\'', '"')));
        assertThat(evidence.status()).isEqualTo(Status.UNKNOWN);
        assertThat(evidence.reason()).startsWith("'s.json': no SPDX 3: more than one SpdxDocument in the file");
    }
}
