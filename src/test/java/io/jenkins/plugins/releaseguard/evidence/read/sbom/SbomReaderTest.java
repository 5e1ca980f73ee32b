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

class SbomReaderTest {
    private static Sbom read(String json) throws IOException {
        return SbomReader.read(new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    private static Sbom cyclone(String more) throws IOException {
        return read("{'bomFormat':'CycloneDX','specVersion':'1.6'," + more + "}");
    }

    private static Sbom spdx(String more) throws IOException {
        return read("{'spdxVersion':'SPDX-2.3','name':'doc'," + more + "}");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name':'a','version':'1','licenses':[{'license':{'id':'MIT'}}]}|a 1 [MIT]",
                "{'name':'a','licenses':[{'license':{'name':'The Acme Licence'}}]}|a [The Acme Licence]",
                "{'name':'a','licenses':[{'expression':'MIT OR X'}]}|a [MIT OR X]",
                "{'name':'a','licenses':[{'license':{'id':'MIT'}},{'license':{'id':'X'}}]}|a [MIT, X]",
                "{'name':'a'}|a []",
                "{'name':'a','licenses':[{}]}|a []",
                "{'name':'a','components':[{'name':'b','licenses':[{'license':{'id':'X'}}]}]}|a [], b [X]",
                "{'name':'a','type':'library'},{'name':'f','type':'file'},{'name':'debian','type':'operating-system'}|a []"
            })
    void cycloneDxComponents(String components, String read) throws IOException {
        assertThat(cyclone("'components':[" + components + "]").components().stream()
                        .map(c -> c.name() + " "
                                + c.licences().stream()
                                        .filter(l -> !l.isEmpty())
                                        .toList())
                        .toList()
                        .toString())
                .isEqualTo("[" + read + "]");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name':'a','versionInfo':'1','licenseConcluded':'MIT','licenseDeclared':'X'}|a 1 [MIT]",
                "{'name':'a','licenseConcluded':'NOASSERTION','licenseDeclared':'X'}|a [X]",
                "{'name':'a','licenseDeclared':'X'}|a [X]",
                "{'name':'a','licenseConcluded':'NONE','licenseDeclared':'X'}|a [NONE]",
                "{'name':'a','licenseConcluded':'NOASSERTION'}|a [NOASSERTION]",
                "{'name':'a'}|a []",
                "{'name':'shop','SPDXID':'SPDXRef-shop'},{'name':'a','SPDXID':'SPDXRef-a'}|a []"
            })
    void spdxPackages(String packages, String read) throws IOException {
        assertThat(spdx("'packages':[" + packages + "],'relationships':[{'spdxElementId':'SPDXRef-DOCUMENT',"
                                + "'relatedSpdxElement':'SPDXRef-shop','relationshipType':'DESCRIBES'}]")
                        .components()
                        .stream()
                        .map(c -> c.name() + " " + c.licences())
                        .toList()
                        .toString())
                .isEqualTo("[" + read + "]");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'SPDXRef-g'|[h, i]",
                "'SPDXRef-g','SPDXRef-h'|[g, h, i]",
                "'SPDXRef-g','SPDXRef-x'|[h, i]",
                "'SPDXRef-g','SPDXRef-h','SPDXRef-i'|[g, h, i]",
                "``|[g, h, i]"
            })
    void onlyOneSubjectIsNoComponent(String described, String components) throws IOException {
        assertThat(spdx("'documentDescribes':[" + described + "],'packages':[{'name':'g','SPDXID':'SPDXRef-g'},"
                                + "{'name':'h','SPDXID':'SPDXRef-h'},{'name':'i','SPDXID':'SPDXRef-i'}]")
                        .components()
                        .stream()
                        .map(Sbom.Component::name)
                        .toList()
                        .toString())
                .isEqualTo(components);
    }

    @Test
    void whatIsInTheSubjectIsDeliveredWithIt() throws IOException {
        assertThat(cyclone(
                                "'metadata':{'component':{'name':'app','components':[{'name':'g','components':[{'name':'h'}]}]}},"
                                        + "'components':[{'name':'a'}]")
                        .components()
                        .stream()
                        .map(Sbom.Component::name))
                .containsExactly("g", "h", "a");
    }

    @Test
    void whatNoReaderAsksForIsPassedOver() throws IOException {
        // more values than a part may have
        String many = "1,".repeat(2_000_001) + "1";
        assertThat(cyclone("'components':[{'name':'a','x':[" + many + "]}]").components())
                .hasSize(1);
        assertThatThrownBy(() -> cyclone("'components':[{'name':'a','properties':[" + many + "]}]"))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("more than 2000000 values");
    }

    @Test
    void whatItIsOfAndWhen() throws IOException {
        String sha = "AB".repeat(32);
        Sbom cyclone =
                cyclone("'metadata':{'timestamp':'2026-01-02T03:04:05Z','component':{'name':'shop','version':'2',"
                        + "'hashes':[{'alg':'SHA-1','content':'" + sha + "'},{'alg':'SHA-256','content':'" + sha
                        + "'}]}}");
        assertThat(cyclone.of()).isEqualTo("shop 2");
        assertThat(cyclone.digests()).containsExactly("ab".repeat(32));
        assertThat(cyclone.made().at()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(cyclone("'metadata':{'component':{'name':'i','version':'sha256:" + sha + "'}}")
                        .digests())
                .hasSize(1);
        assertThat(cyclone("'metadata':{'component':{'hashes':[{'alg':'SHA-1','content':'" + sha + "'}]}}")
                        .digests())
                .isEmpty();

        Sbom spdx = spdx(
                "'creationInfo':{'created':'2026-01-02T03:04:05Z'},'documentDescribes':['SPDXRef-shop'],'packages':["
                        + "{'name':'shop','SPDXID':'SPDXRef-shop','checksums':[{'algorithm':'SHA256','checksumValue':'"
                        + sha
                        + "'}]},{'name':'a','SPDXID':'SPDXRef-a','checksums':[{'algorithm':'SHA256','checksumValue':'"
                        + "cd".repeat(32) + "'}]}]");
        assertThat(spdx.of()).isEqualTo("shop");
        assertThat(spdx.digests()).containsExactly("ab".repeat(32));
        assertThat(spdx.made().at()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(spdx.components()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{'bomFormat':'CycloneDX'}",
                "{'bomFormat':'CycloneDX','specVersion':'2.0','components':[]}",
                "{'bomFormat':'Other','specVersion':'1.5'}",
                "{'spdxVersion':'SPDX-1.2'}",
                "{'@context':'x','@graph':[]}",
                "{'bomFormat':'CycloneDX','specVersion':'1.5','components':{}}",
                "{'bomFormat':'CycloneDX','specVersion':'1.5','components':[1]}",
                "{'spdxVersion':'SPDX-2.3','packages':['a']}",
                "{'bomFormat':'CycloneDX','specVersion':'1.5'}{}",
                "{'bomFormat':'CycloneDX','specVersion':'1.5','bomFormat':'CycloneDX'}",
                "{'bomFormat':'CycloneDX','specVersion':'1.5','components':[",
                "<bom/>"
            })
    void whatIsNoSbomIsAnError(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(FormatException.class).hasMessageNotContaining("\n");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> cyclone("'components':[" + "{'components':[".repeat(100_000)))
                .isInstanceOf(FormatException.class);
    }
}
