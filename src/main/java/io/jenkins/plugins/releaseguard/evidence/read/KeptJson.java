// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Predicate;

/**
 * JSON of which only the fields that a reader knows are held: whatever else a tool puts beside them, properties of its own
 * above all, is passed over unread, so that memory grows with what counts and not with the file.
 */
public final class KeptJson {
    /** So many characters of a text weigh as much as a value. */
    private static final int PIECE = 64;

    private final Predicate<String> fields;
    private final Predicate<String> whole;
    private final long most;
    private long weight;

    /**
     * @param fields the names of fields that are kept, wherever they stand
     * @param whole names of objects whose fields are all kept
     * @param most how many values, and pieces of 64 characters, may be kept of what one {@link #read} reads
     */
    public KeptJson(Predicate<String> fields, Predicate<String> whole, long most) {
        this.fields = fields;
        this.whole = whole;
        this.most = most;
    }

    /** The value that the parser stands at; missing at the end of the file. */
    public JsonNode read(JsonParser parser) throws IOException {
        weight = 0;
        return parser.currentToken() == null ? JsonNodeFactory.instance.missingNode() : value(parser, false);
    }

    /** The value of a field of this name. */
    JsonNode read(JsonParser parser, String field) throws IOException {
        weight = 0;
        return value(parser, whole.test(field));
    }

    private JsonNode value(JsonParser parser, boolean all) throws IOException {
        if (++weight > most) {
            throw new FormatException(
                    "more than " + most + " values in one part of the file",
                    parser.currentLocation().getLineNr(),
                    parser.currentLocation().getColumnNr());
        }
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, all);
            case START_ARRAY -> {
                ArrayNode array = nodes.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser, all));
                }
                yield array;
            }
            case VALUE_TRUE, VALUE_FALSE -> nodes.booleanNode(parser.getBooleanValue());
            case VALUE_NULL -> nodes.nullNode();
            case VALUE_NUMBER_INT -> number(parser);
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
            default -> {
                String text = parser.getText();
                weight += text.length() / PIECE;
                yield nodes.textNode(text);
            }
        };
    }

    private static JsonNode number(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> JsonNodeFactory.instance.numberNode(parser.getIntValue());
            case LONG -> JsonNodeFactory.instance.numberNode(parser.getLongValue());
            default -> JsonNodeFactory.instance.numberNode(parser.getBigIntegerValue());
        };
    }

    private ObjectNode object(JsonParser parser, boolean all) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (all || fields.test(name)) {
                object.set(name, value(parser, whole.test(name)));
            } else {
                parser.skipChildren();
            }
        }
        return object;
    }
}
