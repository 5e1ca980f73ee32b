// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document in Markdown or plain text: its fields (front matter, or lines such as {@code Reviewed-by: Ada} among the first
 * fifty) and its headings.
 */
public final class MarkdownDocument {
    private static final int HEAD = 50;
    private static final Pattern FIELD =
            Pattern.compile("[\\s*_>|-]{0,4}([A-Za-z][A-Za-z -]{0,30})[*_]{0,2}:[*_]{0,2}\\s+(.{1,300})");

    private final Map<String, String> fields = new LinkedHashMap<>();
    private final List<String> lines;

    private MarkdownDocument(List<String> lines) {
        this.lines = lines;
    }

    public static MarkdownDocument read(String text) {
        MarkdownDocument paper = new MarkdownDocument(Arrays.asList(text.split("\\R", -1)));
        paper.lines.stream().limit(HEAD).map(FIELD::matcher).forEach(paper::field);
        return paper;
    }

    private void field(Matcher line) {
        if (line.matches()) {
            fields.putIfAbsent(key(line.group(1)), line.group(2).strip());
        }
    }

    /** Nothing but fields, headings and blanks. */
    public boolean isEmpty() {
        return lines.stream()
                .map(String::strip)
                .noneMatch(l -> !l.isEmpty() && !l.equals("---") && !l.startsWith("#") && !isField(l));
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
            String line = lines.get(i).strip();
            String bare = line.replaceAll("^#{1,6}\\s+|\\s+#{1,6}$", "").strip().toLowerCase(Locale.ROOT);
            boolean under = i + 1 < lines.size() && lines.get(i + 1).strip().matches("[=-]{3,}");
            if (bare.equals(wanted) && (line.startsWith("#") || under)) {
                return true;
            }
        }
        return false;
    }
}
