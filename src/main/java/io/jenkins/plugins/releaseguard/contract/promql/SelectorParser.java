// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.LabelMatcher;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Range;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Selector;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Shift;
import io.jenkins.plugins.releaseguard.contract.promql.QueryToken.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Selectors, and what may stand behind one: a range, an {@code offset}, an {@code @}. */
final class SelectorParser {
    private static final Set<String> MATCHERS = Set.of("=", "!=", "=~", "!~");
    private static final String NAME = "__name__";

    private final QueryTokens in;

    SelectorParser(QueryTokens in) {
        this.in = in;
    }

    Selector selector() throws QueryProblem {
        int at = in.peek().at();
        String name = in.peek().type() == Type.NAME ? in.take().text() : "";
        List<LabelMatcher> matchers = new ArrayList<>();
        if (in.take("{")) {
            while (!in.take("}")) {
                name = matcher(name, matchers);
                if (!in.peek().is("}")) {
                    in.expect(",");
                }
            }
        }
        int end = in.last().end();
        if (name.isEmpty() && matchers.isEmpty()) {
            throw new QueryProblem(at, "a selector without a name or a label");
        }
        return new Selector(name, List.copyOf(matchers), end, Shift.NONE, at, end);
    }

    /** Returns the metric's name, which may stand in quotes among the labels, or be one's value. */
    private String matcher(String name, List<LabelMatcher> matchers) throws QueryProblem {
        QueryToken label = in.take();
        if (label.type() != Type.NAME && label.type() != Type.STRING) {
            throw new QueryProblem(label.at(), "a label's name should stand here, not " + label.shown());
        }
        if (label.type() == Type.STRING && (in.peek().is(",") || in.peek().is("}"))) {
            return label.text();
        }
        QueryToken sign = in.take();
        if (sign.type() != Type.SIGN || !MATCHERS.contains(sign.text())) {
            throw new QueryProblem(sign.at(), "=, !=, =~ or !~ should stand here, not " + sign.shown());
        }
        QueryToken value = in.take();
        if (value.type() != Type.STRING) {
            throw new QueryProblem(value.at(), "a label's value in quotes should stand here, not " + value.shown());
        }
        matchers.add(new LabelMatcher(label.text(), sign.text(), value.text()));
        return label.text().equals(NAME) && sign.is("=") ? value.text() : name;
    }

    /** The node with all that stands behind it. */
    QueryNode behind(QueryNode before) throws QueryProblem {
        QueryNode node = before;
        while (true) {
            if (in.peek().is("[")) {
                node = range(node);
            } else if (in.peek().isWord("offset")) {
                QueryToken word = in.take();
                String sign = in.take("-") ? "-" : "";
                node = shifted(node, word, new Shift(sign + span("offset"), ""));
            } else if (in.peek().is("@")) {
                QueryToken word = in.take();
                node = shifted(node, word, new Shift("", moment()));
            } else {
                return node;
            }
        }
    }

    private QueryNode range(QueryNode of) throws QueryProblem {
        QueryToken open = in.expect("[");
        String window = span("[");
        boolean subquery = in.take(":");
        if (subquery && !in.peek().is("]")) {
            span(":");
        }
        int end = in.expect("]").end();
        if (!subquery && !(of instanceof Selector)) {
            throw new QueryProblem(
                    open.at(),
                    "[" + window + "] takes a selector; of an expression write a subquery, [" + window + ":]");
        }
        return new Range(of, window, subquery, Shift.NONE, of.at(), end);
    }

    private String span(String behind) throws QueryProblem {
        QueryToken token = in.take();
        if (token.type() != Type.DURATION && token.type() != Type.NUMBER) {
            throw new QueryProblem(
                    token.at(),
                    "a duration such as $window or 5m should stand behind " + behind + ", not " + token.shown());
        }
        return token.text();
    }

    /** Empty for the end of an instant query, which is when it is asked. */
    private String moment() throws QueryProblem {
        boolean minus = in.take("-");
        QueryToken token = in.take();
        if (token.isWord("end") || token.isWord("start")) {
            in.expect("(");
            in.expect(")");
            return "";
        }
        if (token.type() != Type.NUMBER) {
            throw new QueryProblem(token.at(), "a time, start() or end() should stand behind @, not " + token.shown());
        }
        return (minus ? "-" : "") + token.text();
    }

    private QueryNode shifted(QueryNode node, QueryToken word, Shift by) throws QueryProblem {
        int end = in.last().end();
        if (node instanceof Selector s) {
            return new Selector(s.name(), s.matchers(), s.close(), and(s.shift(), by), s.at(), end);
        }
        if (node instanceof Range r) {
            return new Range(r.of(), r.window(), r.subquery(), and(r.shift(), by), r.at(), end);
        }
        throw new QueryProblem(word.at(), word.text() + " stands behind a selector or a range only");
    }

    private static Shift and(Shift a, Shift b) {
        return new Shift(a.offset() + b.offset(), a.fixed() + b.fixed());
    }
}
