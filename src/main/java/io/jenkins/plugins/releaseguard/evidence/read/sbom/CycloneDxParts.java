// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read.sbom;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.evidence.read.FormatException;
import io.jenkins.plugins.releaseguard.evidence.read.OwnTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a CycloneDX document says, as far as it has been read. Files, systems and keys in it are counted as no components, but
 * a licence that they give is held to the policy. What is in the subject's own {@code components} is delivered with it; what has the scope {@code excluded} isn't
 * (1.6, {@code scope}).
 */
final class CycloneDxParts {
    private static final Set<String> OTHERS = Set.of("file", "operating-system", "cryptographic-asset", "device");

    private final List<Sbom.Component> components = new ArrayList<>();
    private final Set<String> digests = new LinkedHashSet<>();
    private String of = "";
    private int excluded;
    private OwnTime made = OwnTime.NONE;

    void metadata(JsonNode metadata) throws FormatException {
        made = OwnTime.of("metadata.timestamp", metadata.path("timestamp").asText(""));
        JsonNode subject = metadata.path("component");
        of = SbomDigests.named(
                subject.path("name").asText(""), subject.path("version").asText(""));
        for (JsonNode hash : subject.path("hashes")) {
            SbomDigests.add(hash.path("alg").asText(""), hash.path("content").asText(""), digests);
        }
        SbomDigests.ofVersion(subject.path("version").asText(""), digests);
        for (JsonNode inside : subject.path("components")) {
            component(inside);
        }
    }

    void component(JsonNode component) throws FormatException {
        component(component, "");
    }

    private void component(JsonNode component, String outer) throws FormatException {
        if (!component.isObject()) {
            throw new FormatException("no CycloneDX: a component is no object");
        }
        String scope = component.path("scope").asText(outer);
        List<String> licences = licences(component.path("licenses"));
        boolean counted = !OTHERS.contains(component.path("type").asText("")) && !isPlace(component);
        if (scope.equals("excluded")) {
            excluded += counted ? 1 : 0;
        } else if (counted || !licences.isEmpty()) {
            String name = SbomDigests.named(
                    component.path("name").asText(""), component.path("version").asText(""));
            components.add(new Sbom.Component(name, licences, counted));
        }
        for (JsonNode inside : component.path("components")) {
            component(inside, scope);
        }
    }

    /** Trivy's lock files and the like: where components were found. */
    private static boolean isPlace(JsonNode component) {
        boolean trivy = false;
        for (JsonNode property : component.path("properties")) {
            trivy |= property.path("name").asText("").equals("aquasecurity:trivy:Class")
                    && property.path("value").asText("").endsWith("-pkgs");
        }
        return trivy && !component.has("purl") && component.path("licenses").isEmpty();
    }

    /** Those that were concluded, where there are any: they stand for what was declared (1.6, {@code acknowledgement}). */
    private static List<String> licences(JsonNode choices) {
        List<String> all = new ArrayList<>();
        List<String> concluded = new ArrayList<>();
        for (JsonNode choice : choices) {
            JsonNode licence = choice.path("license");
            String text = choice.path("expression")
                    .asText(licence.path("id").asText(licence.path("name").asText("")))
                    .intern();
            all.add(text);
            String how = choice.path("acknowledgement")
                    .asText(licence.path("acknowledgement").asText(""));
            if (how.equals("concluded")) {
                concluded.add(text);
            }
        }
        return List.copyOf(concluded.isEmpty() ? all : concluded);
    }

    Sbom sbom() {
        return new Sbom(of, digests, components, excluded, made);
    }
}
