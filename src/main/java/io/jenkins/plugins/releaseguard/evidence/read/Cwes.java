// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Weaknesses of MITRE's list by number, as tools write them in SARIF: tags ({@code external/cwe/cwe-089}, {@code CWE-89: SQL
 * Injection}), a property {@code cwe} (or {@code cweId}, {@code cwe-ids}
 * and their like), or taxa (3.19.25, 3.27.8 and 3.49.15) of a taxonomy called CWE.
 */
public final class Cwes {
    private static final Pattern WRITTEN =
            Pattern.compile("(?i)(?:^|[^a-z0-9])cwe[-_: /]{0,2}0{0,6}([1-9][0-9]{0,5})(?![0-9])");
    private static final Pattern NUMBER = Pattern.compile("0{0,6}([1-9][0-9]{0,5})");

    private static final Pattern OWN = Pattern.compile("(?i)cwe[-_]?(ids?)?s?");

    private Cwes() {}

    /** The number of {@code CWE-89}, {@code cwe-089} or {@code 89}; -1 where it is none. */
    public static int number(String text) {
        Matcher number = NUMBER.matcher(text.strip());
        if (number.matches()) {
            return Integer.parseInt(number.group(1));
        }
        Matcher written = WRITTEN.matcher(text);
        return written.find() ? Integer.parseInt(written.group(1)) : -1;
    }

    static void ofProperties(JsonNode properties, Set<Integer> found) {
        for (JsonNode tag : properties.path("tags")) {
            written(tag.asText(""), found);
        }
        properties.properties().stream()
                .filter(property -> OWN.matcher(property.getKey()).matches())
                .forEach(property -> own(property.getValue(), found));
    }

    private static void own(JsonNode value, Set<Integer> found) {
        if (value.isArray()) {
            value.forEach(each -> add(number(each.asText("")), found));
        } else {
            add(number(value.asText("")), found);
        }
    }

    /** A reference to a taxon, where its taxonomy is called CWE. */
    static void ofTaxon(JsonNode taxon, JsonNode taxonomies, Set<Integer> found) {
        JsonNode component = taxon.path("toolComponent");
        String name = component.path("name").asText("");
        JsonNode taxonomy = taxonomies.path(component.path("index").asInt(-1));
        String guid = component.path("guid").asText("");
        for (JsonNode each : taxonomies) {
            if (!guid.isEmpty() && each.path("guid").asText("").equalsIgnoreCase(guid)) {
                taxonomy = each;
            }
        }
        String id = taxon.path("id")
                .asText(taxonomy.path("taxa")
                        .path(taxon.path("index").asInt(-1))
                        .path("id")
                        .asText(""));
        if (name.equalsIgnoreCase("CWE") || taxonomy.path("name").asText("").equalsIgnoreCase("CWE")) {
            add(number(id), found);
        } else {
            written(id, found);
        }
    }

    private static void written(String text, Set<Integer> found) {
        Matcher written = WRITTEN.matcher(text);
        while (written.find()) {
            found.add(Integer.parseInt(written.group(1)));
        }
    }

    private static void add(int number, Set<Integer> found) {
        if (number > 0) {
            found.add(number);
        }
    }
}
