// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.EntryType;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.grammar.Nearest;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.schema.EntryShapes;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.FieldType;
import io.jenkins.plugins.releaseguard.contract.schema.Shape;
import io.jenkins.plugins.releaseguard.contract.schema.SpecCatalog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads one plain-text entry into the same {@link Settings} as YAML gives. A label is a field's name in any case,
 * with or without
 * spaces. What a field's type can't hold, and what no field is known for, is kept word for word under {@code details}.
 */
final class TextEntry {
    private static final Pattern RIGHT = Pattern.compile("([^(),]++)\\(([^()]++)\\)");
    private static final Pattern PAIR = Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]*)\\s*[=:]\\s*(.*)");
    private static final Pattern YES_NO = Pattern.compile("(?i)(yes|no|true|false)(?:\\s*[-–—,;:.(!]\\W*(.*))?");

    private static final Field TITLE = EntryShapes.HEAD.field("title").orElseThrow();

    private final String file;
    private final SpecCatalog catalog;
    private final Scalars scalars;
    private final Problems problems;

    TextEntry(String file, SpecCatalog catalog, Scalars scalars, Problems problems) {
        this.file = file;
        this.catalog = catalog;
        this.scalars = scalars;
        this.problems = problems;
    }

    Settings read(TextBlock block) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Position> positions = new LinkedHashMap<>();
        Map<String, String> details = new LinkedHashMap<>();
        positions.put(ShapeReader.SELF, block.at());
        positions.put("id", block.at());
        values.put("id", block.id());
        values.put(
                "title",
                Optional.ofNullable(scalars.text(TITLE, block.title(), block.at()))
                        .orElse(""));
        Shape shape = shape(block);
        for (TextBlock.Line line : block.fields()) {
            Field field = field(shape, line);
            if (field == null) {
                unknown(shape, line, details);
            } else if (values.containsKey(field.name())) {
                problems.error(
                        ReadRule.DUPLICATE_KEY,
                        line.at(),
                        line.label() + " of " + block.id() + " stands twice",
                        "keep one of the two");
            } else {
                positions.put(field.name(), line.valueAt());
                Object value = value(field, line, details);
                if (value != null) {
                    values.put(field.name(), value);
                }
            }
        }
        if (!block.boxes().isEmpty()) {
            boxes(block, shape, values, positions);
        }
        for (Field field : shape.fields()) {
            if (!field.standard().isEmpty()) {
                values.putIfAbsent(field.name(), ShapeReader.standard(field));
            }
        }
        if (values.get("details") instanceof Map<?, ?> more) {
            more.forEach((key, value) -> details.put(key.toString(), value.toString()));
        }
        values.put("details", details);
        // of an entry without a type nobody knows which fields it could have
        return new Settings(values, positions, shape == EntryShapes.HEAD ? List.of() : shape.names());
    }

    /** The boxes of a criterion are a check of it, beside those that it names. */
    private void boxes(TextBlock block, Shape shape, Map<String, Object> values, Map<String, Position> positions) {
        Position at = block.boxes().get(0).at();
        Field verify = shape.name().equals(EntryType.CRITERIA.text())
                ? shape.field("verify").orElseThrow()
                : null;
        if (verify == null) {
            problems.error(
                    ReadRule.TYPE,
                    at,
                    "boxes of " + block.id() + ", which is no Criteria entry, hold nothing back",
                    "make it a Criteria entry, or take the boxes out");
            return;
        }
        String items = block.boxes().stream()
                .map(box -> '"'
                        + box.item().replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", " ")
                        + '"')
                .collect(Collectors.joining(", ", "[{checklist: {items: [", "]}}]"));
        SourceOffset origin = new SourceOffset(file, at.line(), at.column());
        Node node = YamlText.any(items, origin, problems);
        if (node != null
                && new ShapeReader(origin, catalog, scalars, problems).value(verify, node) instanceof List<?> checks) {
            List<Object> all = new ArrayList<>(values.get("verify") instanceof List<?> written ? written : List.of());
            all.addAll(checks);
            values.put("verify", all);
            positions.putIfAbsent("verify", at);
        }
    }

    private Shape shape(TextBlock block) {
        Optional<TextBlock.Line> type = block.fields().stream()
                .filter(l -> plain(l.label()).equals("type"))
                .findFirst();
        Optional<Shape> shape = type.flatMap(l -> EntryShapes.types().stream()
                .filter(t -> plain(t).equals(plain(l.value())))
                .findFirst()
                .flatMap(EntryShapes::byType));
        if (type.isEmpty()) {
            problems.error(
                    ReadRule.REQUIRED,
                    block.at(),
                    block.id() + " has no type",
                    "add a line 'Type: ' with one of " + String.join(", ", EntryShapes.types()));
        }
        return shape.orElse(EntryShapes.HEAD);
    }

    private static Field field(Shape shape, TextBlock.Line line) {
        String plain = plain(line.label());
        return shape.fields().stream()
                .filter(f -> plain(f.name()).equals(plain))
                .filter(f -> !f.name().equals("id") && !f.name().equals("title"))
                .findFirst()
                .orElse(null);
    }

    /** How labels are compared: in small, without blanks and hyphens. */
    static String plain(String label) {
        return label.toLowerCase(Locale.ROOT).replace(" ", "").replace("-", "");
    }

    private void unknown(Shape shape, TextBlock.Line line, Map<String, String> details) {
        Nearest.to(plain(line.label()), shape.names())
                .filter(n -> !plain(n).equals("title") && !plain(n).equals("id"))
                .ifPresent(n -> problems.warning(
                        ReadRule.UNKNOWN_KEY,
                        line.at(),
                        "'" + line.label() + "' is kept as a note only",
                        "did you mean '" + n + "'?"));
        keep(details, line.label().toLowerCase(Locale.ROOT), line.all());
    }

    private static void keep(Map<String, String> details, String key, String text) {
        if (!text.isBlank()) {
            details.merge(key, text, (a, b) -> a + "\n" + b);
        }
    }

    /** The typed value; null where the line is prose, which is then kept in {@code details}, or after a problem. */
    private Object value(Field field, TextBlock.Line line, Map<String, String> details) {
        String all = line.all();
        if (all.isBlank()) {
            problems.warning(
                    ReadRule.EMPTY, line.at(), line.label() + " is empty", "give it a value, or take the line out");
            return null;
        }
        return switch (field.type()) {
            case TEXT -> scalars.text(field, all, line.valueAt());
            case CHOICE -> choice(field, line);
            case BOOLEAN -> yesNo(field, line, details);
            case LIST -> list(field, line);
            case LINES -> lines(field, line);
            case IDS -> ids(field, line, details);
            case MAP -> isFlow(all) ? machine(field, line, details) : map(field, line, details);
            case LISTS -> isFlow(all) ? machine(field, line, details) : rights(field, line, details);
            case CHECK, CHECKS, ACTIONS, OBJECT, OBJECTS -> machine(field, line, details);
            default -> scalars.value(field, all, line.valueAt());
        };
    }

    private Object choice(Field field, TextBlock.Line line) {
        String exact = field.choices().stream()
                .filter(c -> plain(c).equals(plain(line.value())))
                .findFirst()
                .orElse(line.value());
        return scalars.value(field, exact, line.valueAt());
    }

    private Object yesNo(Field field, TextBlock.Line line, Map<String, String> details) {
        Matcher matcher = YES_NO.matcher(line.all().replace('\n', ' '));
        if (!matcher.matches()) {
            return scalars.value(field, line.all(), line.valueAt());
        }
        keep(details, field.name(), matcher.group(2) == null ? "" : matcher.group(2));
        return scalars.value(field, matcher.group(1), line.valueAt());
    }

    private List<String> list(Field field, TextBlock.Line line) {
        List<String> parts = new ArrayList<>(line.more());
        if (!line.value().isEmpty()) {
            String value = line.value().replaceFirst("^\\[", "").replaceFirst("]$", "");
            parts.addAll(0, Arrays.asList(value.split("\\s*[,;]\\s+")));
        }
        return parts.stream()
                .map(p -> scalars.text(field, p.strip(), line.valueAt()))
                .filter(p -> p != null && !p.isEmpty())
                .toList();
    }

    private List<String> lines(Field field, TextBlock.Line line) {
        return line.all()
                .lines()
                .map(l -> scalars.text(field, l, line.valueAt()))
                .filter(l -> l != null)
                .toList();
    }

    private Object ids(Field field, TextBlock.Line line, Map<String, String> details) {
        String all = line.all().replace('\n', ',');
        if (all.contains("(")) {
            keep(details, field.name(), all);
        }
        return scalars.value(field, all, line.valueAt());
    }

    private Map<String, String> map(Field field, TextBlock.Line line, Map<String, String> details) {
        Map<String, String> map = new LinkedHashMap<>();
        List<String> parts = new ArrayList<>(line.more());
        if (!line.value().isEmpty()) {
            parts.addAll(0, Arrays.asList(line.value().split(",\\s+")));
        }
        for (String part : parts) {
            Matcher matcher = PAIR.matcher(part.strip());
            String value = matcher.matches() ? scalars.text(field, matcher.group(2), line.valueAt()) : null;
            if (value == null) {
                keep(details, field.name(), part);
            } else {
                map.put(matcher.group(1), value);
            }
        }
        return map;
    }

    /** {@code DevOps team (deploy), On-call (read-only access)}; the words are kept too, as people chose them. */
    private Map<String, List<String>> rights(Field field, TextBlock.Line line, Map<String, String> details) {
        Map<String, List<String>> rights = new LinkedHashMap<>();
        keep(details, field.name(), line.all());
        for (String part : line.all().split("[,\\n]")) {
            Matcher matcher = RIGHT.matcher(part.strip());
            if (matcher.matches()) {
                String right = matcher.group(2).toLowerCase(Locale.ROOT).contains("read") ? "read" : matcher.group(2);
                rights.computeIfAbsent(right, r -> new ArrayList<>())
                        .add(matcher.group(1).strip());
            }
        }
        return rights;
    }

    private static boolean isFlow(String text) {
        return text.startsWith("{") || text.startsWith("[{");
    }

    /** Checks and actions are written in YAML's flow style; anything else is prose. */
    private Object machine(Field field, TextBlock.Line line, Map<String, String> details) {
        String value = line.all();
        if (!isFlow(value)) {
            keep(details, field.type() == FieldType.ACTIONS ? "steps" : field.name(), line.all());
            return null;
        }
        Position at = line.value().isEmpty() ? line.moreAt().get(0) : line.valueAt();
        SourceOffset origin = new SourceOffset(file, at.line(), at.column());
        Node node = YamlText.any(value, origin, problems);
        return node == null ? null : new ShapeReader(origin, catalog, scalars, problems).value(field, node);
    }
}
