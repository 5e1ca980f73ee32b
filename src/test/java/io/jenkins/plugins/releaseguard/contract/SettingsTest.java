// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsTest {
    private static final Settings DECLARED =
            new Settings(Map.of("line", "80"), Map.of(), List.of("line", "branch", "env"));

    static Stream<BiFunction<Settings, String, Object>> questions() {
        return Stream.of(
                Settings::has,
                Settings::text,
                Settings::texts,
                Settings::number,
                Settings::flag,
                Settings::duration,
                Settings::threshold,
                Settings::map);
    }

    /** A check that asks for {@code lines} would otherwise never see the limit that the contract sets. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("questions")
    void aKeyThatIsNotDeclaredIsNotSilence(BiFunction<Settings, String, Object> question) {
        assertThatThrownBy(() -> question.apply(DECLARED, "lines"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'lines'")
                .hasMessageContaining("line, branch, env");
        question.apply(DECLARED, "branch");
        question.apply(new Settings(Map.of(), Map.of()), "lines");
    }

    @Test
    void whatIsDeclaredAndNotThereIsEmpty() {
        assertThat(DECLARED.has("branch")).isFalse();
        assertThat(DECLARED.text("branch")).isEmpty();
        assertThat(DECLARED.texts("branch")).isEmpty();
        assertThat(DECLARED.map("env")).isEmpty();
        assertThat(DECLARED.declares("branch")).isTrue();
        assertThat(DECLARED.declares("lines")).isFalse();
    }

    @Test
    void withAddsAKeyAndKeepsTheOthers() {
        Settings more = DECLARED.with("value", "80");

        assertThat(more.text("value")).isEqualTo("80");
        assertThat(more.text("line")).isEqualTo("80");
        assertThat(more.declares("lines")).isFalse();
        assertThat(DECLARED.declares("value")).isFalse();
    }
}
