// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line on which an entry's id comes first, whatever it is dressed in: marks of headings (Markdown, AsciiDoc, HTML), numbers of sections, list
 * marks, boxes, emphasis, brackets, links, emoji, the cells of a table, {@code ID:}. The id itself may be written with any dash or
 * none, and in small letters. Each pattern is anchored, and its repetitions give nothing back, as the text may be anyone's.
 *
 * @param id as an entry's id is written, {@code DEP-002}
 * @param written as it stands
 * @param title what follows it, without its dress; empty for nothing
 * @param at where the id begins in the line
 * @param kind how it is written
 * @param level of a heading the number of its marks, else 0
 * @param box of a box before it, whether it is ticked; null for none
 */
record TextHead(String id, String written, String title, int at, Kind kind, int level, Boolean box) {
    /** How sure it is that an entry begins. */
    enum Kind {
        /** A heading, or an id with a colon or a dash and a title: an entry. */
        HEAD,
        /** An item of a list, a row, or an id with words behind it: an entry where a type stands below it. */
        LIKE,
        /** An item that is nothing but an id, or several ids: entries are named. */
        NAME
    }

    private static final String DASHES = "\\-\u2010-\u2015\u2212\uFE58\uFE63\uFF0D";
    private static final String COLONS = ":\uFF1A\uFE55\uFE13";
    private static final Pattern LEVEL = Pattern.compile("\\A[>\\s]*+(#{1,6}+|={1,6}+(?=\\s)|<[hH][1-6])");
    private static final Pattern ITEM = Pattern.compile("\\A[>\\s]*+(?:[-*+•◦▪·]\\s|\\d{1,3}+[.)]\\s|\\|).*");
    private static final Pattern DRESS =
            Pattern.compile("(?:\\[[ xX]?]|<[A-Za-z/][^<>]{0,80}+>|:[a-z0-9_+-]{1,40}+:|[\\s>#*+_~`(\\[|=\"'!" + DASHES
                    + "]|\\d{1,3}+(?:\\.\\d{1,3}+){0,4}+[.):]?(?![0-9A-Za-z])|[^\\p{L}\\p{N}\\p{ASCII}])*+"
                    + "(?:(?i:id|entry|entry id)[*_`]*+\\s*+[" + COLONS + "#][*_`]*+\\s*+)?+[*_`]*+");
    private static final Pattern BOX =
            Pattern.compile("\\A[>\\s]*+(?:[-*+•|#]*+\\s*+|\\d{1,3}+[.)]\\s*+)\\[([ xX]?)].*");
    private static final Pattern ID =
            Pattern.compile("(?:DEP-([0-9A-Z]{1,6}+)|(?i:DEP)[" + DASHES + "_ ]{0,2}+([0-9]{1,6}+))(?![\\p{L}\\p{N}])");
    private static final Pattern ANYWHERE =
            Pattern.compile("(?<![\\p{L}\\p{N}-])(?i:DEP)[" + DASHES + "_]([0-9]{1,6}+)(?![\\p{L}\\p{N}])");
    private static final Pattern MORE_IDS =
            Pattern.compile("\\A\\s*+(?:[,;/&]|\\.\\.|…|(?i:to|and|through)\\s++(?i:DEP)|[" + DASHES
                    + "]\\s*+(?:(?i:DEP)[" + DASHES + "])?\\d{1,6}+\\s*+(?:[,;(" + COLONS + "].*|$)).*");
    private static final Pattern BEHIND =
            Pattern.compile("(?:[*_`~)\"']|</[A-Za-z0-9]{1,8}+>)*+(?:](?:\\([^()\\s]{0,300}+\\))?)?[*_`~)]*+\\s*+"
                    + "([" + COLONS + "|" + DASHES + ".]?)[*_`~]*+\\s*+");
    private static final int LONGEST_CLOSING = 11;
    private static final Pattern CLOSING = Pattern.compile("(?:</[A-Za-z0-9]{1,8}+>|\\s#{1,6}+|\\||\\s)\\z");

