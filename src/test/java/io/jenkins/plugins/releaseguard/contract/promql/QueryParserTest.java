// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Aggregate;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Binary;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Minus;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Range;
import io.jenkins.plugins.releaseguard.contract.promql.QueryNode.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParserTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "x",
                "up",
                "job:x:rate5m{a=\"b\"}",
                "x_$track{t='$track',}",
                "{__name__=~\"a|b\", track=\"$track\"}",
                "{\"a metric.with dots\", \"a label\"=\"b\"}",
                "sum(rate(x[5m]))",
                "SUM by (a, b) (rate(x[1h30m]))",
                "sum(rate(x[$window])) by ()",
                "sum without (le,) (x)",
                "x offset 5m",
                "x offset -1w",
                "rate(x[5m] offset 5m)",
                "rate(x[5m] @ end())",
                "x @ 1609746000.5",
                "max_over_time(rate(x[1m])[10m:30s] offset 1m)",
                "max_over_time(x[10m:])",
                "a / on (job) group_left (version) b",
                "a * ignoring (x) group_right b",
                "a > bool 3 and b unless c or vector(0)",
                "-1 ^ 2 % 3 atan2 x",
                "0x1F + 1e-3 + .5 + 1_000 + Inf - NaN",
                "histogram_quantile(0.99, sum by (le) (rate(x_bucket[$window])))",
                "topk(3, x) and quantile(0.5, y)",
                "count_values(\"version\", build_info)",
                "label_replace(x, \"a\", \"$1\", \"b\", \"(.*)\")",
                "sum(increase(x[$window])) # of all \" (",
                "sum(\n  rate(x{a=`\\d\"`}[5m])\n)\n",
                "rate(x[300])",
                "sum",
                "avg{a=\"b\"}"
            })
    void whatPrometheusReadsIsRead(String query) {
        assertThatCode(() -> QueryParser.parse(query)).doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~|0|not the end",
                "sum(rate(x[5m])|15|',' should stand here, not the end",
                "sum(rate(x[5m])))|16|an operator or the end",
                "x{a=b}|4|a label's value in quotes",
                "x{a}|3|=, !=, =~ or !~",
                "x{a==\"b\"}|3|=, !=",
                "x{a=\"b}|4|has no end",
                "x{a=\"b\" c=\"d\"}|8|',' should stand here",
                "{}|0|without a name or a label",
                "a +|3|a metric, a function or a number",
                "a ! b|2|is no PromQL",
                "sum(x)[5m]|6|a subquery, [5m:]",
                "sum(x) offset 5m|7|behind a selector",
                "rate(x[five])|7|a duration",
                "rate(x[$window)|14|']' should stand here",
                "sum()|0|one argument",
                "topk(x)|0|a parameter",
                "x * $window|4|can't be reckoned with",
                "x @ now|4|start() or end()",
                "select count(*) from t|7|an operator or the end"
            })
    void whatItDoesNotReadIsAnErrorAtItsPlace(String query, int offset, String message) {
        assertThatThrownBy(() -> QueryParser.parse(query))
                .isInstanceOf(QueryProblem.class)
                .hasMessageContaining(message)
                .extracting(e -> ((QueryProblem) e).offset())
                .isEqualTo(offset);
    }

    /** Each token is read once, and no depth of brackets fills the stack. */
    @Test
    void hostileTextIsRefusedSoon() {
        for (String text : List.of(
                "(".repeat(4000),
                "sum(".repeat(1000),
                "-".repeat(3999),
                "a^".repeat(1999),
                "x{" + "a=\"\\\"\",".repeat(490),
                "x" + "[5m:]".repeat(800) + "!",
                "1".repeat(3999) + "$",
                "9".repeat(3000) + "ms9ms9",
                "x".repeat(4001))) {
            assertThatThrownBy(() -> QueryParser.parse(text))
                    .as(text.substring(0, 10))
                    .isInstanceOf(QueryProblem.class);
        }
    }

    @Test
    void operatorsBindAsInPrometheus() throws Exception {
        Binary or = (Binary) QueryParser.parse("a or b and c == d + e * f ^ g");
        assertThat(or.operator()).isEqualTo("or");
        Binary and = (Binary) or.right();
        assertThat(and.operator()).isEqualTo("and");
        Binary equal = (Binary) and.right();
        assertThat(((Binary) equal.right()).operator()).isEqualTo("+");
        Binary minus = (Binary) QueryParser.parse("a - b - c");
        assertThat(((Selector) minus.right()).name()).isEqualTo("c");
        Binary power = (Binary) QueryParser.parse("a ^ b ^ c");
        assertThat(((Selector) power.left()).name()).isEqualTo("a");
        assertThat(QueryParser.parse("-a ^ b")).isInstanceOf(Minus.class);
    }

    @Test
    void placesAreOffsetsInTheText() throws Exception {
        String text = "sum by (le) (rate( x{a=\"b\"} [5m] offset 1m ))";
        Aggregate sum = (Aggregate) QueryParser.parse(text);
        Range range = (Range) ((QueryNode.Call) sum.of()).argument(0);
        Selector x = (Selector) range.of();
        assertThat(text.substring(x.at(), x.close())).isEqualTo("x{a=\"b\"}");
        assertThat(text.substring(range.at(), range.end())).isEqualTo("x{a=\"b\"} [5m] offset 1m");
        assertThat(sum.end()).isEqualTo(text.length());
        assertThat(range.shift().offset()).isEqualTo("1m");
    }
}
