// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.IdList;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Settings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Visits every text of a contract with the nearest position known, so that no field is forgotten when the model
 * grows.
 */
final class Texts {
    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            return type.getRecordComponents();
        }
    };

    private Texts() {}

    /** {@code visitor} gets each text, and each entry of a map as {@code key: value}. */
    static void visit(Contract contract, BiConsumer<Position, String> visitor) {
        Position start = contract.release().at();
        contract.entries().forEach(e -> value(e, e.head().at(), visitor));
        value(contract.release(), start, visitor);
        value(contract.risks(), start, visitor);
        value(contract.metrics(), start, visitor);
        value(contract.flags(), start, visitor);
        value(contract.playbook(), start, visitor);
        value(contract.communication(), start, visitor);
    }

    private static void value(Object value, Position at, BiConsumer<Position, String> visitor) {
        if (value instanceof String text) {
            if (!text.isEmpty()) {
                visitor.accept(at, text);
            }
        } else if (value instanceof IdList) {
            // read as ids, and ranges stand for thousands of them
            return;
        } else if (value instanceof Collection<?> list) {
            list.forEach(v -> value(v, at, visitor));
        } else if (value instanceof Settings settings) {
            settings.values().forEach((k, v) -> pair(k, v, settings.at(k) == null ? at : settings.at(k), visitor));
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((k, v) -> pair(String.valueOf(k), v, at, visitor));
        } else if (value instanceof Record record && !(value instanceof Position) && !(value instanceof Metric.Query)) {
            components(record, at, visitor);
        }
    }

    private static void pair(String key, Object value, Position at, BiConsumer<Position, String> visitor) {
        if (value instanceof String text) {
            visitor.accept(at, key + ": " + text);
        } else {
            value(value, at, visitor);
        }
    }

    private static void components(Record record, Position at, BiConsumer<Position, String> visitor) {
        Position own = at;
        RecordComponent[] components = COMPONENTS.get(record.getClass());
        for (RecordComponent component : components) {
            if (component.getType() == Position.class && get(record, component) instanceof Position position) {
                own = position;
            }
        }
        for (RecordComponent component : components) {
            if (component.getType() != Position.class) {
                value(get(record, component), own, visitor);
            }
        }
    }

    private static Object get(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }
}
