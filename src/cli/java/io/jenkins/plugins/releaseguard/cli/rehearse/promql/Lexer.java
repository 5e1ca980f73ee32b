// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits an expression into tokens. */
final class Lexer {
    enum Kind {
        NAME,
        NUMBER,
        DURATION,
        STRING,
        SIGN,
        END
    }

    record Token(Kind kind, String text, int at) {
        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }

        @Override
        public String toString() {
            return kind == Kind.END ? "end of input" : '"' + text + '"';
        }
    }

    private static final Pattern TOKEN = Pattern.compile("(?<space>(?:\\s++|#[^\n]*+)++)"
            + "|(?<duration>(?:[0-9]++(?:ms|[smhdwy]))+)(?![a-zA-Z0-9_.])"
            + "|(?<number>0x[0-9a-fA-F]++|(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][+-]?[0-9]++)?+)(?![a-zA-Z0-9_.])"
            + "|(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)"
            + "|(?<string>\"(?:[^\"\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\n]|\\\\.)*+'|`[^`]*+`)"
            + "|(?<sign>=~|!~|!=|==|>=|<=|[-+*/%^(){}\\[\\],=<>@:])");

    private Lexer() {}

    static List<Token> tokens(String text) throws PromqlException {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.region(at, text.length()).lookingAt()) {
                throw PromqlException.parse(at, "unexpected character: '" + text.charAt(at) + "'");
            }
            Kind kind = kind(matcher);
            if (kind != null) {
                String token = matcher.group();
                tokens.add(new Token(kind, kind == Kind.STRING ? unquote(token, at) : token, at));
            }
            at = matcher.end();
        }
        tokens.add(new Token(Kind.END, "", at));
        return tokens;
    }

    /** The length of a duration such as {@code 1h30m} in milliseconds. */
    static long millis(String duration) {
        long millis = 0;
        Matcher part = Pattern.compile("([0-9]+)(ms|[smhdwy])").matcher(duration);
        while (part.find()) {
            long unit =
                    switch (part.group(2)) {
                        case "ms" -> 1L;
                        case "s" -> 1_000L;
                        case "m" -> 60_000L;
                        case "h" -> 3_600_000L;
                        case "d" -> 86_400_000L;
                        case "w" -> 7 * 86_400_000L;
                        default -> 365 * 86_400_000L;
                    };
            millis = Math.addExact(millis, Math.multiplyExact(Long.parseLong(part.group(1)), unit));
        }
        return millis;
    }

    private static Kind kind(Matcher matcher) {
        if (matcher.group("space") != null) {
            return null;
        }
        if (matcher.group("duration") != null) {
            return Kind.DURATION;
        }
        if (matcher.group("number") != null) {
            return Kind.NUMBER;
        }
        if (matcher.group("name") != null) {
            return Kind.NAME;
        }
        return matcher.group("string") != null ? Kind.STRING : Kind.SIGN;
    }

    private static String unquote(String token, int at) throws PromqlException {
        String inside = token.substring(1, token.length() - 1);
        if (token.charAt(0) == '`') {
            return inside;
        }
        try {
            return inside.translateEscapes();
        } catch (IllegalArgumentException e) {
            throw PromqlException.parse(at, "invalid escape sequence in string");
        }
    }
}
