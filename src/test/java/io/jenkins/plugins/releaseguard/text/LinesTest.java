// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {
    @Test
    void whatFitsStaysAsItIs() {
        assertThat(Lines.bounded("Zürich: 3 of 4 tests, 東京, 👩‍🔧", 40)).isEqualTo("Zürich: 3 of 4 tests, 東京, 👩‍🔧");
        assertThat(Lines.bounded("1234", 4)).isEqualTo("1234");
        assertThat(Lines.bounded(null, 4)).isEmpty();
        assertThat(Lines.bounded(" \r\n ", 4)).isEmpty();
    }

    @Test
    void whatIsLongerIsCutAndSaysSo() {
        assertThat(Lines.bounded("12345", 4)).isEqualTo("123…");
        assertThat(Lines.bounded("12 45", 4)).isEqualTo("12…");
        assertThat(Lines.bounded("12   ", 2)).isEqualTo("12");
        assertThat(Lines.bounded("12", 1)).isEqualTo("…");
        assertThatThrownBy(() -> Lines.bounded("1", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Half of a surrogate pair prints as '?', and JSON writers refuse it. */
    @Test
    void isCutBetweenCodePoints() {
        assertThat(Lines.bounded("ab🚀🚀", 5)).isEqualTo("ab🚀…");
        assertThat(Lines.bounded("ab🚀🚀", 4)).isEqualTo("ab…");
        assertThat(Lines.bounded("🚀🚀", 2)).isEqualTo("…");
        assertThat(Lines.bounded("a\uD83Db\uDE80", 9)).isEqualTo("a\uFFFDb\uFFFD");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "\n", "\r\n", "\t", "\u0000", "\u001b", "\u007f", "\u0085", "\u009b", "\u2028", "\u2029", "\u00a0"
            })
    void breaksAndControlsAreSpace(String sign) {
        assertThat(Lines.bounded(sign + "a" + sign + sign + "b" + sign, 9)).isEqualTo("a b");
    }

    /** Overrides, isolates, marks, the invisible: "admin" + U+202E + "gpj.exe". */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "\u202e", "\u202a", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\u2060", "\ufeff",
                "\u00ad"
            })
    void invisibleMarksAreShown(String mark) {
        assertThat(Lines.bounded("a" + mark + "b", 9)).isEqualTo("a\uFFFDb");
    }

    @Property
    void isAlwaysOneLineOfItsLength(
            @ForAll
                    @CharRange(from = 'a', to = 'c')
                    @CharRange(from = '\ud83d', to = '\ud83e')
                    @CharRange(from = '\ude80', to = '\ude82')
                    @Chars({' ', '\n', '\u2028', '\u202e', '\u001b'})
                    @StringLength(max = 30)
                    String text,
            @ForAll @IntRange(min = 1, max = 20) int length) {
        String line = Lines.bounded(text, length);

        assertThat(line.length()).isLessThanOrEqualTo(length);
        assertThat(line).isEqualTo(line.strip()).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}\u202e]");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(line)).isTrue();
        assertThat(Lines.bounded(line, length)).isEqualTo(line);
    }

    @Test
    void anExceptionSaysItsMessageOrItsName() {
        assertThat(Lines.said(new IllegalStateException("no\nroom"), 80)).isEqualTo("no room");
        assertThat(Lines.said(new IllegalStateException(), 80)).isEqualTo("IllegalStateException");
        assertThat(Lines.said(new IllegalStateException(" "), 80)).isEqualTo("IllegalStateException");
    }
}
