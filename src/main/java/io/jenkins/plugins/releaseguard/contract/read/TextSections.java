// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The headings under which a line stands, one in the other, however they are written: {@code #} and underlined ones (CommonMark 4.2, 4.3),
 * {@code ==}, {@code <h2>}, a line that is all bold. What the headings around a box say holds for it too: who owns it, and whether it can
 * be ticked only after the release. The latter is said by headings of one form alone; where forms are mixed nobody knows which is
 * the deeper one.
 */
final class TextSections {
    /** Whether boxes here can be ticked before the release. */
    enum When {
        BEFORE,
        AFTER,
        /** A bold line below a heading of what is done after it: perhaps a part of that, perhaps another one. */
        UNSURE
    }

    private enum Form {
        MARKS,
        UNDERLINED,
        EQUALS,
        TAG,
        BOLD
    }

    private static final Pattern BOLD = Pattern.compile(
            "(?<![>\\s])[>\\s]*+(?:\\*\\*[^*]{1,200}+\\*\\*:?|__[^_]{1,200}+__:?|<(?:b|strong)>[^<>]{1,200}+</(?:b|strong)>:?)");
    private static final Pattern MARKS = Pattern.compile("[>#\\s]++");
    private static final Pattern ITEM = Pattern.compile("(?:[-*+•>]|\\d{1,3}+[.)])\\s.*");
    private static final Pattern EQUALS = Pattern.compile("={1,6}+\\s++[^\\s=].{0,300}+");

    /** Headings of what can be ticked only when traffic has moved, and so never when the contract is read. */
    private static final Pattern LATE = Pattern.compile("(?i)\\b(?:post[- ]?|after (?:the )?)"
            + "(?:deploy|release|launch|live|go[- ]?live|production|roll[- ]?out)");

    /** What makes a heading one of things that are done before, whatever else it says. */
    private static final Pattern EARLY = Pattern.compile("(?i)\\b(?:before|prior|until|ahead|beforehand|earlier|pre"
            + "(?:[- ]|req|cond|deploy|release|launch|live|flight|prod|go|roll)|go\\W{0,3}+(?:or\\W{0,3}+)?no\\W{0,3}+go\\b"
            + "|(?:to|on|in|into|of) (?:the )?(?:staging|stage|test|testing|qa|uat|integration|development|dev|sandbox)\\b"
            + "|release[- ](?:candidate|branch|notes?|freeze|build|cut|tag|plan)|rc\\d)");

    private record Section(Form form, int level, String text, boolean late) {}

    private final Deque<Section> stack = new ArrayDeque<>();
    private final Deque<String> owners = new ArrayDeque<>();
    private int begun;

    TextSections() {
        owners.push("");
    }

    /** The level of a heading without an id of an entry, below which the next line may draw a line; empty for another line. */
    static Optional<Integer> level(TextLine line, TextLine next) {
        return form(line, next).map(form -> level(form, line, next));
    }

    /** A heading without its marks. */
    static TextLine unmarked(TextLine line) {
        Matcher marks = MARKS.matcher(line.text());
        return line.from(marks.lookingAt() ? marks.end() : 0);
    }

    private static Optional<Form> form(TextLine line, TextLine next) {
        if (TextHead.isHeading(line)) {
            return Optional.of(
                    line.text().indexOf('<') >= 0
                                    && TextHead.level(line) > 0
                                    && line.text().indexOf('#') < 0
                            ? Form.TAG
                            : Form.MARKS);
        }
        if (line.isRule() || line.isBlank()) {
            return Optional.empty();
        }
        if (next.isUnderline()
                && !TextRow.isRow(line)
                && !ITEM.matcher(line.text()).matches()) {
            return Optional.of(Form.UNDERLINED);
        }
        if (EQUALS.matcher(line.text()).matches()) {
            return Optional.of(Form.EQUALS);
        }
        return BOLD.matcher(line.text()).matches() ? Optional.of(Form.BOLD) : Optional.empty();
    }

    private static int level(Form form, TextLine line, TextLine next) {
        return switch (form) {
            case MARKS, TAG, EQUALS -> Math.max(1, TextHead.level(line));
            case UNDERLINED -> next.text().startsWith("=") ? 1 : 2;
            case BOLD -> 7;
        };
    }

    /** Another part of the text begins, if the line is a heading. */
    void heading(TextLine line, TextLine next) {
        form(line, next).ifPresent(form -> {
            int level = level(form, line, next);
            above(level);
            String text = line.text();
            boolean late = LATE.matcher(text).find() && !EARLY.matcher(text).find();
            stack.push(new Section(form, level, text, late));
            owners.push("");
            begun = line.number();
        });
    }

    /** An entry with a heading ends the parts that are no wider. */
    void above(int level) {
        while (!stack.isEmpty() && stack.peek().level() >= level) {
            stack.pop();
            owners.pop();
        }
    }

    /** A line across the page, unless it only draws a heading's: from here on nothing is said of when. */
    void rule(TextLine line) {
        if (line.number() == begun + 1 && line.isUnderline()) {
            return;
        }
        Deque<Section> plain = new ArrayDeque<>();
        stack.forEach(s -> plain.addLast(new Section(s.form(), s.level(), s.text(), false)));
        stack.clear();
        stack.addAll(plain);
    }

    void owner(String name) {
        owners.pop();
        owners.push(name);
    }

    /** Whom the nearest heading above names; empty for nobody. */
    String owner() {
        return owners.stream().filter(owner -> !owner.isEmpty()).findFirst().orElse("");
    }

    When when() {
        boolean bold = false;
        Form form = null;
        for (Section section : stack) {
            if (section.late() && (form == null || form == section.form())) {
                return bold ? When.UNSURE : When.AFTER;
            }
            Matcher early = EARLY.matcher(section.text());
            if (early.find() || section.late()) {
                return When.BEFORE;
            }
            bold = bold || section.form() == Form.BOLD;
            form = section.form() == Form.BOLD ? form : section.form();
        }
        return When.BEFORE;
    }
}
