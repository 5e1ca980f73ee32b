// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.evidence.read.FormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SPDX 3.0 in JSON-LD: packages, what the document is of, and licences in every shape of the standard. */
class Spdx3Test {
    private static final String HEAD =
            "{'type':'CreationInfo','@id':'_:c','specVersion':'3.0.1','created':'2026-01-02T03:04:05Z'},"
                    + "{'type':'SpdxDocument','spdxId':'u:doc','name':'doc','creationInfo':'_:c','rootElement':['u:sbom']},"
                    + "{'type':'software_Sbom','spdxId':'u:sbom','rootElement':['u:shop']},"
                    + "{'type':'software_Package','spdxId':'u:shop','name':'shop','software_packageVersion':'2',"
                    + "'verifiedUsing':[{'type':'Hash','algorithm':'sha256','hashValue':'%s'}]},";

    private static Sbom read(String graph) throws IOException {
        String json = "{'@context':'https://spdx.org/rdf/3.0.1/spdx-context.jsonld','@graph':[" + graph + "]}";
        return SbomReader.read(new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static Sbom document(String elements) throws IOException {
        return read(HEAD.formatted("AB".repeat(32)) + elements);
    }

    @Test
    void whatItIsOfAndWhen() throws IOException {
        Sbom sbom = document("{'type':'software_Package','spdxId':'u:a','name':'a','software_packageVersion':'1'},"
                + "{'type':'software_File','spdxId':'u:f','name':'f'},"
                + "{'type':'ai_AIPackage','spdxId':'u:m','name':'model'},{'type':'Person','spdxId':'u:p','name':'p'}");

        assertThat(sbom.of()).isEqualTo("shop 2");
        assertThat(sbom.digests()).containsExactly("ab".repeat(32));
        assertThat(sbom.made().at()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(sbom.components()).extracting(Sbom.Component::name).containsExactly("a 1", "model");
    }

    @Test
    void aDocumentOfOnePackageAlone() throws IOException {
        assertThat(read("{'type':'CreationInfo','@id':'_:c','specVersion':'3.0.0','created':'2026-01-02T03:04:05Z'},"
                                + "{'@type':'software_Package','@id':'u:a','name':'a','creationInfo':'_:c'}")
                        .components())
                .extracting(Sbom.Component::name)
                .containsExactly("a");
    }

    /** Relationships of the package {@code a} and the elements they lead to. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            []            | `` | ``
            [MIT]         | con u:l | {'type':'simplelicensing_LicenseExpression','spdxId':'u:l','simplelicensing_licenseExpression':'MIT'}
            [MIT]         | con u:l | {'type':'simpleLicensing_LicenseExpression','spdxId':'u:l','simpleLicensing_licenseExpression':'MIT'}
            [MIT]         | dec u:l | {'type':'simplelicensing_LicenseExpression','@id':'u:l','simplelicensing_licenseExpression':'MIT'}
            [Apache-2.0]  | dec https://spdx.org/licenses/Apache-2.0 | ``
            [MIT]         | con expandedlicensing_NoAssertionLicense;dec https://spdx.org/licenses/MIT | ``
            [NOASSERTION] | con https://spdx.org/rdf/3.0.1/terms/Core/NoAssertion | ``
            [NOASSERTION] | con u:l | {'type':'simplelicensing_LicenseExpression','spdxId':'u:l','simplelicensing_licenseExpression':'NOASSERTION'}
            [NONE]        | con expandedlicensing_NoneLicense;dec https://spdx.org/licenses/MIT | ``
            [MIT]         | con https://spdx.org/licenses/MIT;dec https://spdx.org/licenses/ISC | ``
            [MIT, ISC]    | con https://spdx.org/licenses/MIT;con https://spdx.org/licenses/ISC | ``
            [(MIT OR ISC)]| con u:s | {'type':'expandedlicensing_DisjunctiveLicenseSet','spdxId':'u:s','expandedlicensing_member':['https://spdx.org/licenses/MIT','https://spdx.org/licenses/ISC']}
            [(MIT AND (ISC OR X11))]| con u:s | {'type':'expandedlicensing_ConjunctiveLicenseSet','spdxId':'u:s','expandedlicensing_member':['https://spdx.org/licenses/MIT','u:o']},{'type':'expandedlicensing_DisjunctiveLicenseSet','spdxId':'u:o','expandedlicensing_member':['https://spdx.org/licenses/ISC','https://spdx.org/licenses/X11']}
            [GPL-2.0-or-later WITH Classpath-exception-2.0]| con u:w | {'type':'expandedlicensing_WithAdditionOperator','spdxId':'u:w','expandedlicensing_subjectExtendableLicense':'u:o','expandedlicensing_subjectAddition':'u:e'},{'type':'expandedlicensing_OrLaterOperator','spdxId':'u:o','expandedlicensing_subjectLicense':'u:g'},{'type':'expandedlicensing_ListedLicense','spdxId':'u:g','name':'GPL-2.0-only'},{'type':'expandedlicensing_ListedLicenseException','spdxId':'u:e','name':'Classpath-exception-2.0'}
            [LicenseRef-Acme-1.0]| con u:t | {'type':'simplelicensing_SimpleLicensingText','spdxId':'u:t','name':'Acme 1.0','simplelicensing_licenseText':'MIT'}
            [LicenseRef-MIT]     | con u:t | {'type':'expandedlicensing_CustomLicense','spdxId':'u:t','name':'MIT','simplelicensing_licenseText':'all rights reserved'}
            [no licence 'u:gone' in the document] | con u:gone | ``
            [no licence 'u:gone' in the document] | con u:gone;dec https://spdx.org/licenses/MIT | ``
            [no licence 'u:shop' in the document] | dec u:shop | ``
            [MIT]         | con https://spdx.org/licenses/MIT;dec u:gone | ``
            [(MIT OR no licence 'u:gone' in the document)] | con u:s | {'type':'expandedlicensing_DisjunctiveLicenseSet','spdxId':'u:s','expandedlicensing_member':['https://spdx.org/licenses/MIT','u:gone']}
            [NONE]        | con https://spdx.org/rdf/3.0.1/terms/Core/NoneElement;dec https://spdx.org/licenses/MIT | ``
            [NONE]        | dec NoneElement | ``
            [NONE]        | con https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoneLicense | ``
            [NONE]        | con u:l | {'type':'simplelicensing_LicenseExpression','spdxId':'u:l','simplelicensing_licenseExpression':'NONE'}
            [NOASSERTION] | con https://spdx.org/rdf/3.0.1/terms/Core/NoAssertionElement | ``
            [MIT]         | con NoAssertionElement;dec https://spdx.org/licenses/MIT | ``
            [NOASSERTION] | con https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense | ``
            [MIT]         | con u:l;dec https://spdx.org/licenses/MIT | {'type':'simplelicensing_LicenseExpression','spdxId':'u:l','simplelicensing_licenseExpression':'NOASSERTION'}
            [LicenseRef-unknown] | con u:s | {'type':'expandedlicensing_ConjunctiveLicenseSet','spdxId':'u:s'}
            """)
    void licences(String expected, String relations, String elements) throws IOException {
        StringBuilder graph = new StringBuilder("{'type':'software_Package','spdxId':'u:a','name':'a'}");
        for (String relation : relations.isEmpty() ? new String[0] : relations.split(";")) {
            String kind = relation.startsWith("con") ? "hasConcludedLicense" : "hasDeclaredLicense";
            graph.append(",{'type':'Relationship','spdxId':'u:r','from':'u:a','relationshipType':'" + kind + "','to':['"
                    + relation.substring(4) + "']}");
        }
        Sbom sbom = document(graph + (elements.isEmpty() ? "" : "," + elements));

        assertThat(sbom.components().get(0).licences().toString()).isEqualTo(expected);
        String text = graph.toString().replaceAll("'to':\\['([^']*)'\\]", "'to':'$1'");
        assertThat(document(text + (elements.isEmpty() ? "" : "," + elements))
                        .components()
                        .get(0)
                        .licences()
                        .toString())
                .as("one for a list")
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "1",
                "[]",
                "{'type':'software_Package','name':'a'}",
                "{'type':'CreationInfo','specVersion':'4.0'},{'type':'software_Package','name':'a'}",
                "{'type':'CreationInfo','specVersion':'2.3'}",
                "{'type':'CreationInfo','specVersion':'3.0.1'},{'type':'SpdxDocument','spdxId':'u:d','rootElement':['u:a']},"
                        + "{'type':'software_Package','spdxId':'u:a','name':'a'},{'type':'SpdxDocument','spdxId':'u:e'}"
            })
    void whatIsNoSpdx3IsAnError(String graph) {
        assertThatThrownBy(() -> read(graph))
                .isInstanceOf(FormatException.class)
                .hasMessageNotContaining("\n");
    }

    /** Which of them is the file of? Its digest would be that of whichever came last. */
    @Test
    void severalDocumentsAreRefusedByName() {
        String second = "{'type':'SpdxDocument','spdxId':'u:other','creationInfo':'_:c','rootElement':['u:lib']},"
                + "{'type':'software_Package','spdxId':'u:lib','name':'lib','verifiedUsing':[{'type':'Hash',"
                + "'algorithm':'sha256','hashValue':'" + "cd".repeat(32) + "'}]}";
        assertThatThrownBy(() -> document(second))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("more than one SpdxDocument")
                .hasMessageContaining("a file of its own");
    }

    @Test
    void hostileLicencesEnd() {
        String circle = "{'type':'software_Package','spdxId':'u:a'},{'type':'Relationship','from':'u:a',"
                + "'relationshipType':'hasConcludedLicense','to':'u:s'},{'type':'expandedlicensing_ConjunctiveLicenseSet',"
                + "'spdxId':'u:s','expandedlicensing_member':[%s]}";
        assertThatThrownBy(() -> document(circle.formatted("'u:s'"))).hasMessageContaining("nest deeper");
        assertThatThrownBy(() -> document(circle.formatted("'u:s','u:s','u:s','u:s'")))
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> document(circle.formatted("'u:a',".repeat(4000) + "'u:a'")))
                .hasMessageContaining("more than 20000 characters");
        StringBuilder wide =
                new StringBuilder("{'type':'software_Package','spdxId':'u:a'},{'type':'Relationship','from':'u:a',"
                        + "'relationshipType':'hasConcludedLicense','to':'u:0'}");
        for (int i = 0; i < 18; i++) {
            wide.append(",{'type':'expandedlicensing_DisjunctiveLicenseSet','spdxId':'u:" + i
                    + "','expandedlicensing_member':['u:" + (i + 1) + "'" + (",'u:" + (i + 1) + "'").repeat(9) + "]}");
        }
        assertThatThrownBy(() -> document(wide.toString())).isInstanceOf(FormatException.class);
    }

    @Test
    void rootsThatLeadInACircleEnd() throws IOException {
        Sbom sbom =
                read("{'type':'CreationInfo','@id':'_:c','specVersion':'3.0.1'},{'type':'SpdxDocument','spdxId':'u:d',"
                        + "'rootElement':['u:s']},{'type':'software_Sbom','spdxId':'u:s','rootElement':['u:d','u:s']},"
                        + "{'type':'software_Package','spdxId':'u:a','name':'a'}");
        assertThat(sbom.components()).hasSize(1);
        assertThat(sbom.digests()).isEmpty();
    }
}
