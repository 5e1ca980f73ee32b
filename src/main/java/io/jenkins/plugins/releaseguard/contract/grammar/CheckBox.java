// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a checklist: {@code [ ] Load test}, {@code [x] Load test (by ann, 2026-11-29)}; a list mark may stand before it. Who ticked it is
 * said at the end, by {@code @ann}, {@code (by ann)} or {@code (ann, 2026-11-29)}: words in parentheses alone are no name, as they may
 * say anything.
 *
 * @param ticked whether it is; any other mark than {@code x} or a tick is none
 * @param text what was to be done, without who did it
 * @param by who says so; empty for nobody
 * @param on when; null where nothing is said
 * @param unreadable what was written for a date and is none; empty for nothing
 */
public record CheckBox(boolean ticked, String text, String by, LocalDate on, String unreadable) {
    /** How to tick one. */
    public static final String EXAMPLE = "[x] Load test (by ann, 2026-11-29)";

    private static final int LONGEST = 2000;
    private static final Pattern BOX = Pattern.compile(
            "(?:(?:[-*+•]|\\d{1,3}[.)])\\s+)?(?:\\[([ \\p{L}\\p{Punct}✓✔☑✗✘]?)](?!\\()|([☐☑☒]))\\s*+(.*)");
    private static final Pattern SIGNED = Pattern.compile(
            "(?i)(?:(?:signed(?:[ -]off)?|done|checked|ticked|approved|verified)[ :-]+)?(?:by[: ]\\s*)?");
    private static final Pattern DATE = Pattern.compile(
            "(?:[,;]\\s*+|(?<![,;\\s])\\s*+)(?:(?i:on|at)\\s++)?(\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4})\\.?$");
    private static final Pattern MENTION = Pattern.compile("(?:^|\\s)@([\\p{L}\\p{N}][\\p{L}\\p{N}._/-]{0,79})$");
    /** Empty where the line is no box. */
    public static Optional<CheckBox> parse(String line) {
        String stripped = line.strip();
        Matcher box = BOX.matcher(stripped.length() > LONGEST ? stripped.substring(0, LONGEST) : stripped);
        if (!box.matches()) {
            return Optional.empty();
        }
        String mark = box.group(1) == null ? box.group(2) : box.group(1);
        return Optional.of(
                signed(!mark.isBlank() && "xX✓✔☑".contains(mark), box.group(3).strip()));
    }

    private static CheckBox signed(boolean ticked, String text) {
        int open = text.endsWith(")") ? text.lastIndexOf('(') : -1;
        int dash = Math.max(text.lastIndexOf(" — "), Math.max(text.lastIndexOf(" – "), text.lastIndexOf(" - ")));
        CheckBox found = open >= 0
                ? signature(ticked, text.substring(0, open).strip(), text.substring(open + 1, text.length() - 1), true)
                : dash >= 0
                        ? signature(ticked, text.substring(0, dash).strip(), text.substring(dash + 3), false)
                        : null;
        return found == null ? mentioned(ticked, text) : found;
    }

    /** Null where it names nobody. */
    private static CheckBox signature(boolean ticked, String text, String words, boolean inParentheses) {
        String rest = words.strip();
        Matcher date = DATE.matcher(rest);
        boolean dated = date.find();
        String on = dated ? date.group(1) : "";
        rest = dated ? rest.substring(0, date.start()).strip() : rest;
        Matcher by = SIGNED.matcher(rest);
        boolean said = by.lookingAt() && by.end() > 0;
        String name = said ? rest.substring(by.end()).strip() : rest;
        said = said || name.startsWith("@") || inParentheses && dated;
        name = name.startsWith("@") ? name.substring(1) : name;
        if (!said || !PersonNames.isPerson(name)) {
            return null;
        }
        LocalDate day = day(on);
        return new CheckBox(ticked, text, name, day, day == null ? on : "");
    }

    private static CheckBox mentioned(boolean ticked, String text) {
        Matcher date = DATE.matcher(text);
        boolean dated = date.find();
        String before = dated ? text.substring(0, date.start()).strip() : text;
        Matcher mention = MENTION.matcher(before);
        if (!mention.find() || !PersonNames.isPerson(mention.group(1))) {
            return new CheckBox(ticked, text, "", null, "");
        }
        LocalDate day = dated ? day(date.group(1)) : null;
        return new CheckBox(
                ticked,
                before.substring(0, mention.start()).strip(),
                mention.group(1),
                day,
                dated && day == null ? date.group(1) : "");
    }

    private static LocalDate day(String text) {
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
