// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.grammar.Ids;
import io.jenkins.plugins.releaseguard.contract.grammar.SyntaxProblem;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdListTest {
    @Test
    void isTheListOfItsIds() throws SyntaxProblem {
        assertThat(Ids.parse("TEST-008..TEST-011, EPIC-7; TEST-010, UJ-000 / 001/5 (main)"))
                .containsExactly("TEST-008", "TEST-009", "TEST-010", "TEST-011", "EPIC-7", "UJ-000", "UJ-001", "UJ-5");
        assertThat(Ids.parse("TEST-9..TEST-11, TEST-010, TEST-10"))
                .containsExactly("TEST-9", "TEST-10", "TEST-11", "TEST-010");
        assertThat(Ids.parse("")).isEmpty();
        assertThatThrownBy(() -> Ids.parse("TEST-1").get(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** The same as a set of strings, whatever overlaps what. */
    @Test
    void hasEachIdOnceInTheOrderOfWriting() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            IdList.Builder builder = new IdList.Builder();
            Set<String> expected = new LinkedHashSet<>();
            for (int i = 0; i < 8; i++) {
                int digits = 1 + random.nextInt(3);
                int first = random.nextInt(120);
                int last = first + random.nextInt(40);
                String prefix = random.nextBoolean() ? "TEST" : "API";
                builder.add(prefix, digits, first, last);
                for (int n = first; n <= last; n++) {
                    expected.add(prefix + "-" + String.format(Locale.ROOT, "%0" + digits + "d", n));
                }
            }
            assertThat(builder.build()).containsExactlyElementsOf(expected);
            assertThat(new IdList.Builder().addAll(builder.build()).build()).isEqualTo(builder.build());
        }
    }

    @Test
    void aListOfHalfAMillionSlashesIsRead() throws SyntaxProblem {
        assertThat(Ids.parse("EPIC-1" + "/2".repeat(500_000))).containsExactly("EPIC-1", "EPIC-2");
    }
}
