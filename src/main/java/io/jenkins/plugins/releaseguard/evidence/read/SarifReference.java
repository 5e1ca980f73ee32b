// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a result, a configuration override or a taxon says of the rule that it means (SARIF 2.1.0, 3.27.5 to 3.27.7, 3.52,
 * 3.54): ids and indexes, each as often as they stand there, the rule's guid, and the component that holds the rule by index
 * (-1 for none), guid and name.
 */
record SarifReference(
        Set<String> ids, Set<Integer> indexes, String guid, int component, String componentGuid, String componentName) {

    /** A reportingDescriptorReference. */
    static SarifReference of(JsonNode reference) {
        return of(reference, reference.path("none"), reference.path("none"));
    }

    /** A result's, which may have the id and the index a second time, as {@code ruleId} and {@code ruleIndex}. */
    static SarifReference of(JsonNode reference, JsonNode ruleId, JsonNode ruleIndex) {
        Set<String> ids = new LinkedHashSet<>(2);
        Set<Integer> indexes = new LinkedHashSet<>(2);
        for (JsonNode id : new JsonNode[] {ruleId, reference.path("id")}) {
            if (!id.asText("").isEmpty()) {
                ids.add(id.asText().intern());
            }
        }
        for (JsonNode index : new JsonNode[] {ruleIndex, reference.path("index")}) {
            if (index.asInt(-1) >= 0) {
                indexes.add(index.asInt());
            }
        }
        JsonNode component = reference.path("toolComponent");
        return new SarifReference(
                Set.copyOf(ids),
                Set.copyOf(indexes),
                reference.path("guid").asText(""),
                component.path("index").asInt(-1),
                component.path("guid").asText(""),
                component.path("name").asText(""));
    }

    /** Whether it says nothing of a rule. */
    boolean isEmpty() {
        return ids.isEmpty() && indexes.isEmpty() && guid.isEmpty();
    }

    /** Whether it names the component; the driver's rules are meant where it doesn't (3.52.7). */
    boolean namesComponent() {
        return component >= 0 || !componentGuid.isEmpty() || !componentName.isEmpty();
    }
}
