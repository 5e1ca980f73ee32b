// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A result as it stands (SARIF 2.1.0, 3.27): level and kind are empty where the file leaves them out; {@code invocation} and
 * {@code artifact}, the index of the file that it is in where its address isn't there, are -1 then. {@code print} tells the
 * same finding again in another file, see {@link SarifPrint}.
 */
record SarifResult(
        SarifReference rule,
        String level,
        String kind,
        int invocation,
        String baseline,
        boolean suppressed,
        String uri,
        int artifact,
        int line,
        String print,
        double severity,
        Set<Integer> cwes) {
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
            "partialFingerprints",
            "provenance",
            "taxa",
            "properties");

    /** Reads the object that the parser stands at; code flows, graphs and the like are skipped unread. */
    static SarifResult read(JsonParser parser, KeptJson json) throws IOException {
        Map<String, JsonNode> kept = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (KEPT.contains(field)) {
                kept.put(field, json.read(parser, field));
            } else {
                parser.skipChildren();
            }
        }
        return of(JsonNodeFactory.instance.objectNode().setAll(kept));
    }

    private static SarifResult of(JsonNode result) {
        JsonNode physical = result.path("locations").path(0).path("physicalLocation");
        JsonNode artifact = physical.path("artifactLocation");
        Set<Integer> cwes = new TreeSet<>();
        Cwes.ofProperties(result.path("properties"), cwes);
        // a taxonomy's index needs the run; nearly all name it
        result.path("taxa").forEach(taxon -> Cwes.ofTaxon(taxon, result.path("none"), cwes));
        return new SarifResult(
                SarifReference.of(result.path("rule"), result.path("ruleId"), result.path("ruleIndex")),
                result.path("level").asText("").intern(),
                result.path("kind").asText("").intern(),
                result.path("provenance").path("invocationIndex").asInt(-1),
                result.path("baselineState").asText("").intern(),
                suppressed(result.path("suppressions")),
                artifact.path("uri").asText(""),
                artifact.path("index").asInt(-1),
                physical.path("region").path("startLine").asInt(0),
                SarifPrint.of(result),
                SarifRule.severity(result.path("properties")),
                Set.copyOf(cwes));
    }

    /** 3.27.23 and 3.35: suppressed unless one suppression is under review or rejected. */
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
}
