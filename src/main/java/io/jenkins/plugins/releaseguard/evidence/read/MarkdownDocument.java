// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import io.jenkins.plugins.releaseguard.evidence.read.MarkdownLines.Kind;
import io.jenkins.plugins.releaseguard.evidence.read.MarkdownLines.Line;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document in Markdown or plain text: its fields (front matter, or lines such as {@code Reviewed-by: Ada} among the first
 * fifty) and its headings. What stands in a block of code or in a comment is neither.
 */
public final class MarkdownDocument {
    private static final int HEAD = 50;
    private static final Pattern FIELD =
            Pattern.compile("[\\s*_>|-]{0,4}([A-Za-z][A-Za-z -]{0,30})[*_]{0,2}:[*_]{0,2}\\s+(.{1,300})");

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<Line> lines;

    private MarkdownDocument(List<Line> lines) {
        this.lines = lines;
    }

    public static MarkdownDocument read(String text) {
        MarkdownDocument document = new MarkdownDocument(MarkdownLines.of(Arrays.asList(text.split("\\R", -1))));
        document.lines.stream()
                .limit(HEAD)
                .filter(line -> line.kind() == Kind.TEXT || line.kind() == Kind.FRONT_MATTER)
                .map(line -> FIELD.matcher(line.text()))
                .forEach(document::field);
        return document;
    }

    private void field(Matcher line) {
        if (line.matches()) {
            fields.putIfAbsent(key(line.group(1)), line.group(2).strip());
        }
    }

    /** Nothing but fields, headings, comments and blanks. */
    public boolean isEmpty() {
        return lines.stream().allMatch(line -> {
            String text = line.text().strip();
            boolean content = line.kind() == Kind.CODE || line.kind() == Kind.HTML;
            return text.isEmpty() || !content && (text.equals("---") || text.startsWith("#") || isField(text));
        });
    }

    private boolean isField(String line) {
        int colon = line.indexOf(':');
        return colon > 0 && fields.containsKey(key(line.substring(0, colon)));
    }

    private static String key(String text) {
        return text.replaceAll("[*_>|]", "").strip().toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    /** A field's text, empty where it isn't there. */
    public String field(String name) {
        return fields.getOrDefault(name, "")
                .replaceAll("^[\"'\\[]|[\"'\\]]$", "")
                .strip();
    }

    /** People of a field, by commas; also of its usual other names. */
    public List<String> people(String name) {
        List<String> names = name.equals("author")
                ? List.of("author", "authors")
                : List.of(name, "reviewers", "reviewer", "reviewed");
        return names.stream()
                .map(this::field)
                .filter(f -> !f.isEmpty())
                .findFirst()
                .map(f -> Arrays.stream(f.split(","))
                        .map(p -> p.strip().replaceAll("^[\"']|[\"']$", ""))
                        .filter(p -> !p.isEmpty())
                        .toList())
                .orElse(List.of());
    }

    /** Whether a heading (Markdown or underlined) has this text. */
    public boolean hasHeading(String heading) {
        String wanted = heading.strip().toLowerCase(Locale.ROOT);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).kind() != Kind.TEXT) {
                continue;
            }
            String text = lines.get(i).text();
            boolean marked = text.matches(" {0,3}#.*");
            if (title(text).equals(wanted) && (marked || isUnderlined(i))) {
                return true;
            }
        }
        return false;
    }

    /** A heading's text without its marks, in lower case. */
    private static String title(String line) {
        String text = line.strip().replaceFirst("^#{1,6}\\s+", "");
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '#') {
            end--;
        }
        boolean closed = end > 0 && text.length() - end <= 6 && Character.isWhitespace(text.charAt(end - 1));
        return (closed ? text.substring(0, end) : text).strip().toLowerCase(Locale.ROOT);
    }

    private boolean isUnderlined(int index) {
        return index + 1 < lines.size()
                && lines.get(index + 1).kind() == Kind.TEXT
                && lines.get(index + 1).text().strip().matches("[=-]{3,}");
    }
}
