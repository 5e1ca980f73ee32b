// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import io.jenkins.plugins.releaseguard.contract.schema.ValuePlace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ${V}} in each place, with values that are good, odd and hostile. In the tables, {@code <NL>} and its like are the sign. */
class PlaceRuleTest {
    static String fill(ValuePlace place, String text, String value) throws SyntaxProblem {
        PlaceRule rule = PlaceRule.of(place);
        int from = text.indexOf("${V}");
        int to = from + 4;
        String filled = text.substring(0, from) + rule.slot(text, from, to).of(value) + text.substring(to);
        rule.check(filled);
        return filled;
    }

    private static String signs(String text) {
        return text == null
                ? ""
                : text.replace("<NL>", "\n")
                        .replace("<CR>", "\r")
                        .replace("<NUL>", "\0")
                        .replace("<TAB>", "\t")
                        .replace("<RLO>", "\u202e");
    }

    @ParameterizedTest(name = "{0} {1} <- {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '¬', textBlock = """
            QUERY ¦ sum(a{env="${V}"}) ¦ prod ¦ sum(a{env="prod"})
            QUERY ¦ a{env="x-${V}-y"} ¦ 1.2 ¦ a{env="x-1.2-y"}
            QUERY ¦ a{env="${V}"} ¦ x"}[$window])) * 0 # ¦ a{env="x\\"}[\\044window])) * 0 #"}
            QUERY ¦ a{env="${V}"} ¦ x\\ ¦ a{env="x\\\\"}
            QUERY ¦ a{env='${V}'} ¦ it's "it" ¦ a{env='it\\'s "it"'}
            QUERY ¦ a{env="${V}"} ¦ $track ¦ a{env="\\044track"}
            QUERY ¦ a{env="${V}"} ¦ a<NL>b<CR><NUL> ¦ a{env="a\\nb\\015\\000"}
            QUERY ¦ a{env=~"${V}|b"} ¦ .* ¦ a{env=~"\\\\.\\\\*|b"}
            QUERY ¦ a{env!~"${V}+"} ¦ ab ¦ a{env!~"(?:ab)+"}
            QUERY ¦ a{x="#", env = "${V}"} # "${ ¦ b ¦ a{x="#", env = "b"} # "${
            QUERY ¦ a{env=~"[a]${V}"} ¦ \\d ¦ a{env=~"[a]\\\\\\\\d"}
            QUERY ¦ a{env="${V}"} ¦ é😀 ¦ a{env="é😀"}
            URL ¦ https://a.example/v/${V}/x ¦ 1.2 ¦ https://a.example/v/1.2/x
            URL ¦ https://a.example/v/${V} ¦ a b?c#d&e=% ¦ https://a.example/v/a%20b%3Fc%23d%26e%3D%25
            URL ¦ https://a.example?b=${V} ¦ ../x;y&z=1#é ¦ https://a.example?b=..%2Fx%3By%26z%3D1%23%C3%A9
            URL ¦ https://a.example/v${V} ¦ .. ¦ https://a.example/v..
            PATH ¦ items/${V} ¦ PAY-1 ¦ items/PAY-1
            PATH ¦ items?id=${V}&all=1 ¦ a&all=0 ¦ items?id=a%26all%3D0&all=1
            HEADER ¦ release ${V} ¦ 1.2 "x" ¦ release 1.2 "x"
            JSON ¦ {"text": "v ${V}!"} ¦ 1.2 ¦ {"text": "v 1.2!"}
            JSON ¦ {"text": "${V}", "n": 1} ¦ a", "n": 2, "b": "\\ ¦ {"text": "a\\", \\"n\\": 2, \\"b\\": \\"\\\\", "n": 1}
            JSON ¦ ["${V}"] ¦ a<NL><NUL> ¦ ["a\\n\\u0000"]
            JSON ¦ "${V}" ¦ a ¦ "a"
            JSON ¦ {"a": "\\\\${V}"} ¦ n ¦ {"a": "\\\\n"}
            POINTER ¦ /items/${V}/state ¦ a/b~c ¦ /items/a~1b~0c/state
            FILE ¦ dist/${V}.tar.gz ¦ app-1.2 ¦ dist/app-1.2.tar.gz
            FILE ¦ ${V} ¦ dist/app.tar.gz ¦ dist/app.tar.gz
            FILE ¦ team/app#${V} ¦ 12 ¦ team/app#12
            REGEX ¦ ${V}-[0-9]+ ¦ A.B* ¦ A\\.B\\*-[0-9]+
            REGEX ¦ x${V}? ¦ ab ¦ x(?:ab)?
            ID ¦ ${V} ¦ 2026-11-01 ¦ 2026-11-01
            ID ¦ mon-${V} ¦ a.b_c ¦ mon-a.b_c
            NUMBER ¦ > ${V} for 5m ¦ 2.5% ¦ > 2.5% for 5m
            NAME ¦ v${V} ¦ 1.0 (beta), é ¦ v1.0 (beta), é
            VALUE ¦ ${V} ¦ x'; echo "$(id)<NL> ¦ x'; echo "$(id)<NL>
            PROSE ¦ It is ${V}. ¦ a<NL>b<TAB>c ¦ It is a<NL>b<TAB>c.
            """)
    void becomesAValue(ValuePlace place, String text, String value, String filled) throws SyntaxProblem {
        assertThat(fill(place, signs(text), signs(value))).isEqualTo(signs(filled));
    }

    @ParameterizedTest(name = "{0} {1} <- {2}")
    @CsvSource(delimiter = '¦', quoteCharacter = '¬', textBlock = """
            WRITTEN ¦ group:${V} ¦ x ¦ who must sign can't come from ${V}
            SHELL ¦ echo ${V} ¦ x ¦ the command has the value in its environment: write "$V"
            SHELL ¦ test -z '${V}' ¦ x ¦ a shell reads this text
            SHELL ¦ test -z "${V}" ¦ x ¦ $${V} leaves ${V} for the shell
            QUERY ¦ sum(a{env="x"}) * ${V} ¦ 1 ¦ outside a label's value
            QUERY ¦ ${V} ¦ up ¦ outside a label's value
            QUERY ¦ a{${V}="x"} ¦ env ¦ outside a label's value
            QUERY ¦ a{env=${V}} ¦ "x" ¦ outside a label's value
            QUERY ¦ a_${V}{env="x"} ¦ total ¦ outside a label's value
            QUERY ¦ a{env="x"}[${V}] ¦ 5m ¦ outside a label's value
            QUERY ¦ label_replace(a, "x", "${V}", "", "") ¦ y ¦ outside a label's value
            QUERY ¦ {"${V}", env="x"} ¦ y ¦ outside a label's value
            QUERY ¦ a{env="x"} # {env="${V}"} ¦ y ¦ outside a label's value
            QUERY ¦ a{env="x} # ${V} ¦ y ¦ outside a label's value
            QUERY ¦ a{env="${V} ¦ y ¦ outside a label's value
            QUERY ¦ a{env="x\\${V}"} ¦ y ¦ escape
            QUERY ¦ a{env="\\x4${V}"} ¦ 1 ¦ escape
            QUERY ¦ a{env=`${V}`} ¦ y ¦ in backticks nothing can be escaped
            QUERY ¦ a{env="${V}"} ¦ ¬¬ ¦ is empty
            QUERY ¦ a{env=~"\\\\${V}"} ¦ d ¦ behind a \\
            QUERY ¦ a{env=~"[${V}]"} ¦ a-z ¦ in a [set]
            QUERY ¦ a{env=~"[]${V}]"} ¦ a-z ¦ in a [set]
            QUERY ¦ a{env=~"b{1,${V}}"} ¦ 9 ¦ in a {count}
            QUERY ¦ a{env=~"(?${V}:b)"} ¦ i ¦ head of a group
            URL ¦ ${V} ¦ https://a.example/ ¦ which host is called
            URL ¦ ${V}://a.example/ ¦ https ¦ which host is called
            URL ¦ https://${V}/x ¦ a.example ¦ which host is called
            URL ¦ https://a.example${V}/x ¦ .evil.example ¦ which host is called
            URL ¦ https://a.example:${V}/x ¦ 80 ¦ which host is called
            URL ¦ https://u:${V}@a.example/x ¦ p ¦ which host is called
            URL ¦ https://a.example\\${V}/x ¦ p ¦ which host is called
            URL ¦ https://a.example/${V}/x ¦ a/b ¦ not one segment
            URL ¦ https://a.example/${V} ¦ a\\b ¦ not one segment
            URL ¦ https://a.example/${V} ¦ a;b ¦ not one segment
            URL ¦ https://a.example/${V} ¦ a<NL> ¦ not one segment
            URL ¦ https://a.example/${V}/b ¦ ¬¬ ¦ is empty
            URL ¦ https://a.example/${V}/b ¦ .. ¦ a segment of dots
            URL ¦ https://a.example/.${V}/b ¦ . ¦ a segment of dots
            URL ¦ https://a.example/${V}/b ¦ %2e%2e ¦ a segment of dots
            URL ¦ https://a.example/${V}/b ¦ a%2fb ¦ an encoded slash
            URL ¦ https://a.example/%2${V}/b ¦ e ¦ the % before it
            PATH ¦ ${V} ¦ ../admin ¦ not one segment
            PATH ¦ items/${V} ¦ . ¦ a segment of dots
            HEADER ¦ ${V} ¦ a<CR><NL>Host: b ¦ line break
            HEADER ¦ ${V} ¦ a<NL>b ¦ line break
            HEADER ¦ ${V} ¦ a<NUL> ¦ line break
            HEADER ¦ ${V} ¦ é ¦ not ASCII
            JSON ¦ {"a": ${V}} ¦ 1 ¦ outside a string
            JSON ¦ {"${V}": 1} ¦ a ¦ outside a string
            JSON ¦ a=${V} ¦ 1 ¦ outside a string
            JSON ¦ ${V} ¦ {} ¦ outside a string
            JSON ¦ {"a": "\\${V}"} ¦ n ¦ outside a string
            JSON ¦ {"a": "\\u00${V}"} ¦ 22 ¦ outside a string
            JSON ¦ {"a": "x"} "${V}" ¦ b ¦ outside a string
            JSON ¦ {"a": "${V}} ¦ b ¦ outside a string
            POINTER ¦ /${V} ¦ a<NL> ¦ one line
            FILE ¦ dist/${V}.tgz ¦ ../../x ¦ holds a slash
            FILE ¦ dist/${V} ¦ a/b ¦ holds a slash
            FILE ¦ dist/${V} ¦ .. ¦ name of dots
            FILE ¦ ${V} ¦ a/../../b ¦ name of dots
            FILE ¦ ${V} ¦ /etc/passwd ¦ begins at the root
            FILE ¦ ${V} ¦ C:/x ¦ begins at the root
            FILE ¦ ${V} ¦ **/*.xml ¦ sign of patterns
            FILE ¦ ${V} ¦ ¬¬ ¦ is empty
            FILE ¦ a${V} ¦ a\\b ¦ sign of patterns
            REGEX ¦ [${V}] ¦ a ¦ in a [set]
            REGEX ¦ \\${V} ¦ d ¦ behind a \\
            ID ¦ ${V} ¦ a b ¦ is no word
            ID ¦ ${V} ¦ EPIC-1..EPIC-9 ¦ is no word
            ID ¦ ${V} ¦ a,b ¦ is no word
            ID ¦ ${V} ¦ -rf ¦ is no word
            NUMBER ¦ > ${V} ¦ 99% for 9h ¦ is no number
            NUMBER ¦ > ${V} ¦ baseline ¦ is no number
            NAME ¦ ${V} ¦ a<NL>b ¦ one line
            NAME ¦ ${V} ¦ a<RLO>b ¦ one line
            VALUE ¦ ${V} ¦ a<NUL>b ¦ NUL
            PROSE ¦ ${V} ¦ a<NUL>b ¦ control characters
            """)
    void isRefused(ValuePlace place, String text, String value, String said) {
        assertThatThrownBy(() -> fill(place, signs(text), signs(value)))
                .isInstanceOfSatisfying(
                        SyntaxProblem.class,
                        e -> assertThat(e.getMessage() + " -> "
                                        + e.at(PlaceRule.of(place).rule(), START)
                                                .fix())
                                .contains(said));
    }

    private static final Position START = new Position("release.yaml", 1, 1);
}
