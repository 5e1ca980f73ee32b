// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a short text from left to right: numbers, words and signs, each with the offset where it stands. */
public final class Cursor {
    private static final int SHOWN = 60;

    private final String text;
    private int at;

    Cursor(String text) {
        this.text = text;
        skip();
    }

    int offset() {
        return at;
    }

    boolean end() {
        return at >= text.length();
    }

    char peek() {
        return end() ? '\0' : text.charAt(at);
    }

    /** Goes back, or on, to where {@link #offset} was. */
    void back(int offset) {
        at = offset;
    }

    /** Takes what the pattern finds here, null for nothing. */
    Matcher match(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        at = matcher.end();
        skip();
        return matcher;
    }

    /** Takes the words if they stand here, one after the other. */
    boolean words(String... words) {
        int start = at;
        for (String word : words) {
            if (!word().equals(word)) {
                at = start;
                return false;
            }
        }
        return true;
    }

    /** Takes the sign if it stands here. */
    boolean take(String sign) {
        if (text.startsWith(sign, at)) {
            at += sign.length();
            skip();
            return true;
        }
        return false;
    }

    /** The word of letters that stands here, in lower case; empty for none. */
    String word() {
        int end = wordEnd();
        String word = text.substring(at, end).toLowerCase(Locale.ROOT);
        at = end;
        skip();
        return word;
    }

    /** Whether the word here is a capital M alone: minutes are m, and a month, a million or a megabyte is no unit here. */
    boolean isCapitalM() {
        return peek() == 'M' && wordEnd() == at + 1;
    }

    /** The word here without taking it. */
    String peekWord() {
        return text.substring(at, wordEnd()).toLowerCase(Locale.ROOT);
    }

    private int wordEnd() {
        int end = at;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Digits with at most one decimal point; NaN where none stands here. */
    double number() {
        int end = digits(at);
        if (end == at) {
            return Double.NaN;
        }
        if (end + 1 < text.length() && text.charAt(end) == '.' && digits(end + 1) > end + 1) {
            end = digits(end + 1);
        }
        if (end - at > 18) {
            return Double.NaN;
        }
        double value = Double.parseDouble(text.substring(at, end));
        at = end;
        skip();
        return value;
    }

    private int digits(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    /** What is left, shortened for a message. */
    String rest() {
        return shorten(text.substring(at));
    }

    /** The text in parentheses that stands here and ends the text; null where it isn't so. */
    String note() {
        if (peek() != '(' || text.charAt(text.stripTrailing().length() - 1) != ')') {
            return null;
        }
        String note = text.stripTrailing();
        note = note.substring(at + 1, note.length() - 1).strip();
        at = text.length();
        return note;
    }

    private void skip() {
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '\u00a0')) {
            at++;
        }
    }

    public static String shorten(String text) {
        return Lines.bounded(text, SHOWN);
    }
}
