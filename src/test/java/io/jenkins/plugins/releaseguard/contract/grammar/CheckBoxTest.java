// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckBoxTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "- [ ] Load test;false;Load test;'';",
                "- [] Load test;false;Load test;'';",
                "* [x] Load test;true;Load test;'';",
                "+ [X] Load test;true;Load test;'';",
                "1. [✓] Load test;true;Load test;'';",
                "2) [x] Load test;true;Load test;'';",
                "[x] Load test;true;Load test;'';",
                "☑ Load test;true;Load test;'';",
                "☐ Load test;false;Load test;'';",
                "☒ Load test;false;Load test;'';",
                "- [~] Load test;false;Load test;'';",
                "- [-] Load test;false;Load test;'';",
                "- [/] Load test;false;Load test;'';",
                "- [?] Load test;false;Load test;'';",
                "- [x] Load test @ann;true;Load test;ann;",
                "- [x] Load test @ann 2026-11-29;true;Load test;ann;2026-11-29",
                "- [x] Load test (by ann);true;Load test;ann;",
                "- [x] Load test (by Ann Lee, 2026-11-29);true;Load test;Ann Lee;2026-11-29",
                "- [x] Load test (ann, 2026-11-29);true;Load test (ann, 2026-11-29);'';",
                "- [x] Load test (by ann on 2026-11-29);true;Load test;ann;2026-11-29",
                "- [x] Load test (@ann);true;Load test;ann;",
                "- [x] Load test (signed off by ann);true;Load test;ann;",
                "- [x] Load test (Done by: ann 2026-11-29);true;Load test;ann;2026-11-29",
                "- [x] Load test — by ann;true;Load test;ann;",
                "- [x] Load test - @ann, 2026-11-29;true;Load test;ann;2026-11-29",
                "- [x] Load test – signed by Zoë, 2026-11-29;true;Load test;Zoë;2026-11-29",
                "- [ ] Load test (by ann);false;Load test;ann;",
                "- [x] Load test (staging);true;Load test (staging);'';",
                "- [x] Load test (see RUN-002);true;Load test (see RUN-002);'';",
                "- [x] Load test (ann);true;Load test (ann);'';",
                "- [x] Load test (2026-11-29);true;Load test (2026-11-29);'';",
                "- [x] Load test — staging;true;Load test — staging;'';",
                "- [x] Load test (by TBD);true;Load test (by TBD);'';",
                "- [x] Load test (by n/a);true;Load test (by n/a);'';",
                "- [x] Load test (by no one, 2026-11-29);true;Load test (by no one, 2026-11-29);'';",
                "- [x] Load test (by ___);true;Load test (by ___);'';",
                "- [x] Deployed by script;true;Deployed by script;'';",
                "- [x] Mail ops@example.com;true;Mail ops@example.com;'';"
            })
    void isReadAsItIsWritten(String line, boolean ticked, String text, String by, String on) {
        CheckBox box = CheckBox.parse(line).orElseThrow();

        assertThat(box.ticked()).isEqualTo(ticked);
        assertThat(box.text()).isEqualTo(text);
        assertThat(box.by()).isEqualTo(by);
        assertThat(box.on() == null ? null : box.on().toString()).isEqualTo(on);
        assertThat(box.unreadable()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"01.03.2019", "3/1/2019", "2019-13-01", "2019-1-1"})
    void aDayThatIsNoDateIsKept(String day) {
        CheckBox box = CheckBox.parse("[x] Load test (by ann, " + day + ")").orElseThrow();

        assertThat(box.by()).isEqualTo("ann");
        assertThat(box.on()).isNull();
        assertThat(box.unreadable()).isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Load test",
                "- Load test",
                "[x](https://example.com)",
                "- [link](#x) Load",
                "[ab] Load",
                "x] a",
                "[x"
            })
    void otherLinesAreNone(String line) {
        assertThat(CheckBox.parse(line)).isEmpty();
    }

    @Test
    void theExampleIsSigned() {
        assertThat(CheckBox.parse(CheckBox.EXAMPLE).orElseThrow().by()).isEqualTo("ann");
    }
}
