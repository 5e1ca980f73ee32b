// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/**
 * Doubles that JSON has no number for. NaN means unknown and is written as null; null, or nothing, read into a primitive or
 * into a list is NaN again, never a zero that nobody measured. An infinite bound is the text "Infinity".
 */
final class JsonNumbers {
    private JsonNumbers() {}

    static SimpleModule module() {
        return new SimpleModule("numbers")
                .addSerializer(Double.class, new Writer())
                .addSerializer(Double.TYPE, new Writer())
                .addDeserializer(Double.class, new Reader(null))
                .addDeserializer(Double.TYPE, new Reader(Double.NaN));
    }

    private static final class Writer extends StdSerializer<Double> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (value.isNaN()) {
                out.writeNull();
            } else if (value.isInfinite()) {
                out.writeString(value.toString());
            } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                // whole numbers without ".0": shorter lines, and as people write them
                out.writeNumber(value.longValue());
            } else {
                out.writeNumber(value);
            }
        }
    }

    private static final class Reader extends StdDeserializer<Double> implements ContextualDeserializer {
        private static final long serialVersionUID = 1L;
        private final Double absent;

        Reader(Double absent) {
            super(Double.class);
            this.absent = absent;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            boolean element = property != null && property.getType().isContainerType();
            return element ? new Reader(Double.NaN) : this;
        }

        @Override
        public Double deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() == JsonToken.VALUE_STRING) {
                return switch (in.getText()) {
                    case "Infinity" -> Double.POSITIVE_INFINITY;
                    case "-Infinity" -> Double.NEGATIVE_INFINITY;
                    default -> (Double) context.handleWeirdStringValue(Double.class, in.getText(), "not a number");
                };
            }
            if (!in.currentToken().isNumeric()) {
                return (Double) context.handleUnexpectedToken(Double.class, in);
            }
            return in.getDoubleValue();
        }

        @Override
        public Double getNullValue(DeserializationContext context) {
            return absent;
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return absent;
        }
    }
}
