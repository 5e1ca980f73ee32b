// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MaskTest {
    /** With all that somebody quotes: a word in front and one behind, so that a rest of it would be seen. */
    private static final String SECRET = "pre\"fix\\ & <it's> $HOME `ü€😀`/+=\tend-Zz9";

    private static final Mask MASK = Mask.of(List.of(SECRET));

    static Stream<Map.Entry<String, String>> forms() throws IOException {
        Map<String, String> forms = new LinkedHashMap<>();
        forms.put("plain", SECRET);
        forms.put("form", URLEncoder.encode(SECRET, StandardCharsets.UTF_8));
        forms.put("query", URLEncoder.encode(SECRET, StandardCharsets.UTF_8).replace("+", "%20"));
        forms.put("component", forms.get("query").replace("%27", "'"));
        forms.put("lower case escapes", lower(forms.get("query")));
        for (String before : List.of("", "u", "us", "user:", "robot:", "somebody-else:")) {
            byte[] bytes = (before + SECRET).getBytes(StandardCharsets.UTF_8);
            forms.put("base64 of " + before, Base64.getEncoder().encodeToString(bytes));
            forms.put(
                    "base64url of " + before,
                    Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            forms.put("base64 in lines of " + before, Base64.getMimeEncoder().encodeToString(bytes));
            byte[] amid = (before + SECRET + " and more").getBytes(StandardCharsets.UTF_8);
            forms.put("base64 amid " + before, Base64.getEncoder().encodeToString(amid));
            forms.put(
                    "base64 in a query " + before,
                    URLEncoder.encode(Base64.getEncoder().encodeToString(amid), StandardCharsets.UTF_8));
        }
        forms.put("base64 of UTF-16", Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_16LE)));
        String json = new ObjectMapper().writeValueAsString(SECRET);
        forms.put("JSON", json);
        forms.put("JSON in JSON", new ObjectMapper().writeValueAsString(json));
        forms.put("JSON with slashes", json.replace("/", "\\/"));
        forms.put("ASCII JSON", ascii(json, "\\u%04x"));
        forms.put("ASCII JSON, upper case", ascii(json, "\\u%04X"));
        forms.put(
                "JSON for HTML",
                json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"));
        String markup = SECRET.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        forms.put("HTML", markup.replace("\"", "&quot;").replace("'", "&#39;"));
        forms.put("XML", markup.replace("\"", "&quot;").replace("'", "&apos;"));
        forms.put("XML text", markup);
        forms.put("single quotes", "'" + SECRET.replace("'", "'\\''") + "'");
        forms.put("single and double quotes", "'" + SECRET.replace("'", "'\"'\"'") + "'");
        forms.put("doubled quotes", "'" + SECRET.replace("'", "''") + "'");
        forms.put("double quotes", "\"" + SECRET.replaceAll("[\\\\\"$`]", "\\\\$0") + "\"");
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        forms.put("hex", HexFormat.of().formatHex(bytes));
        forms.put("upper case hex", HexFormat.of().withUpperCase().formatHex(bytes));
        forms.put("hex with colons", HexFormat.ofDelimiter(":").formatHex(bytes));
        forms.put("escaped bytes", HexFormat.of().withPrefix("\\x").formatHex(bytes));
        return forms.entrySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void everyFormIsHidden(Map.Entry<String, String> form) {
        String text = "[" + form.getValue() + "]";
        String masked = MASK.apply(text);

        assertThat(masked).contains("****");
        // of Base64 a character may hold bits of what stands before or after
        boolean base64 = form.getKey().contains("base64");
        assertThat(masked.replaceAll("\\W", "").length()).as(masked).isLessThanOrEqualTo(base64 ? 34 : 0);
        assertThat(longestShared(form.getValue(), masked)).as(masked).isLessThan(base64 ? 20 : 4);
    }

    /** What of the form the masked text still shows, in one piece, beside what was there for it to be amid. */
    private static int longestShared(String form, String masked) {
        return Arrays.stream(masked.split("\\*{4}|[\\[\\]]"))
                .filter(form::contains)
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    /** Not only characters: no byte of the secret can be read from what is left of Base64. */
    @Test
    void whatIsLeftOfBase64SaysNothing() {
        for (String before : List.of("", "a", "ab", "abc")) {
            String secret = "Tr0ub4dor&3-and-more";
            String base64 =
                    Base64.getEncoder().encodeToString((before + secret + "tail").getBytes(StandardCharsets.UTF_8));
            String masked = Mask.of(List.of(secret)).apply(base64);

            int stars = masked.indexOf("****");
            assertThat(stars).as(masked).isBetween(0, 5);
            byte[] left = Base64.getDecoder().decode(masked.substring(0, stars / 4 * 4));
            assertThat(new String(left, StandardCharsets.UTF_8)).isIn("", before);
            assertThat(masked.substring(stars + 4).length()).isLessThanOrEqualTo(8);
        }
    }

    @Test
    void aSecretOfSeveralLinesIsHiddenLineByLineAndAcrossThem() {
        Mask mask = Mask.of(List.of("first-line-of-it\nsecond-line-of-it\nend\n"));

        assertThat(mask.apply("a first-line-of-it\nsecond-line-of-it\nend b")).isEqualTo("a **** b");
        assertThat(mask.apply("first-line-of-it\r\nsecond-line-of-it\r\nend")).isEqualTo("****");
        assertThat(mask.apply("+ first-line-of-it\n+   second-line-of-it\n")).isEqualTo("+ ****\n+   ****\n");
        assertThat(mask.apply("first-line-of-it\\nsecond-line-of-it\\nend")).isEqualTo("****");
        assertThat(Mask.of(List.of("one-long-secret")).apply("one-long\n-secret"))
                .isEqualTo("****");
    }

    @Test
    void theLongestOfSecretsThatOverlapIsHiddenWhole() {
        Mask mask = Mask.of(List.of("abcdef", "abcdefghij", "ghijklmn"));

        assertThat(mask.apply("<abcdefghij>")).isEqualTo("<****>");
        assertThat(mask.apply("<abcdefghijklmn>")).isEqualTo("<****>");
        assertThat(mask.apply("<abcdefgh>")).isEqualTo("<****gh>");
        assertThat(Mask.of(List.of("abab-abab")).apply("abab-abab-abab")).isEqualTo("****");
    }

    @Test
    void shortAndEmptyValuesGarbleNothing() {
        Mask mask = Mask.of(Arrays.asList("", " ", "\n", "abc", null, "1"));
        String text = "abc 1 \n of 11";

        assertThat(mask.apply(text)).isSameAs(text);
        assertThat(Mask.of(List.of("abcd")).apply("abcd abc")).isEqualTo("**** abc");
        assertThat(Mask.of(List.of("1234")).apply("12\n34")).isEqualTo("12\n34");
        assertThat(Mask.NONE.apply(text)).isSameAs(text);
        assertThat(Mask.NONE.and(List.of("abcd")).apply("abcd")).isEqualTo("****");
        assertThat(Mask.of(List.of("  padded-secret\n")).apply("padded-secret")).isEqualTo("****");
        assertThat(MASK.toString()).doesNotContain("pre");
    }

    @Test
    void bytesThatAreNoTextPassAsTheyAre() {
        byte[] bytes = {(byte) 0xFF, 0, (byte) 0xC3, 'x', '\r', '\n', '\n', (byte) 0x80};

        assertThat(MASK.apply(bytes)).isSameAs(bytes);
        assertThat(Mask.of(List.of("grün-und-blau")).apply("grün-und-blau".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo("****".getBytes(StandardCharsets.UTF_8));
    }

    /** However the bytes come, the same goes out; and wherever a secret stands, none goes out. */
    @Test
    void aStreamThatIsDividedAnywhereIsMaskedAsTheWhole() throws IOException {
        List<String> secrets =
                List.of("hunter2-and-more", "hunter2", "aaaa", "aaab", "line-one-1\nline-two-2", "ünïcode");
        Mask mask = Mask.of(secrets);
        List<String> pieces = new ArrayList<>(secrets);
        pieces.addAll(List.of("a", "aa", "hunter", "hunter2-and-", "ü", "line-one-1", " ", "x", "2-and-more"));
        pieces.addAll(List.of("\n", "\r\n", "\n\n\n"));
        for (String secret : secrets) {
            byte[] login = ("u:" + secret).getBytes(StandardCharsets.UTF_8);
            pieces.add(Base64.getEncoder().encodeToString(login));
        }
        Random random = new Random(4711);
        for (int round = 0; round < 2000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (OutputStream masked = mask.over(out)) {
                for (int at = 0; at < bytes.length; ) {
                    int length = Math.min(bytes.length - at, 1 + random.nextInt(5));
                    masked.write(bytes, at, length);
                    at += length;
                }
            }

            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(mask.apply(text.toString()));
            assertThat(secrets).noneMatch(out.toString(StandardCharsets.UTF_8)::contains);
        }
    }

    private static String lower(String url) {
        StringBuilder out = new StringBuilder(url);
        for (int at = out.indexOf("%"); at >= 0; at = out.indexOf("%", at + 1)) {
            out.replace(at + 1, at + 3, out.substring(at + 1, at + 3).toLowerCase(Locale.ROOT));
        }
        return out.toString();
    }

    private static String ascii(String text, String escape) {
        StringBuilder out = new StringBuilder();
        text.chars()
                .forEach(c -> out.append(c < 127 ? String.valueOf((char) c) : String.format(Locale.ROOT, escape, c)));
        return out.toString();
    }
}
