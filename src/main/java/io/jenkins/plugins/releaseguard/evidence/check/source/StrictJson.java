// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import java.io.IOException;

/** JSON that others answer with: no key twice, nothing after the end, bounded depth. */
public final class StrictJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(200).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /** @throws IOException it is empty, or no JSON; {@code what} names it in the error */
    public static JsonNode read(String text, String what) throws IOException {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new IOException(what + " is empty");
            }
            return node;
        } catch (JsonProcessingException e) {
            // the original message may quote what was read
            String at = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw new UnavailableException(what + " is not JSON" + at, "let it be JSON, whole");
        }
    }

    /** What a pointer such as {@code /status} points at; the whole where it is empty. */
    public static JsonNode at(JsonNode root, String pointer, String what) throws IOException {
        JsonNode node;
        try {
            node = root.at(JsonPointer.compile(pointer));
        } catch (IllegalArgumentException e) {
            throw new UnavailableException(
                    "'" + pointer + "' is no JSON pointer", "begin field with /, as in /status/name");
        }
        if (node.isMissingNode() || node.isNull()) {
            throw new UnavailableException(
                    what + " has nothing at '" + pointer + "'",
                    "correct field, a JSON pointer, or what it points into");
        }
        return node;
    }
}
