// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was read of a run, or of the properties of a run that stand elsewhere in the file (SARIF 2.1.0, 3.13.5, 3.14.2, 3.15,
 * 4.3). Results are null where there are none at all.
 */
final class SarifPart {
    private static final List<String> NEEDED = List.of("results", "invocations", "driver", "extensions");

    final ObjectNode tool = JsonNodeFactory.instance.objectNode();
    final ArrayNode invocations = JsonNodeFactory.instance.arrayNode();
    final ArrayNode taxonomies = JsonNodeFactory.instance.arrayNode();
    final List<String> addresses = new ArrayList<>();
    List<SarifResult> results;
    JsonNode references = JsonNodeFactory.instance.missingNode();
    String guid = "";
    String runGuid = "";

    /** Whether the part is of this run: it names the run, or the run names it. */
    private boolean isOf(SarifPart run) {
        return !runGuid.isEmpty() && runGuid.equalsIgnoreCase(run.guid)
                || run.wants().contains(guid);
    }

    private Set<String> wants() {
        Set<String> wanted = new LinkedHashSet<>();
        for (String field : NEEDED) {
            for (JsonNode one : one(field)) {
                wanted.add(one.path("guid").asText("-"));
            }
        }
        return wanted;
    }

    private Iterable<JsonNode> one(String field) {
        JsonNode reference = references.path(field);
        return reference.isObject() ? List.of(reference) : reference;
    }

    /** Puts the parts into the runs that they are of. */
    static void unite(List<SarifPart> runs, List<SarifPart> parts) throws FormatException {
        Set<String> seen = new LinkedHashSet<>();
        for (SarifPart part : parts) {
            List<SarifPart> of = runs.stream().filter(part::isOf).toList();
            if (of.size() != 1) {
                throw new FormatException("external properties in the file belong to " + of.size() + " of its runs");
            }
            of.get(0).add(part);
            seen.add(part.guid);
        }
        for (SarifPart run : runs) {
            for (String field : NEEDED) {
                for (JsonNode one : run.one(field)) {
                    if (!seen.contains(one.path("guid").asText("-"))) {
                        throw new FormatException(field + " in external property files are not read; write one file");
                    }
                }
            }
        }
    }

    private void add(SarifPart part) {
        if (!tool.path("driver").has("rules") && part.tool.has("driver")) {
            tool.set("driver", part.tool.get("driver"));
        }
        ArrayNode extensions = JsonNodeFactory.instance.arrayNode();
        tool.path("extensions").forEach(extensions::add);
        part.tool.path("extensions").forEach(extensions::add);
        tool.set("extensions", extensions);
        invocations.addAll(part.invocations);
        taxonomies.addAll(part.taxonomies);
        addresses.addAll(part.addresses);
        if (part.results != null) {
            results = results == null ? new ArrayList<>() : results;
            results.addAll(part.results);
        }
    }
}
