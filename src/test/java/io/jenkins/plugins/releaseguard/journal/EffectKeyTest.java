// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EffectKeyTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "shift-3-1-2, SHIFT, '', 3, 1, 2",
        "body-0, BODY, '', 0, 0, 0",
        "back-17, BACK, '', 0, 0, 17",
        "action-1, ACTION, '', 1, 0, 0",
        "validate-DEP-004-12, VALIDATE, DEP-004, 12, 0, 0",
        "validate-a-7, VALIDATE, a, 7, 0, 0",
        "probe-DEP-003, PROBE, DEP-003, 0, 0, 0",
        "call-no-data-12, CALL, no-data, 0, 0, 12",
        "look, LOOK, '', 0, 0, 0",
        "read, READ, '', 0, 0, 0",
        "capture, CAPTURE, '', 0, 0, 0"
    })
    void readsWhatStandsInTheJournal(String text, EffectKey.Kind kind, String name, int index, int drift, int attempt) {
        EffectKey key = EffectKey.parse(text);
        assertThat(key).isEqualTo(new EffectKey(kind, name, index, drift, attempt));
        assertThat(key).hasToString(text);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "shift",
                "shift-",
                "shift-1",
                "shift-1-2",
                "shift-1-2-3-4",
                "shift-01-0-0",
                "shift--1-0-0",
                "shift-9999999999-0-0",
                "body-x",
                "body-1x",
                "back-",
                "action-1-2",
                "validate-DEP-004",
                "validate",
                "call-3",
                "call-rollback",
                "looks",
                "look-1",
                "read-1",
                "phase-1-weight",
                "rollback-traffic"
            })
    void keepsWhatItDoesNotKnow(String text) {
        EffectKey key = EffectKey.parse(text);
        assertThat(key).hasToString(text);
        assertThat(EffectKey.parse(key.toString())).isEqualTo(key);
    }

    @Test
    void aKeyOfAnotherVersionIsNoKeyOfThisOne() {
        assertThat(EffectKey.parse("phase-1-weight").kind()).isEqualTo(EffectKey.Kind.OTHER);
        assertThat(EffectKey.parse("shift-01-0-0").kind()).isEqualTo(EffectKey.Kind.OTHER);
        assertThat(EffectKey.parse("action-1-2").kind()).isEqualTo(EffectKey.Kind.OTHER);
        assertThat(EffectKey.parse(null).kind()).isEqualTo(EffectKey.Kind.OTHER);
        assertThat(EffectKey.parse("looks").kind()).isEqualTo(EffectKey.Kind.OTHER);
    }

    /** Only what people or the traffic wait for is tried for days. */
    @Test
    void onlyTheWayBackAndCallsAreEndless() {
        assertThat(EffectKey.Kind.values())
                .filteredOn(kind -> new EffectKey(kind, "", 0, 0, 0).isEndless())
                .containsExactly(EffectKey.Kind.BACK, EffectKey.Kind.CALL);
    }

    @Test
    void anotherAttemptIsTheSameWish() {
        assertThat(new EffectKey(EffectKey.Kind.CALL, "no-data", 1, 2, 3).at(4))
                .isEqualTo(new EffectKey(EffectKey.Kind.CALL, "no-data", 1, 2, 4));
    }
}
