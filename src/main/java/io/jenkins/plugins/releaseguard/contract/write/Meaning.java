// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.write;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Settings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All that a contract says, as a text that is equal where they say the same: without places, digests and notes of the reader. */
public final class Meaning {
    private static final Set<String> NOT_SAID = Set.of("file", "sha256", "notes");

    private Meaning() {}

    public static String of(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, true);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out, boolean root) {
        if (value instanceof Settings settings) {
            write(settings.values(), out, false);
        } else if (value instanceof List<?> list) {
            out.append('[');
            list.forEach(item -> {
                write(item, out, false);
                out.append(", ");
            });
            out.append(']');
        } else if (value instanceof Map<?, ?> map) {
            TreeMap<String, Object> sorted = new TreeMap<>();
            map.forEach((k, v) -> sorted.put(String.valueOf(k), v));
            out.append('{');
            sorted.forEach((k, v) -> {
                if (v != null && !(v instanceof Position)) {
                    out.append(quoted(k)).append(": ");
                    write(v, out, false);
                    out.append(", ");
                }
            });
            out.append('}');
        } else if (value instanceof Record record) {
            record(record, out, root);
        } else {
            out.append(quoted(String.valueOf(value)));
        }
    }

    private static void record(Record record, StringBuilder out, boolean root) {
        out.append(record.getClass().getSimpleName()).append('(');
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            boolean ofFile = root && NOT_SAID.contains(component.getName());
            if (component.getType() != Position.class && !ofFile) {
                out.append(component.getName()).append('=');
                write(get(record, component), out, false);
                out.append(", ");
            }
        }
        out.append(')');
    }

    /** So that no text can look like two. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Object get(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }
}
