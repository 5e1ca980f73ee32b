// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({
        "production, production, true",
        "production, sandbox, false",
        "*, production, true",
        "prod*, production, true",
        "prod*, *tion, true",
        "prod*, sand*, false",
        "sand*, *box, true",
        "a*c, *b*, true",
        "a*c, ab, false",
        "a**, *a, true",
        "ab*, *ba, true",
        "'', *, true",
        "'', a, false",
    })
    void patternsMeet(String one, String other, boolean meet) {
        assertThat(Glob.overlap(one, other)).isEqualTo(meet);
        assertThat(Glob.overlap(other, one)).isEqualTo(meet);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "**/TEST-*.xml, TEST-a.xml, true",
        "**/TEST-*.xml, a/b/TEST-a.xml, true",
        "**/TEST-*.xml, a/b/TEST-a.xml.bak, false",
        "*.xml, a/b.xml, false",
        "a/**/b, a/b, true",
        "a/**/b, a/x/y/b, true",
        "a/**, a/x/y, true",
        "a/**, a, false",
        "**, a/b, true",
        "a?c, abc, true",
        "a?c, a/c, false",
        "prod*, production, true",
        "[a], a, false",
        "{a;b}, a, false",
        "a.c, abc, false"
    })
    void matches(String pattern, String name, boolean yes) {
        assertThat(Glob.matches(pattern, name)).isEqualTo(yes);
    }

    @Test
    void manyStarsTakeNoForever() {
        assertThat(Glob.matches("*a".repeat(2000) + "b", "a".repeat(5000))).isFalse();
        assertThat(Glob.matches("**/".repeat(500) + "b", "a/".repeat(500) + "a"))
                .isFalse();
    }

    /** The JDK's own globs agree where there are single stars and question marks only. */
    @Property(tries = 2000)
    void agreesWithTheJdk(
            @ForAll @Chars({'a', 'b', '/', '*', '?'}) @StringLength(min = 1, max = 8) String pattern,
            @ForAll @Chars({'a', 'b', '/'}) @StringLength(min = 1, max = 8) String name) {
        Path path = Path.of(name);
        if (pattern.contains("**") || !path.toString().equals(name) || name.startsWith("/")) {
            return;
        }
        assertThat(Glob.matches(pattern, name))
                .isEqualTo(FileSystems.getDefault()
                        .getPathMatcher("glob:" + pattern)
                        .matches(path));
    }
}
