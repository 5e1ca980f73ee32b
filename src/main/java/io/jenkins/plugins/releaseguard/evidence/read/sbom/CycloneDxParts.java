// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.evidence.read.FormatException;
import io.jenkins.plugins.releaseguard.evidence.read.OwnTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a CycloneDX document says, as far as it has been read. Files, systems and keys in it are no components here. */
final class CycloneDxParts {
    private static final Set<String> OTHERS = Set.of("file", "operating-system", "cryptographic-asset", "device");

    private final List<Sbom.Component> components = new ArrayList<>();
    private final Set<String> digests = new LinkedHashSet<>();
    private String of = "";
    private OwnTime made = OwnTime.NONE;

    void metadata(JsonNode metadata) {
        made = OwnTime.of("metadata.timestamp", metadata.path("timestamp").asText(""));
        JsonNode subject = metadata.path("component");
        of = SbomDigests.named(
                subject.path("name").asText(""), subject.path("version").asText(""));
        for (JsonNode hash : subject.path("hashes")) {
            SbomDigests.add(hash.path("alg").asText(""), hash.path("content").asText(""), digests);
        }
        SbomDigests.ofVersion(subject.path("version").asText(""), digests);
    }

    void component(JsonNode component) throws FormatException {
        if (!component.isObject()) {
            throw new FormatException("no CycloneDX: a component is no object");
        }
        if (!OTHERS.contains(component.path("type").asText(""))) {
            List<String> licences = new ArrayList<>();
            for (JsonNode choice : component.path("licenses")) {
                JsonNode licence = choice.path("license");
                licences.add(choice.path("expression")
                        .asText(licence.path("id").asText(licence.path("name").asText("")))
                        .intern());
            }
            components.add(new Sbom.Component(
                    SbomDigests.named(
                            component.path("name").asText(""),
                            component.path("version").asText("")),
                    List.copyOf(licences)));
        }
        for (JsonNode inside : component.path("components")) {
            component(inside);
        }
    }

    Sbom sbom() {
        return new Sbom(of, digests, components, made);
    }
}
