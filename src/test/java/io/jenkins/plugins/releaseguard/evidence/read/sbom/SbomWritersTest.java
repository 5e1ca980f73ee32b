// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bills of materials in the shape that each tool gives them, by tool and oddity. */
class SbomWritersTest {
    private static final String SHA = "ab".repeat(32);

    /** What it is of, whether it has a digest, components and licences. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            syft, CycloneDX: an image and its system | img sha256:%1$s; sha; a 1 [MIT], b 2 [(MIT OR GPL-2.0-only)] | {'$schema':'http://cyclonedx.org/schema/bom-1.6.schema.json','bomFormat':'CycloneDX','specVersion':'1.6','serialNumber':'urn:uuid:1','version':1,'metadata':{'timestamp':'2026-11-20T10:00:00Z','tools':{'components':[{'type':'application','name':'syft','version':'1.0'}]},'component':{'bom-ref':'x','type':'container','name':'img','version':'sha256:%1$s'}},'components':[{'bom-ref':'1','type':'library','name':'a','version':'1','licenses':[{'license':{'id':'MIT'}}],'purl':'pkg:npm/a@1'},{'type':'library','name':'b','version':'2','licenses':[{'expression':'(MIT OR GPL-2.0-only)'}]},{'type':'operating-system','name':'debian','version':'12'},{'type':'file','name':'/usr/bin/x'}]}
            syft, SPDX: an image as a package        | img; sha; a 1 [MIT] | {'spdxVersion':'SPDX-2.3','dataLicense':'CC0-1.0','SPDXID':'SPDXRef-DOCUMENT','name':'img','creationInfo':{'created':'2026-11-20T10:00:00Z','creators':['Tool: syft-1.0']},'packages':[{'name':'a','SPDXID':'SPDXRef-a','versionInfo':'1','licenseConcluded':'NOASSERTION','licenseDeclared':'MIT','copyrightText':'NOASSERTION'},{'name':'img','SPDXID':'SPDXRef-DocumentRoot-Image-img','checksums':[{'algorithm':'SHA256','checksumValue':'%1$s'}],'licenseConcluded':'NOASSERTION','licenseDeclared':'NOASSERTION','primaryPackagePurpose':'CONTAINER'}],'relationships':[{'spdxElementId':'SPDXRef-DOCUMENT','relatedSpdxElement':'SPDXRef-DocumentRoot-Image-img','relationshipType':'DESCRIBES'}]}
            trivy: a lock file as an application     | app; -; a 1 [MIT AND Apache-2.0] | {'bomFormat':'CycloneDX','specVersion':'1.6','metadata':{'component':{'type':'application','name':'app'}},'components':[{'type':'application','name':'package-lock.json','properties':[{'name':'aquasecurity:trivy:Class','value':'lang-pkgs'},{'name':'aquasecurity:trivy:Type','value':'npm'}]},{'type':'library','name':'a','version':'1','licenses':[{'license':{'name':'MIT'}},{'license':{'name':'Apache-2.0'}}]}]}
            trivy: licences by a name                | app; -; a 1 [GPL-2.0-or-later] | {'bomFormat':'CycloneDX','specVersion':'1.5','metadata':{'component':{'name':'app'}},'components':[{'type':'library','name':'a','version':'1','licenses':[{'license':{'name':'GPL-2.0-or-later'}}]}]}
            cdxgen: evidence and a scope             | app 1; -; a 1 [MIT], b 1 [] | {'bomFormat':'CycloneDX','specVersion':'1.5','metadata':{'component':{'group':'','name':'app','version':'1','type':'application'}},'components':[{'type':'library','name':'a','version':'1','scope':'required','licenses':[{'license':{'id':'MIT','url':'https://opensource.org/licenses/MIT'}}]},{'type':'library','name':'b','version':'1','scope':'optional','evidence':{'licenses':[{'license':{'id':'ISC'}}]}}]}
            cdxgen: services and cryptography        | app; -; a 1 [] | {'bomFormat':'CycloneDX','specVersion':'1.6','metadata':{'component':{'name':'app'}},'services':[{'name':'s'}],'components':[{'type':'cryptographic-asset','name':'sha-256'},{'type':'library','name':'a','version':'1'}]}
            npm: a scope in the name                 | shop 1; -; @x/a 1 [ISC] | {'$schema':'http://cyclonedx.org/schema/bom-1.5.schema.json','bomFormat':'CycloneDX','specVersion':'1.5','metadata':{'lifecycles':[{'phase':'build'}],'component':{'bom-ref':'shop@1','type':'library','name':'shop','version':'1'}},'components':[{'bom-ref':'@x/a@1','type':'library','name':'@x/a','version':'1','scope':'required','purl':'pkg:npm/%%40x/a@1','properties':[{'name':'cdx:npm:package:path','value':'node_modules/@x/a'}],'externalReferences':[],'licenses':[{'license':{'id':'ISC'}}]}],'dependencies':[]}
            npm, SPDX: the root among the packages   | shop 1; -; a 1 [MIT] | {'spdxVersion':'SPDX-2.3','name':'shop@1','documentDescribes':['SPDXRef-Package-shop-1'],'packages':[{'name':'shop','SPDXID':'SPDXRef-Package-shop-1','versionInfo':'1','licenseDeclared':'ISC'},{'name':'a','SPDXID':'SPDXRef-Package-a-1','versionInfo':'1','licenseDeclared':'MIT'}],'relationships':[]}
            maven: a URL for a licence               | shop 1; sha; a 1 [Apache-2.0], b 1 [The Acme Licence] | {'bomFormat':'CycloneDX','specVersion':'1.6','metadata':{'component':{'group':'g','name':'shop','version':'1','hashes':[{'alg':'MD5','content':'00'},{'alg':'SHA-256','content':'%1$s'}]}},'components':[{'group':'g','name':'a','version':'1','licenses':[{'license':{'id':'Apache-2.0','url':'u'}}]},{'group':'g','name':'b','version':'1','licenses':[{'license':{'name':'The Acme Licence','url':'u'}}]}]}
            gradle: acknowledged licences            | shop; -; a 1 [MIT] | {'bomFormat':'CycloneDX','specVersion':'1.6','metadata':{'component':{'name':'shop'}},'components':[{'name':'a','version':'1','licenses':[{'license':{'id':'MIT','acknowledgement':'declared'}}]}]}
            declared beside concluded                | shop; -; a 1 [MIT] | {'bomFormat':'CycloneDX','specVersion':'1.6','metadata':{'component':{'name':'shop'}},'components':[{'name':'a','version':'1','licenses':[{'license':{'id':'GPL-3.0-only','acknowledgement':'declared'}},{'license':{'id':'MIT','acknowledgement':'concluded'}}]}]}
            GitHub: no licence where it knows none   | com.github.x/shop; -; npm:a 1 [MIT], npm:b 1 [] | {'SPDXID':'SPDXRef-DOCUMENT','spdxVersion':'SPDX-2.3','creationInfo':{'created':'2026-11-20T10:00:00Z'},'name':'com.github.x/shop','documentDescribes':['SPDXRef-com.github.x-shop'],'packages':[{'SPDXID':'SPDXRef-npm-a','name':'npm:a','versionInfo':'1','licenseConcluded':'MIT'},{'SPDXID':'SPDXRef-npm-b','name':'npm:b','versionInfo':'1'},{'SPDXID':'SPDXRef-com.github.x-shop','name':'com.github.x/shop','versionInfo':''}]}
            Microsoft's tool: files and a root       | shop 1; sha; a 1 [NOASSERTION] | {'files':[{'fileName':'./a.dll'}],'packages':[{'name':'a','SPDXID':'SPDXRef-Package-1','versionInfo':'1','licenseConcluded':'NOASSERTION','licenseDeclared':'NOASSERTION'},{'name':'shop','SPDXID':'SPDXRef-RootPackage','versionInfo':'1','licenseDeclared':'NOASSERTION','checksums':[{'algorithm':'SHA256','checksumValue':'%1$s'}]}],'externalDocumentRefs':[],'relationships':[],'spdxVersion':'SPDX-2.2','name':'shop 1','documentDescribes':['SPDXRef-RootPackage']}
            Yocto: a document of one package         | acme 1; -; acme 1 [LicenseRef-Proprietary] | {'spdxVersion':'SPDX-2.2','name':'acme','packages':[{'name':'acme','SPDXID':'SPDXRef-P','versionInfo':'1','licenseConcluded':'NOASSERTION','licenseDeclared':'LicenseRef-Proprietary'}],'documentDescribes':['SPDXRef-P']}
            an application that is no place          | app; -; nginx [] | {'bomFormat':'CycloneDX','specVersion':'1.6','metadata':{'component':{'name':'app'}},'components':[{'type':'application','name':'nginx'}]}
            wrapped in an attestation                | - | {'_type':'https://in-toto.io/Statement/v1','predicateType':'https://spdx.dev/Document','predicate':{'spdxVersion':'SPDX-2.3'}}
            """)
    void sboms(String kind, String expected, String json) throws IOException {
        String text = json.formatted(SHA).replace('\'', '"');
        String read;
        try {
            Sbom sbom = SbomReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            read = sbom.of() + "; " + (sbom.digests().isEmpty() ? "-" : "sha") + "; "
                    + String.join(
                            ", ",
                            sbom.components().stream()
                                    .map(c -> c.name() + " [" + String.join(" AND ", c.licences()) + "]")
                                    .toList());
        } catch (io.jenkins.plugins.releaseguard.evidence.read.FormatException e) {
            read = "-";
        }
        assertThat(read).as(kind).isEqualTo(expected.formatted(SHA));
    }
}
