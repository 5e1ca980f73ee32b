// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(by hand)",
                "(by TBC)",
                "(by unassigned)",
                "(by assignee)",
                "(signed off by nobody yet)",
                "(by QA team tomorrow)",
                "- by Friday",
                "- by Fri",
                "- by restore.sh",
                "(due 2026-11-29)",
                "(waiting, 2026-11-29)",
                "(failed, 2026-11-29)",
                "(staging, 2026-11-29)",
                "(checked staging)",
                "(by the admin)",
                "(by May 3)",
                "(by running it)",
                "@here",
                "(by end of week)",
                "(by nobody, 2026-11-29)"
            })
    void nobodyIsNamed(String end) {
        assertThat(CheckBox.parse("- [x] Load test " + end).orElseThrow().by()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann",
                "Ann Lee",
                "An Nguyen",
                "My Nguyen",
                "Thu Nguyen",
                "A. Smith",
                "May",
                "June Carter",
                "Zoë",
                "the-boss",
                "Ming Li",
                "ann@example.com",
                "Ann Lee <ann@example.com>",
                "O'Neil",
                "qa-lead",
                "ann.lee"
            })
    void isAPerson(String name) {
        assertThat(PersonNames.isPerson(name)).isTrue();
        assertThat(CheckBox.parse("- [x] Load test (by " + name + ", 2026-11-29)")
                        .orElseThrow()
                        .by())
                .isEqualTo(name);
    }
}
