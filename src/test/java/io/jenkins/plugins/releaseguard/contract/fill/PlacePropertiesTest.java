// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.re2j.Pattern;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import io.jenkins.plugins.releaseguard.contract.schema.ValuePlace;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import okhttp3.Headers;
import okhttp3.HttpUrl;

/** Whatever the value is, it stays a value: it is refused, or what was around it means what it meant. */
class PlacePropertiesTest {
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
                "\t",
                "{",
                "}",
                "[",
                "]",
                "(",
                ")",
                "#",
                "$",
                "${V}",
                "$track",
                "$window",
                "$(id)",
                ";",
                "|",
                "&",
                "&&",
                "<",
                ">",
                "*",
                "?",
                "..",
                "/",
                "%2f",
                "%252e",
                "%",
                "..;/",
                "=",
                "=~",
                ",",
                ":",
                " ",
                "a",
                "0",
                "é",
                "😀",
                "\u2028",
                "\u202e",
                "\\E",
                "\\Q",
                "\\u0022",
                "x41",
                "~1",
                "^",
                "-",
                "+",
                "or vector(0)",
                "//",
                "@",
                "\ud800");
        return Arbitraries.oneOf(
                signs.list().ofMaxSize(8).map(l -> String.join("", l)),
                Arbitraries.strings().ofMaxLength(12));
    }

    /** Half a sign can't be sent. */
    private static String sent(String value) {
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** What becomes of the value; empty where it is refused. */
    private static Optional<String> filled(ValuePlace place, String text, String value) {
        try {
            return Optional.of(PlaceRuleTest.fill(place, text, value));
        } catch (SyntaxProblem e) {
            return Optional.empty();
        }
    }

    @Property
    void aShellReadsNone(@ForAll("values") String value) {
        for (String text : new String[] {"echo ${V}", "echo '${V}'", "echo \"${V}\"", "# ${V}", "${V}"}) {
            assertThatThrownBy(() -> PlaceRuleTest.fill(ValuePlace.SHELL, text, value))
                    .isInstanceOf(SyntaxProblem.class);
        }
    }

    @Property
    void aPathHasTheSameSegments(@ForAll("values") String value) {
        for (String text :
                new String[] {"https://a.example:8443/api/x${V}y/z?q=1", "https://a.example:8443/api/${V}/z"}) {
            HttpUrl before = HttpUrl.get(text.replace("${V}", "v"));
            filled(ValuePlace.URL, text, value).ifPresent(url -> {
                HttpUrl after = HttpUrl.get(url);
                assertThat(after.pathSize()).isEqualTo(before.pathSize());
                assertThat(after.host() + after.port() + after.username())
                        .isEqualTo(before.host() + before.port() + before.username());
                assertThat(after.pathSegments().get(0)).isEqualTo("api");
                assertThat(after.pathSegments().get(2)).isEqualTo("z");
                assertThat(after.pathSegments().get(1))
                        .isEqualTo(before.pathSegments().get(1).replace("v", sent(value)));
                assertThat(after.query()).isEqualTo(before.query());
                assertThat(after.fragment()).isNull();
                assertThat(URI.create(url).normalize().getRawPath()).isEqualTo(after.encodedPath());
            });
        }
    }

    @Property
    void aQueryOfAnAddressHasTheSameParameters(@ForAll("values") String value) {
        filled(ValuePlace.PATH, "items?id=${V}&all=1", value).ifPresent(path -> {
            HttpUrl url = HttpUrl.get("https://a.example/" + path);
            assertThat(url.encodedPath()).isEqualTo("/items");
            assertThat(url.querySize()).isEqualTo(2);
            assertThat(url.queryParameter("all")).isEqualTo("1");
            assertThat(url.queryParameter("id")).isEqualTo(sent(value));
        });
    }

    @Property
    void aHeaderIsOneLine(@ForAll("values") String value) {
        filled(ValuePlace.HEADER, "v ${V}", value).ifPresent(header -> {
            assertThat(header.lines()).hasSize(1);
            assertThat(Headers.of("X-Version", header).size()).isEqualTo(1);
        });
    }

    @Property
    void aBodyHasTheSameShape(@ForAll("values") String value) throws JsonProcessingException {
        String text = "{\"a\": \"<${V}>\", \"b\": [1, {\"c\": null}]}";
        String body = filled(ValuePlace.JSON, text, value).orElseThrow();
        JsonNode root = new ObjectMapper().readTree(body);
        assertThat(root.size()).isEqualTo(2);
        assertThat(root.get("a").textValue()).isEqualTo("<" + value + ">");
        assertThat(root.get("b").toString()).isEqualTo("[1,{\"c\":null}]");
    }

    @Property
    void aPointerHasTheSameSteps(@ForAll("values") String value) {
        filled(ValuePlace.POINTER, "/a/${V}/b", value)
                .ifPresent(
                        p -> assertThat(p.chars().filter(c -> c == '/').count()).isEqualTo(3));
    }

    @Property
    void aFileIsOneNameWithoutSignsOfPatterns(@ForAll("values") String value) {
        filled(ValuePlace.FILE, "a/${V}/b", value).ifPresent(path -> {
            assertThat(path.split("/", -1)).hasSize(3);
            assertThat(path.split("/", -1)[1])
                    .isNotBlank()
                    .doesNotMatch("\\.+")
                    .doesNotContainPattern("[*?\\[\\]{}\\\\]");
        });
    }

    @Property
    void aPatternMatchesTheValueItself(@ForAll("values") String value) {
        String sound = sent(value);
        String pattern = filled(ValuePlace.REGEX, "x${V}y", sound).orElseThrow();
        assertThat(Pattern.compile(pattern, Pattern.DOTALL).matches("x" + sound + "y"))
                .isTrue();
        assertThat(Pattern.compile(pattern, Pattern.DOTALL).matches("x" + sound + "zy"))
                .isFalse();
        String repeated = filled(ValuePlace.REGEX, "x${V}+y", sound).orElseThrow();
        assertThat(Pattern.compile(repeated, Pattern.DOTALL).matches("x" + sound + sound + "y"))
                .isTrue();
    }

    @Property
    void wordsAndNumbersAreOne(@ForAll("values") String value) {
        filled(ValuePlace.ID, "${V}", value)
                .ifPresent(v -> assertThat(v).matches("[\\w.%+-]+").doesNotContain(".."));
        filled(ValuePlace.NUMBER, "> ${V}", value)
                .ifPresent(v -> assertThat(v).matches("> [+-]?[0-9.]+[A-Za-z%‰µ]{0,3}"));
        filled(ValuePlace.NAME, "${V}", value)
                .ifPresent(v -> assertThat(v.lines().count()).isLessThanOrEqualTo(1));
    }
}
