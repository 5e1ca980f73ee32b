// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import io.jenkins.plugins.releaseguard.contract.promql.QueryToken.Type;
import java.util.List;

/** A query's tokens from left to right. */
final class QueryTokens {
    private final List<QueryToken> tokens;
    private int next;

    QueryTokens(List<QueryToken> tokens) {
        this.tokens = tokens;
    }

    QueryToken peek() {
        return tokens.get(next);
    }

    QueryToken peekSecond() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    /** The one taken before. */
    QueryToken last() {
        return tokens.get(next - 1);
    }

    /** The end is taken again and again. */
    QueryToken take() {
        QueryToken token = tokens.get(next);
        if (token.type() != Type.END) {
            next++;
        }
        return token;
    }

    /** Takes the sign if it stands here. */
    boolean take(String sign) {
        boolean here = peek().is(sign);
        if (here) {
            next++;
        }
        return here;
    }

    boolean takeWord(String word) {
        boolean here = peek().isWord(word);
        if (here) {
            next++;
        }
        return here;
    }

    QueryToken expect(String sign) throws QueryProblem {
        if (!peek().is(sign)) {
            throw unexpected("'" + sign + "'");
        }
        return take();
    }

    QueryProblem unexpected(String wanted) {
        return new QueryProblem(peek().at(), wanted + " should stand here, not " + peek().shown());
    }
}
