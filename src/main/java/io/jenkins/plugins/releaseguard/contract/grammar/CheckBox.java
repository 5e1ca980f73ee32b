// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of a checklist: {@code [ ] Load test}, {@code [x] Load test (by ann, 2026-11-29)}, with a {@link BoxMark} first. Who ticked it is
 * said at the end, by {@code @ann}, {@code (by ann)} or {@code - by ann}, each with a day or without: words without {@code by} or
 * {@code @} are no name, as they may say anything, with a day too ({@code (failed, 2026-11-29)}).
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
    private static final int LONGEST_TAG = 16;
    private static final List<String> EMPHASIS = List.of("**", "__", "~~", "*", "_", "~");
    private static final Pattern SIGNED =
            Pattern.compile("(?i)(?:(?:signed(?:[ -]off)?|done|checked|ticked|approved|verified)[ :-]+)?by[: ]\\s*+");
    private static final Pattern DATE = Pattern.compile(
            "(?:[,;]\\s*+|(?<![,;\\s])\\s*+)(?:(?i:on|at)\\s++)?(\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4})\\.?$");
    private static final Pattern MENTION = Pattern.compile("(?:^|\\s)@([\\p{L}\\p{N}][\\p{L}\\p{N}._/-]{0,79})$");

    /** Empty where the line is no box. */
    public static Optional<CheckBox> parse(String line) {
        String stripped = line.strip();
        String read = stripped.length() > LONGEST ? stripped.substring(0, LONGEST) : stripped;
        return BoxMark.in(read).map(mark -> {
            String dress = read.substring(0, mark.end());
            String text = read.substring(mark.end());
            for (String emphasis : EMPHASIS) {
                // **[ ]** Load test
                if (dress.contains(emphasis) && text.startsWith(emphasis)) {
                    text = text.substring(emphasis.length());
                    dress = dress.replace(emphasis, "");
                }
            }
            CheckBox box = signed(mark.ticked(), closed(text.strip(), dress));
            return new CheckBox(box.ticked(), closed(box.text(), dress), box.by(), box.on(), box.unreadable());
        });
    }

    /** Without the ends of tags and of emphasis that began before the box. */
    private static String closed(String text, String dress) {
        String closed = text;
        int tag = closed.lastIndexOf("</");
        while (closed.endsWith(">") && tag >= 0 && closed.length() - tag <= LONGEST_TAG) {
            closed = closed.substring(0, tag).strip();
            tag = closed.lastIndexOf("</");
        }
        for (String emphasis : EMPHASIS) {
            if (dress.contains(emphasis)
                    && closed.endsWith(emphasis)
                    && closed.indexOf(emphasis) == closed.length() - emphasis.length()) {
                closed =
                        closed.substring(0, closed.length() - emphasis.length()).strip();
            }
        }
        return closed;
    }

    private static CheckBox signed(boolean ticked, String text) {
        int open = text.endsWith(")") ? text.lastIndexOf('(') : -1;
        int dash = Math.max(text.lastIndexOf(" — "), Math.max(text.lastIndexOf(" – "), text.lastIndexOf(" - ")));
        CheckBox found = open >= 0
                ? signature(ticked, text.substring(0, open).strip(), text.substring(open + 1, text.length() - 1))
                : dash >= 0 ? signature(ticked, text.substring(0, dash).strip(), text.substring(dash + 3)) : null;
        return found == null ? mentioned(ticked, text) : found;
    }

    /** Null where it names nobody. */
    private static CheckBox signature(boolean ticked, String text, String words) {
        String rest = words.strip();
        Matcher date = DATE.matcher(rest);
        boolean dated = date.find();
        String on = dated ? date.group(1) : "";
        rest = dated ? rest.substring(0, date.start()).strip() : rest;
        Matcher by = SIGNED.matcher(rest);
        boolean said = by.lookingAt();
        String name = said ? rest.substring(by.end()).strip() : rest;
        said = said || name.startsWith("@");
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
