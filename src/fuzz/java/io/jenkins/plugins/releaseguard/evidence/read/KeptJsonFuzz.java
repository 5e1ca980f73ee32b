// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.releaseguard.Seeds;
import java.io.IOException;

/** JSON of which some fields are kept: what the whole of it has under their names, and never more than was allowed. */
public final class KeptJsonFuzz {
    private static final ObjectMapper MAPPER = new ObjectMapper(new JsonFactory());
    private static final int MOST = 200;

    private KeptJsonFuzz() {}

    public static void fuzzerInitialize() throws IOException {
        Seeds.warmUp(KeptJsonFuzz.class, KeptJsonFuzz::accepts);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        accepts(input);
    }

    /** Whether it is JSON of which no more is kept than may be. */
    public static boolean accepts(byte[] input) {
        JsonNode kept;
        try (JsonParser parser = MAPPER.createParser(input)) {
            parser.nextToken();
            kept = new KeptJson(KeptJsonFuzz::isKept, KeptJsonFuzz::isWhole, MOST).read(parser);
        } catch (IOException e) {
            return false;
        }
        try (JsonParser parser = MAPPER.createParser(input)) {
            JsonNode all = MAPPER.readTree(parser);
            JsonNode expected = all == null ? JsonNodeFactory.instance.missingNode() : pruned(all, false);
            if (!kept.equals(expected)) {
                throw new AssertionError("kept " + kept + " of " + all);
            }
        } catch (IOException e) {
            throw new AssertionError("kept " + kept + " of what can't be read", e);
        }
        if (values(kept) > MOST) {
            throw new AssertionError("kept " + values(kept) + " values");
        }
        return !kept.isMissingNode();
    }

    private static boolean isKept(String name) {
        return name.startsWith("k");
    }

    private static boolean isWhole(String name) {
        return name.endsWith("w");
    }

    private static JsonNode pruned(JsonNode node, boolean all) {
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(each -> array.add(pruned(each, all)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        node.properties().stream()
                .filter(field -> all || isKept(field.getKey()))
                .forEach(field -> object.set(field.getKey(), pruned(field.getValue(), isWhole(field.getKey()))));
        return object;
    }

    private static int values(JsonNode node) {
        int values = 1;
        for (JsonNode each : node) {
            values += values(each);
        }
        return values;
    }
}
