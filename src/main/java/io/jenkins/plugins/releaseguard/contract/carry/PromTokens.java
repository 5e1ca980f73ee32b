// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A PromQL expression as tokens, just enough to see its operators, calls, selectors and ranges. */
final class PromTokens {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s+|#[^\\n]*|\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'|`[^`]*+`|\\$\\{\\w++\\}|\\[[^\\]]*+\\]"
                    + "|(?<open>[\"'`\\[].*+)|[A-Za-z_:\\$][\\w:]*+|[0-9.][\\w.]*+|=~|!~|!=|==|>=|<=|.",
            Pattern.DOTALL);
    private static final Set<String> WORDS = Set.of(
            "by",
            "without",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "bool",
            "or",
            "and",
            "unless",
            "offset",
            "inf",
            "nan",
            "sum",
            "min",
            "max",
            "avg",
            "group",
            "stddev",
            "stdvar",
            "count",
            "count_values",
            "bottomk",
            "topk",
            "quantile",
            "atan2");
    private static final Set<String> GROUPINGS = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

    record Token(String text, int start, int end) {
        boolean is(String other) {
            return text.equals(other);
        }

        boolean isWord() {
            char c = text.charAt(0);
            return Character.isLetter(c) || c == '_' || c == ':' || c == '$';
        }

        boolean isKeyword() {
            return WORDS.contains(text.toLowerCase(Locale.ROOT));
        }
    }

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private boolean open;

    PromTokens(String text) {
        this.text = text;
        Matcher m = TOKEN.matcher(text);
        while (m.find()) {
            char c = text.charAt(m.start());
            // what is never closed takes the rest: asked again for each quote in it, a long text would take its square
            open |= m.group("open") != null || c == ']';
            if (!Character.isWhitespace(c) && c != '#') {
                tokens.add(new Token(m.group(), m.start(), m.end()));
            }
        }
    }

    /** Whether every parenthesis, brace, range and string that is opened is closed. */
    boolean isWhole() {
        int depth = 0;
        for (Token token : tokens) {
            depth += step(token);
            if (depth < 0) {
                return false;
            }
        }
        return depth == 0 && !open;
    }

    List<Token> all() {
        return tokens;
    }

    private static int step(Token token) {
        return switch (token.text()) {
            case "(", "{" -> 1;
            case ")", "}" -> -1;
            default -> 0;
        };
    }

    /** The index of what closes the token at {@code open}; -1 where nothing does. */
    int closing(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += step(tokens.get(i));
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Without parentheses around the whole, as often as there are some. */
    static String bare(String text) {
        String rest = text.strip();
        for (int i = 0; i < 50; i++) {
            PromTokens t = new PromTokens(rest);
            int last = t.tokens.size() - 1;
            if (last < 1 || !t.tokens.get(0).is("(") || t.closing(0) != last) {
                return rest;
            }
            rest = rest.substring(t.tokens.get(0).end(), t.tokens.get(last).start())
                    .strip();
        }
        return rest;
    }

    /** The parts between signs that stand in no parentheses; the whole alone where there is no such sign. */
    List<String> split(String sign) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (Token token : tokens) {
            depth += step(token);
            if (depth == 0 && token.text().equalsIgnoreCase(sign)) {
                parts.add(text.substring(from, token.start()).strip());
                from = token.end();
            }
        }
        parts.add(text.substring(from).strip());
        return parts;
    }

    /** Whether one of these signs stands in no parentheses. */
    boolean has(String... signs) {
        for (String sign : signs) {
            if (split(sign).size() > 1) {
                return true;
            }
        }
        return false;
    }

    /** A series' selector: {@code name{matchers}}, from the name's or brace's first character to the end. */
    record Selector(String name, String matchers, int start, int end) {}

    List<Selector> selectors() {
        List<Selector> found = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token next = i + 1 < tokens.size() ? tokens.get(i + 1) : null;
            if (GROUPINGS.contains(token.text().toLowerCase(Locale.ROOT)) && next != null && next.is("(")) {
                i = Math.max(i, closing(i + 1));
            } else if (token.is("{")) {
                int close = closing(i);
                if (close < 0) {
                    return found;
                }
                found.add(selector("", token.start(), i, close));
                i = close;
            } else if (token.isWord() && !token.isKeyword() && (next == null || !next.is("("))) {
                int close = next != null && next.is("{") ? closing(i + 1) : -1;
                found.add(
                        close < 0
                                ? new Selector(token.text(), "", token.start(), token.end())
                                : selector(token.text(), token.start(), i + 1, close));
                i = close < 0 ? i : close;
            }
        }
        return found;
    }

    private Selector selector(String name, int start, int open, int close) {
        String matchers = text.substring(
                        tokens.get(open).end(), tokens.get(close).start())
                .strip();
        String whole = matchers.endsWith(",")
                ? matchers.substring(0, matchers.length() - 1).strip()
                : matchers;
        return new Selector(name, whole, start, tokens.get(close).end());
    }
}
