// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The box with which a line begins, however it is written: GitHub's task list items ({@code - [ ]}), with any blanks or none inside and
 * whatever list mark, quote, emphasis, backslash or tag before it; a sign ({@code ☐}, {@code ❌}), its short code or its HTML entity;
 * {@code <input type="checkbox">}; {@code ( )}, and {@code (x)} and {@code (/)} as Jira's wiki has them. Only x and a tick tick.
 *
 * @param ticked whether it is
 * @param end where the words behind it begin
 * @param sign whether it is a sign that lists of other things begin with as well, no box that is drawn
 */
public record BoxMark(boolean ticked, int end, boolean sign) {
    private static final String TICKS = "☑✅✔✓🗹";
    private static final String SIGNS = TICKS + "☐☒❌✗✘✖✕❎⬜□▢◻◽🔲🔳❏❐❑❒🗵🗷";
    private static final Set<String> TICK_NAMES = Set.of(
            ":white_check_mark:",
            ":heavy_check_mark:",
            ":ballot_box_with_check:",
            ":check_mark:",
            ":check:",
            "&check;",
            "&checkmark;");
    private static final String NAME =
            "(?:white_check_mark|heavy_check_mark|ballot_box_with_check|check_mark|check|x|cross_mark"
                    + "|negative_squared_cross_mark|heavy_multiplication_x|white_large_square|white_medium_square|white_square_button"
                    + "|black_square_button)";
    private static final String SIGN = "(?:[" + SIGNS + "]\uFE0F?+|:" + NAME
            + ":|&(?:check|checkmark|cross|squ|square);|&#(?:[0-9]{4,6}+|[xX][0-9A-Fa-f]{4,5}+);)";
    private static final String BLANKS = "(?:\\s|&nbsp;|&#160;)*+";
    private static final Pattern DRESS = Pattern.compile("(?:[>\\s#+*_~-]|\\\\(?=[\\[*+_-])|(?![" + SIGNS
            + "])[^\\p{L}\\p{N}\\p{ASCII}]|\\(?+\\d{1,3}+(?:(?:\\.\\d{1,3}+){1,4}+[.)]?+|[.)])|(?!\\([xX/]\\))\\(?+[A-Za-z]{1,4}+[.)]\\s"
            + "|</?+(?!input)[A-Za-z]{1,10}+(?:\\s[^<>]{0,80}+)?+>)*+");
    private static final Pattern MARK = Pattern.compile("\\[" + BLANKS
            + "((?>(?i:done|yes|no|ok|todo|open|n/a|wip|pending|passed|failed|skipped)(?=[\\s\\]])|" + SIGN
            + "|[\\p{L}\\p{Punct}&&[^\\[\\]\\\\]])?+)" + BLANKS + "\\\\?+\\](?!\\()"
            + "|(\\((?:(?:\\s|&nbsp;)++|[xX/])\\)(?=\\s))|(" + SIGN + ")|(?i:<input(\\s[^<>]{0,200}+)>)");
    private static final Pattern CHECKED = Pattern.compile("(?i)\\schecked(?![\\w-])");

    /** Empty where the line begins with something else. */
    public static Optional<BoxMark> in(String line) {
        String text = plain(line);
        Matcher dress = DRESS.matcher(text);
        int from = dress.lookingAt() ? dress.end() : 0;
        Matcher mark = MARK.matcher(text).region(from, text.length());
        mark.useTransparentBounds(true);
        if (!mark.lookingAt()) {
            return Optional.empty();
        }
        String brackets = mark.group(1);
        String sign = mark.group(3);
        if (sign != null && sign.startsWith("&#") && (written(sign).isEmpty() || !SIGNS.contains(written(sign)))) {
            return Optional.empty();
        }
        String input = mark.group(4);
        if (input != null) {
            return input.toLowerCase(Locale.ROOT).contains("checkbox")
                    ? Optional.of(new BoxMark(CHECKED.matcher(input).find(), mark.end(), false))
                    : Optional.empty();
        }
        boolean ticked = brackets != null
                ? brackets.equalsIgnoreCase("x") || isTick(brackets)
                : sign == null ? mark.group(2).equals("(/)") : isTick(sign);
        return Optional.of(new BoxMark(ticked, mark.end(), sign != null && !"☐☑☒".contains(written(sign))));
    }

    private static boolean isTick(String sign) {
        String written = written(sign);
        return !written.isEmpty() && (TICKS.contains(written) || TICK_NAMES.contains(written));
    }

    /** A sign without what says how it is drawn, an entity as what it stands for. */
    private static String written(String sign) {
        if (sign.startsWith("&#")) {
            boolean hex = sign.charAt(2) == 'x' || sign.charAt(2) == 'X';
            int code = Integer.parseInt(sign.substring(hex ? 3 : 2, sign.length() - 1), hex ? 16 : 10);
            // half of a sign is none
            boolean half = code <= Character.MAX_VALUE && Character.isSurrogate((char) code);
            return Character.isValidCodePoint(code) && !half ? Character.toString(code) : "";
        }
        return sign.replace("\uFE0F", "");
    }

    /** The same number of characters, with every kind of blank and invisible mark as a space. */
    private static String plain(String line) {
        StringBuilder plain = new StringBuilder(line);
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT) {
                plain.setCharAt(i, ' ');
            }
        }
        return plain.toString();
    }
}
