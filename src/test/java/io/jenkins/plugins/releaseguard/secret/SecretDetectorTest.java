// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The detector on a list of kinds and a list of look-alikes: all of the one, none of the other. */
class SecretDetectorTest {
    private static final List<String> KINDS = SecretListFixture.lines("secret-kinds.tsv");
    private static final List<String> LOOK_ALIKES = SecretListFixture.lines("secret-look-alikes.tsv");

    @Test
    void everyKindIsFoundAndNamed() {
        assertThat(KINDS).hasSizeGreaterThanOrEqualTo(160);
        assertThat(KINDS.stream()
                        .filter(line -> SecretDetector.find(text(line)).stream()
                                .noneMatch(found -> found.kind().contains(kind(line))))
                        .map(line -> line + " -> " + SecretDetector.find(text(line))))
                .isEmpty();
    }

    @Test
    void noLookAlikeIsCalledASecret() {
        assertThat(LOOK_ALIKES).hasSizeGreaterThanOrEqualTo(130).doesNotHaveDuplicates();
        assertThat(LOOK_ALIKES.stream()
                        .filter(text -> !SecretDetector.find(text).isEmpty())
                        .map(text -> text + " -> " + SecretDetector.find(text)))
                .isEmpty();
    }

    /** Not only alone: in a document, with all that looks alike around it. */
    @Test
    void whatStandsAroundItMakesNoDifference() {
        String noise = String.join("\n", LOOK_ALIKES) + "\n";
        assertThat(SecretDetector.find(noise)).isEmpty();
        int lines = (int) noise.lines().count();
        assertThat(KINDS.stream()
                        .filter(line -> SecretDetector.find(noise + text(line) + "\n" + noise).stream()
                                .noneMatch(found -> found.kind().contains(kind(line)) && found.line() > lines)))
                .isEmpty();
    }

    @Test
    void aFindingSaysWhereAndNeverWhat() {
        String secret = SecretListFixture.fill("npm_{a36}");

        List<SecretFinding> found = SecretDetector.find("first: line\n  - run: echo " + secret + "\n");

        assertThat(found).containsExactly(new SecretFinding("an npm token", true, 2, 15));
        assertThat(found.toString()).doesNotContain(secret.substring(4));
    }

    @Test
    void whatOnlyItsNameSpeaksForIsNotCertain() {
        assertThat(SecretDetector.find("SMTP_PASSWORD=correcthorse"))
                .extracting(SecretFinding::certain)
                .containsExactly(false);
        assertThat(SecretDetector.find("DB_PASSWORD: hunter2-and-more"))
                .extracting(SecretFinding::certain)
                .containsExactly(true);
    }

    @Test
    void allSecretsOfATextAreFoundUpToABound() {
        String line = SecretListFixture.fill("A_TOKEN={h40}\n");

        assertThat(SecretDetector.find(line.repeat(5)))
                .extracting(SecretFinding::line)
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(SecretDetector.find(line.repeat(200))).hasSize(SecretDetector.MOST);
    }

    /** What backtracks would not come to an end here. */
    @Test
    void hostileTextIsReadInATimeThatGrowsAsItsLength() {
        Stream.of(
                        "a",
                        "=",
                        ":",
                        "-",
                        "\"",
                        "'",
                        "`",
                        "://",
                        "a:b@",
                        "://a",
                        "-----BEGIN ",
                        "eyJ",
                        "password=",
                        "value: ",
                        "name: ",
                        "<a>",
                        "\\\"",
                        "{{",
                        "-u ",
                        "jdbc:oracle:thin:",
                        "Authorization: ",
                        "a.",
                        "1",
                        "token: a ",
                        "sk-",
                        "password \"")
                .forEach(piece -> assertThat(SecretDetector.find(piece.repeat(50_000 / piece.length())))
                        .as(piece)
                        .hasSizeLessThanOrEqualTo(SecretDetector.MOST));
    }

    @Property(tries = 300)
    void anyTextIsRead(@ForAll String text) {
        assertThat(SecretDetector.find(text))
                .allSatisfy(found -> assertThat(found.line()).isPositive());
    }

    /** An option with nothing behind it but a pair of quotes is a word without a letter. */
    @Property(tries = 2000)
    void anyCommandIsRead(@ForAll("pieces") List<String> pieces, @ForAll boolean spaces) {
        assertThat(SecretDetector.find(String.join(spaces ? " " : "", pieces)))
                .allSatisfy(found -> assertThat(found.line()).isPositive());
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(
                        "''",
                        "\"\"",
                        "``",
                        "'",
                        "\"",
                        "`",
                        "\\",
                        " ",
                        "\n",
                        "=",
                        ":",
                        "-",
                        "--",
                        "-----BEGIN",
                        "-----",
                        "-p",
                        "-u",
                        "-k",
                        "-pass",
                        "pass:",
                        "--user=",
                        "--token",
                        "--password-stdin",
                        "echo",
                        "curl",
                        "mysql",
                        "redis-cli",
                        "openssl",
                        "ENV",
                        "ARG",
                        "setx",
                        "machine",
                        "login",
                        "password",
                        "requirepass",
                        "://",
                        "@",
                        "{",
                        "}",
                        "[",
                        "]",
                        "<a>",
                        "</a>",
                        ",",
                        ";",
                        "value",
                        "name",
                        "KEY",
                        "TOKEN",
                        "Basic",
                        "Bearer",
                        "eyJ",
                        "a")
                .list()
                .ofMaxSize(8);
    }

    private static String kind(String line) {
        return line.substring(0, line.indexOf('\t'));
    }

    private static String text(String line) {
        return line.substring(line.indexOf('\t') + 1);
    }
}
