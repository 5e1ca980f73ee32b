// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.testing.HostileTexts;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** T11: one function an output. */
class ShownTest {
    static java.util.List<String> hostile() {
        return HostileTexts.all();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nothingSteersHidesOrTellsAPassword(String text) {
        assertThat(HostileTexts.forbidden(Shown.line(text))).isEmpty();
        assertThat(Shown.line(text)).doesNotContain("\n");
        assertThat(HostileTexts.forbidden(Shown.lines(text))).isEmpty();
        assertThat(HostileTexts.forbidden(Shown.chat(text))).isEmpty();
        assertThat(HostileTexts.forbidden(Shown.markdown(text))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void nobodyIsCalledAndNothingLinked(String text) {
        String outside = Shown.markdownStart(text).replaceAll("(?<!\\\\)`[^`]*`", "");
        assertThat(outside)
                .doesNotContainPattern("(?<!\\w)@[A-Za-z0-9]")
                .doesNotContainPattern("#[0-9]")
                .doesNotContainPattern("(?<!\\w)(GH-|!)[0-9]")
                .doesNotContain("<", ">")
                .doesNotContainPattern("(?<!\\\\)[*_~|\\[\\]$]")
                .doesNotContainPattern("^(#|-|\\+|=|[0-9]+[.)])");
        assertThat(Shown.chat(text)).doesNotContainPattern("<[!@#A-Za-z/]").doesNotContainPattern("(?<!\\w)@\\w");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void jsonSaysTheSameToAProgram(String text) throws IOException {
        ObjectMapper json = new ObjectMapper();
        String document = json.writeValueAsString(Map.of("text", text));
        String shown = Shown.json(document);
        assertThat(HostileTexts.forbidden(shown.replace("s3cret", ""))).isEmpty();
        assertThat(json.readTree(shown)).isEqualTo(json.readTree(document));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            value = {
                "p95 142 ms, error rate 0.02 % (limit < 1 %); p95 142 ms, error rate 0.02 % (limit < 1 %)",
                "see https://ci.example.com/job/x/41/; see https://ci.example.com/job/x/41/",
                "https://ada:pw@example.com/a@b; https://***@example.com/a@b",
                "mail ada@example.com; mail ada@example.com",
                "Grüße, 世界; Grüße, 世界",
                "'  indented   columns'; '  indented   columns'",
            })
    void whatIsHarmlessStaysAsItIs(String text, String shown) {
        assertThat(Shown.line(text)).isEqualTo(shown);
    }

    /** Emoji and scripts that need joiners keep them. */
    @Test
    void joinersStayWhereTheyJoin() {
        String family = "\uD83D\uDC68\u200D\uD83D\uDC69";
        assertThat(Shown.line(family)).isEqualTo(family);
        assertThat(Shown.line("\u0646\u200C\u0645")).isEqualTo("\u0646\u200C\u0645");
        assertThat(Shown.line("a\u200Db")).isEqualTo("a\uFFFDb");
        assertThat(Shown.line(null)).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = " => ",
            value = {
                "signed by @ada => signed by `@ada`",
                "shop/checkout/main#41 => `shop/checkout/main#41`",
                "5 < 6 & x_y => 5 &lt; 6 &amp; x\\_y",
                "mail ada@example.com => mail ada@example.com",
                "a `@ada` => a \\``@ada`\\`",
            })
    void markdownShowsTheTextItself(String text, String shown) {
        assertThat(Shown.markdown(text)).isEqualTo(shown);
    }

    @Test
    void aChatCallsNobody() {
        assertThat(Shown.chat("@here look <!channel> < 5 %\nask ada@x.org"))
                .isEqualTo("@ here look < !channel> < 5 %\nask ada@x.org");
    }
}
