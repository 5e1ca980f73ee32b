// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What each line of a Markdown document is, by the blocks of <a href="https://spec.commonmark.org/0.31.2/">CommonMark</a>: an
 * example in a code block or a remark in a comment is no statement of the document.
 */
final class MarkdownLines {
    enum Kind {
        FRONT_MATTER,
        TEXT,
        CODE,
        /** A comment, or HTML that is shown as it stands. */
        HTML
    }

    /** @param text without comments */
    record Line(String text, Kind kind) {}

    /** After the markers of quotes and lists; a fence of backticks has none behind it in its line. */
    private static final Pattern FENCE =
            Pattern.compile("([\\s>]*(?:(?:[-*+]|\\d{1,9}[.)])\\s+)?)(`{3,}(?=[^`]*$)|~{3,}).*");

    private static final Pattern LIST_ITEM = Pattern.compile(" {0,3}(?:[-*+]|\\d{1,9}[.)])\\s.*");
    private static final Pattern INDENTED = Pattern.compile("(?: {4}| {0,3}\\t).*");
    private static final Pattern RAW_HTML = Pattern.compile("(?i) {0,3}<(!--|pre\\b|script\\b|style\\b|textarea\\b).*");
    private static final Pattern HEADING = Pattern.compile(" {0,3}#{1,6}(?:\\s.*)?");
    private static final Pattern UNDERLINE = Pattern.compile(" {0,3}(?:=+|-+)\\s*");

    private static final String COMMENT = "<!--";
    private static final String END_OF_COMMENT = "-->";

    private final List<Line> lines = new ArrayList<>();
    /** What ends the block of HTML that is open, null outside. */
    private String endOfHtml;
    /** The line that opened the block of code, null outside. */
    private Matcher fence;

    private boolean afterText;
    private boolean inList;

    private MarkdownLines() {}

    static List<Line> of(List<String> document) {
        MarkdownLines scan = new MarkdownLines();
        int front = endOfFrontMatter(document);
        for (int i = 0; i < document.size(); i++) {
            if (i < front) {
                scan.lines.add(new Line(document.get(i), Kind.FRONT_MATTER));
            } else {
                scan.line(document.get(i));
            }
        }
        return List.copyOf(scan.lines);
    }

    private static int endOfFrontMatter(List<String> document) {
        if (!document.get(0).stripTrailing().equals("---")) {
            return 0;
        }
        for (int i = 1; i < document.size(); i++) {
            if (document.get(i).stripTrailing().equals("---")) {
                return i + 1;
            }
        }
        return 0;
    }

    private void line(String line) {
        if (fence != null && quotes(line) < quotes(fence.group(1))) {
            fence = null; // the quote ends, and its code with it
        }
        if (endOfHtml != null) {
            html(line);
        } else if (fence != null) {
            add(line, Kind.CODE);
            if (closes(line)) {
                fence = null;
            }
        } else if (INDENTED.matcher(line).matches() && !afterText && !inList) {
            add(line, Kind.CODE);
        } else {
            open(line);
        }
    }

    private void open(String line) {
        Matcher raw = RAW_HTML.matcher(line);
        Matcher code = FENCE.matcher(line);
        if (raw.matches()) {
            String tag = raw.group(1);
            endOfHtml = tag.equals("!--") ? END_OF_COMMENT : "</" + tag.toLowerCase(Locale.ROOT) + ">";
            html(line);
        } else if (code.matches()) {
            fence = code;
            add(line, Kind.CODE);
        } else {
            String text = withoutComments(line);
            boolean goesOn = !text.isBlank() && !endsParagraph(text);
            add(text, Kind.TEXT);
            afterText = goesOn;
            if (LIST_ITEM.matcher(line).matches() && !isBreak(line)) {
                inList = true;
            } else if (!text.isBlank() && !Character.isWhitespace(line.charAt(0))) {
                inList = false;
            }
        }
    }

    /** Behind a heading, the underline of one, or a break no paragraph goes on. */
    private boolean endsParagraph(String line) {
        String text = line.substring(endOfQuotes(line));
        return HEADING.matcher(text).matches()
                || afterText && UNDERLINE.matcher(text).matches()
                || isBreak(text);
    }

    private static boolean isBreak(String text) {
        String marks = text.replaceAll("[ \\t]", "");
        return marks.length() >= 3
                && "*_-".indexOf(marks.charAt(0)) >= 0
                && marks.chars().allMatch(c -> c == marks.charAt(0))
                && text.indexOf(marks.charAt(0)) <= 3;
    }

    private void html(String line) {
        boolean ends = line.toLowerCase(Locale.ROOT).contains(endOfHtml);
        // what is commented out isn't there; other HTML is content
        add(endOfHtml.equals(END_OF_COMMENT) ? "" : line, Kind.HTML);
        if (ends) {
            endOfHtml = null;
        }
    }

    /** In one pass: a pattern would seek the end of each one that has none over and over. */
    private static String withoutComments(String line) {
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (int begin = line.indexOf(COMMENT); begin >= 0; begin = line.indexOf(COMMENT, from)) {
            int end = line.indexOf(END_OF_COMMENT, begin + COMMENT.length());
            if (end < 0) {
                break;
            }
            text.append(line, from, begin);
            from = end + END_OF_COMMENT.length();
        }
        return text.append(line, from, line.length()).toString();
    }

    private void add(String text, Kind kind) {
        lines.add(new Line(text, kind));
        afterText = false;
    }

    private boolean closes(String line) {
        String marks = fence.group(2);
        String bare = line.replaceFirst("^[\\s>]*", "");
        return quotes(line) == quotes(fence.group(1))
                && bare.strip().length() >= marks.length()
                && bare.strip().chars().allMatch(c -> c == marks.charAt(0))
                && line.length() - bare.length() <= fence.group(1).length() + 3;
    }

    /** Where the text of a quoted line begins; 0 outside quotes. */
    private static int endOfQuotes(String line) {
        int end = 0;
        for (int i = 0; i < line.length() && (line.charAt(i) == '>' || Character.isWhitespace(line.charAt(i))); i++) {
            end = line.charAt(i) == '>' ? i + 1 : end;
        }
        return end > 0 && end < line.length() && line.charAt(end) == ' ' ? end + 1 : end;
    }

    /** How deep in quotes a line is that begins so. */
    private static long quotes(String line) {
        return line.chars()
                .takeWhile(c -> c == '>' || Character.isWhitespace(c))
                .filter(c -> c == '>')
                .count();
    }
}
