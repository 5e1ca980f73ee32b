// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.contract.promql.QueryToken.Type;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parts a query into tokens, in one pass. Comments are none. */
final class QueryLexer {
    private static final Pattern DURATION =
            Pattern.compile("(?:[0-9]++(?:ms|[smhdwy]))++(?![a-zA-Z0-9_])|\\$window(?![a-zA-Z0-9_])");
    private static final Pattern NUMBER =
            Pattern.compile("0[xX][0-9a-fA-F]++|(?:[0-9][0-9_]*+(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:$][a-zA-Z0-9_:$]*+");
    private static final List<String> SIGNS = List.of(
            "=~", "!~", "!=", "==", ">=", "<=", "(", ")", "{", "}", "[", "]", ",", "=", "+", "-", "*", "/", "%", "^",
            "<", ">", "@");
    private static final int SHOWN = 20;

    private final String text;
    private final Matcher duration;
    private final Matcher number;
    private final Matcher name;

    private QueryLexer(String text) {
        this.text = text;
        this.duration = DURATION.matcher(text);
        this.number = NUMBER.matcher(text);
        this.name = NAME.matcher(text);
    }

    static List<QueryToken> tokens(String text) throws QueryProblem {
        QueryLexer lexer = new QueryLexer(text);
        List<QueryToken> tokens = new ArrayList<>();
        int brackets = 0;
        for (int at = lexer.skip(0); at < text.length(); ) {
            QueryToken token = lexer.next(at, brackets > 0);
            brackets += token.is("[") ? 1 : token.is("]") ? -1 : 0;
            tokens.add(token);
            at = lexer.skip(token.end());
        }
        tokens.add(new QueryToken(Type.END, "", text.length(), text.length()));
        return tokens;
    }

    private int skip(int from) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int line = text.indexOf('\n', at);
                at = line < 0 ? text.length() : line;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else {
                break;
            }
        }
        return at;
    }

    private static QueryToken found(Type type, Matcher matcher) {
        return new QueryToken(type, matcher.group(), matcher.start(), matcher.end());
    }

    /** @param range inside [ ], where a colon parts range and step */
    private QueryToken next(int at, boolean range) throws QueryProblem {
        char c = text.charAt(at);
        if (c == '"' || c == '\'' || c == '`') {
            return string(at, c);
        }
        if (range && c == ':') {
            return new QueryToken(Type.SIGN, ":", at, at + 1);
        }
        if (duration.region(at, text.length()).lookingAt()) {
            return found(Type.DURATION, duration);
        }
        if (number.region(at, text.length()).lookingAt()) {
            return found(Type.NUMBER, number);
        }
        if (name.region(at, text.length()).lookingAt()) {
            return found(Type.NAME, name);
        }
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                return new QueryToken(Type.SIGN, sign, at, at + sign.length());
            }
        }
        throw new QueryProblem(
                at,
                "'" + Lines.bounded(text.substring(at, Math.min(text.length(), at + SHOWN)), SHOWN) + "' is no PromQL");
    }

    private QueryToken string(int from, char quote) throws QueryProblem {
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            if (quote != '`' && text.charAt(at) == '\n') {
                break;
            }
            at += quote != '`' && text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length() || text.charAt(at) != quote) {
            throw new QueryProblem(from, "the string that begins here has no end");
        }
        return new QueryToken(Type.STRING, text.substring(from + 1, at), from, at + 1);
    }
}
