// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A result as it stands: level and kind are empty where the file leaves them out, {@code index} and {@code component} are -1
 * then. {@code print} tells the same finding again in another file, whatever line it has moved to.
 */
record SarifResult(
        String rule,
        int index,
        int component,
        String level,
        String kind,
        String baseline,
        boolean suppressed,
        String where,
        String print) {
    private static final Set<String> KEPT = Set.of(
            "ruleId",
            "ruleIndex",
            "rule",
            "level",
            "kind",
            "baselineState",
            "suppressions",
            "locations",
            "message",
            "fingerprints",
            "partialFingerprints");

    /** Reads the object that the parser stands at; code flows, graphs and the like are skipped unread. */
    static SarifResult read(JsonParser parser, ObjectMapper mapper) throws IOException {
        Map<String, JsonNode> kept = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (KEPT.contains(field)) {
                kept.put(field, mapper.readTree(parser));
            } else {
                parser.skipChildren();
            }
        }
        return of(mapper.createObjectNode().setAll(kept));
    }

    private static SarifResult of(JsonNode result) {
        JsonNode rule = result.path("rule");
        JsonNode physical = result.path("locations").path(0).path("physicalLocation");
        String uri = physical.path("artifactLocation").path("uri").asText("");
        int line = physical.path("region").path("startLine").asInt(0);
        return new SarifResult(
                result.path("ruleId").asText(rule.path("id").asText("")).intern(),
                result.path("ruleIndex").asInt(rule.path("index").asInt(-1)),
                rule.path("toolComponent").path("index").asInt(-1),
                result.path("level").asText("").intern(),
                result.path("kind").asText("").intern(),
                result.path("baselineState").asText("").intern(),
                suppressed(result.path("suppressions")),
                line > 0 ? uri + ":" + line : uri,
                print(result, uri));
    }

    /** SARIF 2.1.0, 3.27.23 and 3.35: suppressed unless one suppression is under review or rejected. */
    private static boolean suppressed(JsonNode suppressions) {
        boolean any = false;
        for (JsonNode suppression : suppressions) {
            String status = suppression.path("status").asText("accepted");
            if (!status.equals("accepted")) {
                return false;
            }
            any = true;
        }
        return any;
    }

    private static String print(JsonNode result, String uri) {
        JsonNode prints = result.path("fingerprints").isEmpty()
                ? result.path("partialFingerprints")
                : result.path("fingerprints");
        if (!prints.isEmpty()) {
            Map<String, String> sorted = new TreeMap<>();
            prints.properties().forEach(e -> sorted.put(e.getKey(), e.getValue().asText("")));
            return uri + "|" + sorted;
        }
        JsonNode message = result.path("message");
        return uri + "|" + message.path("text").asText(message.path("id").asText("") + message.path("arguments"));
    }
}
