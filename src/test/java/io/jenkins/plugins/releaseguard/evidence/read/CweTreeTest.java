// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CweTreeTest {
    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "89, 89, true",
        "89, 74, true",
        "89, 707, true",
        "564, 74, true",
        "79, 74, true",
        "74, 79, false",
        "79, 89, false",
        "121, 119, true",
        "798, 287, true",
        "89, 20, false",
        // categories and what the list doesn't have are only themselves
        "310, 310, true",
        "310, 327, false",
        "999999, 999999, true",
        "999999, 74, false"
    })
    void kinds(int weakness, int other, boolean is) {
        assertThat(CweTree.isOf(weakness, other)).isEqualTo(is);
    }
}
