// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.promql;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.fill.PlaceRule;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import io.jenkins.plugins.releaseguard.contract.schema.ValuePlace;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A query keeps its shape whatever is filled in: read again, it is the same tokens but for the one label's value. */
class FilledQueryTest {
    private static final String QUERY =
            "sum(increase(http_requests_total{code=~\"5..\",env=\"<${V}>\",track=\"$track\"}[1m])) / 2";

    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> signs = Arbitraries.of(
                "\"",
                "'",
                "`",
                "\\",
                "\n",
                "\r",
                "\0",
                "{",
                "}",
                "[",
                "]",
                "(",
                ")",
                "#",
                "$",
                "$track",
                "$window",
                "*",
                ",",
                "=",
                "~",
                " ",
                "a",
                "0",
                "x41",
                "é",
                "+",
                "or vector(0)",
                "\"}",
                ".*",
                "|",
                "\\E",
                "\\Q");
        return Arbitraries.oneOf(
                signs.list().ofMinSize(1).ofMaxSize(8).map(l -> String.join("", l)),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(12));
    }

    private static String filled(String query, String value) throws SyntaxProblem {
        int from = query.indexOf("${V}");
        return query.substring(0, from)
                + PlaceRule.of(ValuePlace.QUERY).slot(query, from, from + 4).of(value)
                + query.substring(from + 4);
    }

    @Property
    void keepsItsShape(@ForAll("values") String value) throws SyntaxProblem, PromqlException {
        for (String query : List.of(QUERY, QUERY.replace("\"<${V}>\"", "'<${V}>'"))) {
            // as the source does at each look
            List<Lexer.Token> before = Lexer.tokens(
                    query.replace("${V}", "v").replace("$track", "canary").replace("$window", "5s"));
            List<Lexer.Token> after = Lexer.tokens(
                    filled(query, value).replace("$track", "canary").replace("$window", "5s"));

            assertThat(after).hasSameSizeAs(before);
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i).kind()).isEqualTo(before.get(i).kind());
                String text = before.get(i).text();
                assertThat(after.get(i).text()).isEqualTo(text.equals("<v>") ? "<" + value + ">" : text);
            }
        }
    }

    @Property
    void inARegularExpressionTheValueMeansItself(@ForAll("values") String value) throws SyntaxProblem, PromqlException {
        String sound = value.replaceAll("[\\ud800-\\udfff]", "a");
        String query = filled("a{env=~\"(x|<${V}>)\"}", sound);
        Expr.Selector selector = (Expr.Selector) Parser.parse(query);
        Expr.Matcher matcher = selector.matchers().get(0);

        assertThat(selector.matchers()).hasSize(1);
        assertThat(matcher.matches(java.util.Map.of("env", "<" + sound + ">"))).isTrue();
        assertThat(matcher.matches(java.util.Map.of("env", "x"))).isTrue();
        assertThat(matcher.matches(java.util.Map.of("env", "<" + sound + sound + ">")))
                .isFalse();
    }

    @Example
    void theQueryOfTheFaultStaysWhatItIs() throws SyntaxProblem, PromqlException {
        String filled = filled("sum(increase(a{env=\"${V}\"}[1m])) / 2", "x\"}[$window])) * 0 #");
        assertThat(Parser.parse(filled)).isInstanceOf(Expr.Binary.class);
        assertThat(filled).doesNotContain("$window").endsWith("[1m])) / 2");
    }
}