    /** Empty where no id comes first. */
    static Optional<TextHead> in(TextLine line) {
        Matcher dress = DRESS.matcher(line.text());
        if (!dress.lookingAt()) {
            return Optional.empty();
        }
        Matcher id = ID.matcher(line.text()).region(dress.end(), line.text().length());
        if (!id.lookingAt()) {
            return Optional.empty();
        }
        String rest = line.text().substring(id.end());
        int level = level(line);
        boolean item = level == 0
                && ITEM.matcher(line.text()).matches()
                && !line.text().startsWith("**");
        Matcher behind = BEHIND.matcher(rest);
        boolean parted = behind.lookingAt()
                && !behind.group(1).isEmpty()
                && !behind.group(1).equals(".");
        String title = title(line, dress.end(), id.end() + (behind.hitEnd() && rest.isBlank() ? 0 : behind.end()));
        Kind kind;
        if (MORE_IDS.matcher(rest).matches()) {
            kind = Kind.NAME;
        } else if (level > 0) {
            kind = Kind.HEAD;
        } else if (title.isEmpty()) {
            kind = item ? Kind.NAME : Kind.LIKE;
        } else {
            kind = !item && (parted || boldBefore(line.text(), id.start())) ? Kind.HEAD : Kind.LIKE;
        }
        String number = id.group(1) == null ? id.group(2) : id.group(1);
        return Optional.of(new TextHead(
                "DEP-" + number,
                id.group(),
                title,
                id.start(),
                kind,
                level,
                box(line).orElse(null)));
    }

    /** The id that stands somewhere in a heading, where only one does. */
    static Optional<String> named(TextLine line) {
        Matcher id = ANYWHERE.matcher(line.text());
        return id.find() && !MORE_IDS.matcher(line.text().substring(id.end())).matches()
                ? Optional.of("DEP-" + id.group(1))
                : Optional.empty();
    }

    /** Of a heading the number of its marks, else 0. */
    static int level(TextLine line) {
        Matcher level = LEVEL.matcher(line.text());
        if (!level.lookingAt() || line.isRule()) {
            return 0;
        }
        String marks = level.group(1);
        return marks.charAt(0) == '<' ? marks.charAt(2) - '0' : marks.length();
    }

    /** Whether the line is a heading without an id of an entry. */
    static boolean isHeading(TextLine line) {
        return line.text().matches("[>\\s]*+(?:#{1,6}+\\s.*|<[hH][1-6][\\s>].*)");
    }

    /** Of a line that begins with a box, whether it is ticked. */
    static Optional<Boolean> box(TextLine line) {
        Matcher box = BOX.matcher(line.text());
        return box.matches() ? Optional.of(box.group(1).toLowerCase(Locale.ROOT).equals("x")) : Optional.empty();
    }

    private static boolean boldBefore(String text, int at) {
        return at > 1 && (text.startsWith("**", at - 2) || text.startsWith("__", at - 2));
    }

    /** Bit by bit from the end: a search for all of it would begin anew at each space within. */
    private static String withoutClosing(String text) {
        Matcher closing = CLOSING.matcher(text);
        int end = text.length();
        while (closing.region(Math.max(0, end - LONGEST_CLOSING), end).find()) {
            end = closing.start();
        }
        return text.substring(0, end);
    }

    private static String title(TextLine line, int dress, int from) {
        String text = line.raw().substring(Math.min(from, line.raw().length()));
        text = withoutClosing(text).strip();
        for (String mark : new String[] {"**", "__", "~~", "`", "*", "_"}) {
            // an emphasis that began before the id ends with the title
            if (text.endsWith(mark)
                    && text.indexOf(mark) == text.length() - mark.length()
                    && line.text().substring(0, dress).contains(mark)) {
                text = text.substring(0, text.length() - mark.length()).strip();
            }
        }
        return text;
    }

    /** Whether the id stands as entries' ids are written. */
    boolean isPlainlyWritten() {
        return written.equals(id);
    }
}
