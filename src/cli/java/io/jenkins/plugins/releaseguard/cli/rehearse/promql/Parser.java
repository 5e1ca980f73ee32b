// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Lexer.Kind;
import io.jenkins.plugins.releaseguard.cli.rehearse.promql.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the subset of PromQL that a canary's queries need; what isn't in it is an error, never a guess. */
final class Parser {
    private static final Set<String> AGGREGATIONS = Set.of("sum", "min", "max", "avg", "count");
    private static final int DEPTH = 64;

    private final List<Token> tokens;
    private int next;
    private int depth;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Expr parse(String text) throws PromqlException {
        try {
            Parser parser = new Parser(Lexer.tokens(text));
            Expr expr = parser.either();
            if (parser.peek().kind() != Kind.END) {
                throw parser.unexpected("in expression");
            }
            return expr;
        } catch (ArithmeticException | NumberFormatException e) {
            throw PromqlException.parse(0, "number out of range");
        }
    }

    private Expr either() throws PromqlException {
        if (++depth > DEPTH) {
            throw PromqlException.parse(peek().at(), "nested too deeply");
        }
        Expr left = sum();
        while (peek().kind() == Kind.NAME && peek().text().equals("or")) {
            take();
            left = new Expr.Binary("or", left, sum());
        }
        depth--;
        return left;
    }

    private Expr sum() throws PromqlException {
        Expr left = product();
        while (peek().is("+") || peek().is("-")) {
            left = new Expr.Binary(take().text(), left, product());
        }
        return left;
    }

    private Expr product() throws PromqlException {
        Expr left = unary();
        while (peek().is("*") || peek().is("/")) {
            left = new Expr.Binary(take().text(), left, unary());
        }
        return left;
    }

    private Expr unary() throws PromqlException {
        boolean negative = false;
        while (peek().is("-") || peek().is("+")) {
            negative ^= take().is("-");
        }
        Expr expr = modifiers(primary());
        return negative ? new Expr.Negative(expr) : expr;
    }

    private Expr primary() throws PromqlException {
        Token token = peek();
        if (token.is("(")) {
            take();
            Expr expr = either();
            expect(")");
            return expr;
        }
        if (token.kind() == Kind.NUMBER) {
            take();
            return new Expr.Number(
                    token.text().startsWith("0x")
                            ? Long.decode(token.text()).doubleValue()
                            : Double.parseDouble(token.text()));
        }
        if (token.is("{")) {
            return selector("");
        }
        if (token.kind() != Kind.NAME) {
            throw unexpected("in expression");
        }
        take();
        String lower = token.text().toLowerCase(Locale.ROOT);
        if (lower.equals("nan") || lower.equals("inf")) {
            return new Expr.Number(lower.equals("inf") ? Double.POSITIVE_INFINITY : Double.NaN);
        }
        if (AGGREGATIONS.contains(token.text()) && (peek().is("(") || isGrouping(peek()))) {
            return aggregate(token.text());
        }
        if (peek().is("(")) {
            take();
            return new Expr.Call(token.text(), arguments(")"));
        }
        return selector(token.text());
    }

    private Expr aggregate(String operator) throws PromqlException {
        boolean without = false;
        List<String> labels = List.of();
        boolean grouped = isGrouping(peek());
        if (grouped) {
            without = take().text().equals("without");
            labels = labels();
        }
        expect("(");
        Expr of = either();
        expect(")");
        if (!grouped && isGrouping(peek())) {
            without = take().text().equals("without");
            labels = labels();
        }
        return new Expr.Aggregate(operator, without, labels, of);
    }

    private static boolean isGrouping(Token token) {
        return token.kind() == Kind.NAME
                && (token.text().equals("by") || token.text().equals("without"));
    }

    private List<String> labels() throws PromqlException {
        expect("(");
        List<String> labels = new ArrayList<>();
        while (!peek().is(")")) {
            labels.add(expect(Kind.NAME, "label").text());
            if (!peek().is(")")) {
                expect(",");
            }
        }
        take();
        return labels;
    }

    private List<Expr> arguments(String end) throws PromqlException {
        List<Expr> arguments = new ArrayList<>();
        while (!peek().is(end)) {
            arguments.add(either());
            if (!peek().is(end)) {
                expect(",");
            }
        }
        take();
        return arguments;
    }

    private Expr selector(String name) throws PromqlException {
        List<Expr.Matcher> matchers = new ArrayList<>();
        if (peek().is("{")) {
            take();
            while (!peek().is("}")) {
                matchers.add(matcher());
                if (!peek().is("}")) {
                    expect(",");
                }
            }
            take();
        }
        return new Expr.Selector(name, matchers, 0, 0, null);
    }

    private Expr.Matcher matcher() throws PromqlException {
        String label = expect(Kind.NAME, "label").text();
        Token sign = take();
        boolean wanted = sign.is("=") || sign.is("=~");
        if (!wanted && !sign.is("!=") && !sign.is("!~")) {
            throw PromqlException.parse(
                    sign.at(), "unexpected " + sign + " in label matching, expected one of =, !=, =~, !~");
        }
        Token value = expect(Kind.STRING, "string");
        try {
            Pattern pattern = sign.text().endsWith("~") ? Pattern.compile(value.text()) : null;
            return new Expr.Matcher(label, wanted, value.text(), pattern);
        } catch (PatternSyntaxException e) {
            throw PromqlException.parse(value.at(), "error parsing regexp: " + e.getDescription());
        }
    }

    /** {@code [5m]}, {@code offset 1h} and {@code @ 1700000000} after a selector. */
    private Expr modifiers(Expr expr) throws PromqlException {
        Expr result = expr;
        while (true) {
            Token token = peek();
            boolean offset = token.kind() == Kind.NAME && token.text().equals("offset");
            if (!offset && !token.is("[") && !token.is("@")) {
                return result;
            }
            if (!(result instanceof Expr.Selector s)) {
                throw PromqlException.parse(token.at(), token + " is only supported after a selector");
            }
            take();
            if (offset) {
                int sign = peek().is("-") ? -1 : 1;
                if (sign < 0) {
                    take();
                }
                long by = Lexer.millis(expect(Kind.DURATION, "duration").text());
                result = new Expr.Selector(s.name(), s.matchers(), s.range(), sign * by, s.at());
            } else if (token.is("@")) {
                double seconds =
                        Double.parseDouble(expect(Kind.NUMBER, "timestamp").text());
                result = new Expr.Selector(s.name(), s.matchers(), s.range(), s.offset(), Math.round(seconds * 1000));
            } else {
                long range = Lexer.millis(expect(Kind.DURATION, "duration").text());
                if (range == 0) {
                    throw PromqlException.parse(token.at(), "duration must be greater than 0");
                }
                expect("]");
                result = new Expr.Selector(s.name(), s.matchers(), range, s.offset(), s.at());
            }
        }
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    private void expect(String sign) throws PromqlException {
        if (!peek().is(sign)) {
            throw unexpected("expected \"" + sign + '"');
        }
        take();
    }

    private Token expect(Kind kind, String what) throws PromqlException {
        if (peek().kind() != kind) {
            throw unexpected("expected " + what);
        }
        return take();
    }

    private PromqlException unexpected(String where) {
        return PromqlException.parse(peek().at(), "unexpected " + peek() + " " + where);
    }
}
