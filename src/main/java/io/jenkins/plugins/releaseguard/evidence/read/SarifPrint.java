// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What tells a finding again in another file, whatever line it has moved to (SARIF 2.1.0, 3.27.16 and 3.27.17): fingerprints
 * where one of them can be one, else the message and the code. {@code requires login} and the like, which tools write
 * where they have no fingerprint, are the same for every finding and tell none.
 */
final class SarifPrint {
    /** One word with a digit in it: hashes and UUIDs, and no sentence. */
    private static final Pattern TELLING = Pattern.compile("(?=[^0-9]{0,200}[0-9])[!-~]{8,1000}");

    private SarifPrint() {}

    static String of(JsonNode result) {
        for (String field : new String[] {"fingerprints", "partialFingerprints"}) {
            Map<String, String> sorted = new TreeMap<>();
            result.path(field)
                    .properties()
                    .forEach(e -> sorted.put(e.getKey(), e.getValue().asText("")));
            if (sorted.values().stream().anyMatch(SarifPrint::tells)) {
                return sorted.toString();
            }
        }
        JsonNode message = result.path("message");
        JsonNode region =
                result.path("locations").path(0).path("physicalLocation").path("region");
        return message.path("text").asText(message.path("id").asText("") + message.path("arguments"))
                + "|"
                + String.join(
                        " ", region.path("snippet").path("text").asText("").split("\\s+"));
    }

    private static boolean tells(String value) {
        return TELLING.matcher(value).matches() && value.chars().distinct().count() > 3;
    }
}
