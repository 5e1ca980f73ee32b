// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.evidence.read.FormatException;
import io.jenkins.plugins.releaseguard.evidence.read.OwnTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an SPDX 2 document says, as far as it has been read. The package that the document describes is what it is of, and
 * no component, where it is the only one and there are others. The concluded licence counts, the declared one where nothing was concluded.
 */
final class SpdxParts {
    private record Package(String id, Set<String> digests, Sbom.Component component) {}

    private final List<Package> packages = new ArrayList<>();
    private final Set<String> described = new HashSet<>();
    private String name = "";
    private OwnTime made = OwnTime.NONE;

    void name(String text) {
        name = text;
    }

    void creation(JsonNode creation) {
        made = OwnTime.of("creationInfo.created", creation.path("created").asText(""));
    }

    void describes(JsonNode ids) {
        ids.forEach(id -> described.add(id.asText("")));
    }

    void relationship(JsonNode relationship) {
        String from = relationship.path("spdxElementId").asText("");
        String to = relationship.path("relatedSpdxElement").asText("");
        String type = relationship.path("relationshipType").asText("");
        if (type.equals("DESCRIBES") && from.equals("SPDXRef-DOCUMENT")) {
            described.add(to);
        } else if (type.equals("DESCRIBED_BY") && to.equals("SPDXRef-DOCUMENT")) {
            described.add(from);
        }
    }

    void pack(JsonNode pack) throws FormatException {
        if (!pack.isObject()) {
            throw new FormatException("no SPDX: a package is no object");
        }
        String version = pack.path("versionInfo").asText("");
        Set<String> digests = new LinkedHashSet<>();
        for (JsonNode checksum : pack.path("checksums")) {
            SbomDigests.add(
                    checksum.path("algorithm").asText(""),
                    checksum.path("checksumValue").asText(""),
                    digests);
        }
        SbomDigests.ofVersion(version, digests);
        String concluded = pack.path("licenseConcluded").asText("");
        String licence = concluded.isEmpty() || concluded.equals("NOASSERTION")
                ? pack.path("licenseDeclared").asText(concluded)
                : concluded;
        packages.add(new Package(
                pack.path("SPDXID").asText(""),
                digests,
                new Sbom.Component(
                        SbomDigests.named(pack.path("name").asText(""), version),
                        licence.isEmpty() ? List.of() : List.of(licence.intern()))));
    }

    Sbom sbom() {
        List<Package> subjects =
                packages.stream().filter(p -> described.contains(p.id())).toList();
        // of several none is more the release than the others: their licences count
        boolean others = subjects.size() == 1 && packages.size() > 1;
        Set<String> digests = new LinkedHashSet<>();
        subjects.forEach(p -> digests.addAll(p.digests()));
        List<Sbom.Component> components = packages.stream()
                .filter(p -> !others || !described.contains(p.id()))
                .map(Package::component)
                .toList();
        return new Sbom(subjects.size() == 1 ? subjects.get(0).component().name() : name, digests, components, 0, made);
    }
}
