// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Configuration files as keys and values; nested keys are joined with points, places in lists stand in brackets. */
public final class ConfigReader {
    private static final int DEEPEST = 60;
    private static final int MOST = 100_000;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ConfigReader() {}

    /** {@code format} is env, properties, yaml, json, or auto: by the name of the file. */
    public static Map<String, String> read(String name, String format, String text) throws IOException {
        return switch (format.isEmpty() || format.equals("auto") ? byName(name) : format) {
            case "env" -> env(text);
            case "properties" -> properties(text);
            case "yaml" -> yaml(text);
            case "json" -> json(text);
            default -> throw new FormatException("nobody knows the format of '" + name + "'; give the check a format");
        };
    }

    private static String byName(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        String end = file.substring(file.lastIndexOf('.') + 1);
        if (file.startsWith(".env") || end.equals("env")) {
            return "env";
        }
        return switch (end) {
            case "properties", "json" -> end;
            case "yaml", "yml" -> "yaml";
            default -> "";
        };
    }

    private static Map<String, String> env(String text) throws FormatException {
        Map<String, String> values = new TreeMap<>();
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.startsWith("export ")) {
                line = line.substring("export ".length()).strip();
            }
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            // the line itself may hold a secret and is not shown
            if (equals < 1 || !line.substring(0, equals).strip().matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
                throw new FormatException("no NAME=value", i + 1, 1);
            }
            values.put(
                    line.substring(0, equals).strip(),
                    unquoted(line.substring(equals + 1).strip()));
        }
        return values;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static Map<String, String> properties(String text) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            throw new FormatException("not readable as properties: a broken escape");
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }

    private static Map<String, String> yaml(String text) throws FormatException {
        Map<String, String> values = new TreeMap<>();
        List<Object> documents = SafeYaml.documents(text);
        for (int i = 0; i < documents.size(); i++) {
            flatten(documents.size() == 1 ? "" : "[" + i + "]", documents.get(i), values, 0);
        }
        return values;
    }

    private static Map<String, String> json(String text) throws FormatException {
        Map<String, String> values = new TreeMap<>();
        try {
            flatten("", JSON.readValue(text, Object.class), values, 0);
        } catch (JsonProcessingException e) {
            // the original message may quote the text
            throw new FormatException(
                    "not readable as JSON",
                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                    e.getLocation() == null ? 0 : e.getLocation().getColumnNr());
        }
        return values;
    }

    private static void flatten(String prefix, Object value, Map<String, String> into, int depth)
            throws FormatException {
        if (depth > DEEPEST || into.size() > MOST) {
            throw new FormatException("nests deeper than " + DEEPEST + ", or has more than " + MOST + " keys");
        }
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                flatten((prefix.isEmpty() ? "" : prefix + ".") + entry.getKey(), entry.getValue(), into, depth + 1);
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                flatten(prefix + "[" + i + "]", list.get(i), into, depth + 1);
            }
        } else if (!prefix.isEmpty()) {
            into.put(prefix, String.valueOf(value));
        } else if (value != null) {
            throw new FormatException("holds one value and no keys");
        }
    }
}
