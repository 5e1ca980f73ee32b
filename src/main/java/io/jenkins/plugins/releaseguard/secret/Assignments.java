// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import java.util.Locale;

/**
 * Values behind names: {@code DB_PASSWORD=…} of environments, {@code password: …} of YAML, JSON and HCL, {@code ?api_key=…} of queries,
 * headers, {@code <password>…</password>}, and {@code name: DB_PASSWORD} with {@code value: …} after it.
 */
final class Assignments {
    private static final String NAMED = "the value of a key that is named like a secret";
    private static final String HEADER = "an Authorization header";
    private static final String LOGIN = "a registry's login in Base64";
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_VALUE = 4096;
    private static final int MOST_SPACES = 16;
    private static final int NEAR = 160;

    private Assignments() {}

    static void scan(String text, SecretSpans out) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '=' || c == ':' || c == '>') {
                int[] name = nameBefore(text, at, c);
                if (name != null) {
                    assigned(text, name, at, c, out);
                }
            }
        }
    }

    /** Where the name before a separator begins and ends; null where none stands there. */
    private static int[] nameBefore(String text, int separator, char c) {
        int end = separator;
        if (end > 0 && c == '=' && "=!<>~+|".indexOf(text.charAt(end - 1)) >= 0) {
            return null;
        }
        if (end > 0 && text.charAt(end - 1) == (c == '=' ? ':' : '\0')) {
            end--;
        }
        for (int i = 0; i < MOST_SPACES && end > 0 && text.charAt(end - 1) == ' ' && c != '>'; i++) {
            end--;
        }
        for (int i = 0; i < 2 && end > 0 && "\"'`\\]".indexOf(text.charAt(end - 1)) >= 0 && c != '>'; i++) {
            end--;
        }
        int start = end;
        while (start > 0 && end - start < LONGEST_NAME && isName(text.charAt(start - 1))) {
            start--;
        }
        boolean element = start > 0 && text.charAt(start - 1) == '<';
        return start == end || c == '>' && !element ? null : new int[] {start, end};
    }

    private static boolean isName(char c) {
        return Alphabet.WORD.has(c) || c == '.';
    }

    private static void assigned(String text, int[] name, int separator, char c, SecretSpans out) {
        String key = text.substring(name[0], name[1]);
        int from = valueFrom(text, separator + 1, c);
        if (from >= text.length()) {
            return;
        }
        if (key.toLowerCase(Locale.ROOT).endsWith("authorization")) {
            authorization(text, from, out);
            return;
        }
        SecretName kind = SecretName.of(key.equalsIgnoreCase("value") ? nameNear(text, name[0]) : key);
        int end = valueEnd(text, from, c);
        int start = end > 0 && isQuote(text, from) ? quoteEnd(text, from) : from;
        if (end <= start) {
            return;
        }
        String value = text.substring(start, end);
        if (key.equalsIgnoreCase("auth") || key.equals("_auth") || key.equals(".auth")) {
            if (SecretValue.isBasic(value)) {
                out.add(LOGIN, true, start, end);
            }
            return;
        }
        if (kind == SecretName.NONE || kind == SecretName.LONG_TOKEN && key.length() < 4 && !isQuery(text, name[0])) {
            return;
        }
        int weight = SecretValue.weigh(kind, value, c);
        boolean prose = c == ':' && start == from && isProse(text, end);
        if (weight == SecretValue.CERTAIN && prose ? isMachineMade(value) : weight > SecretValue.NO && !prose) {
            out.add(NAMED, weight == SecretValue.CERTAIN, start, end);
        }
    }

    private static boolean isQuery(String text, int name) {
        return name > 0 && "?&;".indexOf(text.charAt(name - 1)) >= 0;
    }

    /** Amid words only what no word could be. */
    private static boolean isMachineMade(String value) {
        return SecretValue.weigh(SecretName.TOKEN, value, ':') == SecretValue.CERTAIN;
    }

    /** Past the separator, its second half and spaces. */
    private static int valueFrom(String text, int after, char c) {
        int at = after;
        if (c == '=' && at < text.length() && (text.charAt(at) == '>' || text.charAt(at) == '=')) {
            // a comparison has no value; "=>" has
            if (text.charAt(at) == '=') {
                return text.length();
            }
            at++;
        } else if (c == ':' && at < text.length() && text.charAt(at) == '=') {
            return text.length();
        }
        for (int i = 0;
                i < MOST_SPACES && at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t');
                i++) {
            at++;
        }
        return at;
    }

    private static boolean isQuote(String text, int at) {
        char c = text.charAt(at);
        return c == '"' || c == '\'' || c == '`' || c == '\\' && at + 1 < text.length() && text.charAt(at + 1) == '"';
    }

    private static int quoteEnd(String text, int at) {
        return text.charAt(at) == '\\' ? at + 2 : at + 1;
    }

    /** Where a value ends: at its quote, else before what ends a word of a shell, a query, YAML or JSON; 0 for a quote that is never closed. */
    private static int valueEnd(String text, int from, char separator) {
        int last = Math.min(text.length(), from + LONGEST_VALUE);
        if (isQuote(text, from)) {
            boolean escaped = text.charAt(from) == '\\';
            char quote = escaped ? '"' : text.charAt(from);
            for (int at = quoteEnd(text, from); at < last && text.charAt(at) != '\n'; at++) {
                char c = text.charAt(at);
                if (c == '\\' && !escaped) {
                    at++;
                } else if (c == quote) {
                    return escaped ? at - 1 : at;
                }
            }
            return 0;
        }
        int end = from;
        while (end < last && isInside(text.charAt(end), separator)) {
            end++;
        }
        while (end > from && ".,;)".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static boolean isInside(char c, char separator) {
        return c > ' ' && "\"'`<>,;&".indexOf(c) < 0 && (separator != ':' || c != '}' && c != ']');
    }

    /** Whether more words follow on the line, as they do in a sentence. */
    private static boolean isProse(String text, int end) {
        int at = end;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t') && at - end < MOST_SPACES) {
            at++;
        }
        return at > end
                && at < text.length()
                && text.charAt(at) != '\n'
                && text.charAt(at) != '\r'
                && "#}])\\".indexOf(text.charAt(at)) < 0;
    }

    /** The name that a list of names with values gives before the value. */
    private static String nameNear(String text, int value) {
        String before = text.substring(Math.max(0, value - NEAR), value);
        int other = before.toLowerCase(Locale.ROOT).lastIndexOf("value");
        int at = Math.max(lastWord(before, "name"), lastWord(before, "key"));
        if (at < 0 || other > at) {
            return "";
        }
        int from = at;
        while (from < before.length() && "\"'\\:= ".indexOf(before.charAt(from)) >= 0) {
            from++;
        }
        int end = from;
        while (end < before.length() && isName(before.charAt(end))) {
            end++;
        }
        return before.substring(from, end);
    }

    /** After the last place where a word stands as a key. */
    private static int lastWord(String text, String word) {
        for (int at = text.length(); (at = text.lastIndexOf(word, at - 1)) >= 0; ) {
            int end = at + word.length();
            boolean whole = (at == 0 || !isName(text.charAt(at - 1)))
                    && end < text.length()
                    && "\"'\\:=".indexOf(text.charAt(end)) >= 0;
            if (whole) {
                return end;
            }
        }
        return -1;
    }

    private static void authorization(String text, int value, SecretSpans out) {
        int from = isQuote(text, value) ? quoteEnd(text, value) : value;
        int space = from;
        while (space < text.length() && Alphabet.WORD.has(text.charAt(space)) && space - from < MOST_SPACES) {
            space++;
        }
        boolean scheme = space > from && space < text.length() && text.charAt(space) == ' ';
        String name = scheme ? text.substring(from, space).toLowerCase(Locale.ROOT) : "";
        int start = scheme ? space + 1 : from;
        int end = start;
        while (end < text.length() && end - start < LONGEST_VALUE && isOfHeader(text.charAt(end))) {
            end++;
        }
        if (end == start) {
            return;
        }
        String token = text.substring(start, end);
        boolean secret = name.equals("basic")
                ? SecretValue.isBasic(token)
                : SecretValue.weigh(SecretName.TOKEN, token, '=') > SecretValue.NO;
        if (secret) {
            out.add(HEADER, true, start, end);
        }
    }

    private static boolean isOfHeader(char c) {
        return Alphabet.LOOSE.has(c) || "+/~:$<{".indexOf(c) >= 0;
    }
}
