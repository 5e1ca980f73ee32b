// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.jenkins.plugins.releaseguard.evidence.check.source.Change;
import io.jenkins.plugins.releaseguard.evidence.check.source.Commit;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Patterns of a contract meet texts of anybody: with Java's own, which go back and forth, neither test would ever end. */
class ChangeTest {
    @Test
    void aPatternOfManyTurnsIsReadOnce() {
        Change change = new Change("PAY-1", "ann", List.of("bob"), List.of());
        Commit commit = new Commit("4f0c1d9be5a2", "ann", "ann@a.example", "a".repeat(20_000));
        assertThat(change.has(commit, Pattern.compile("(.*a){12}c"))).isFalse();
    }

    @Test
    void aMigrationsNameIsReadOnce() throws IOException {
        MigrationPair pair = new MigrationPair("*a*a*a*b", "*c*c*c*d");
        assertThat(pair.down("a".repeat(20_000))).isEmpty();
        assertThat(pair.down("x/1a2a3ab")).contains("x/1c2c3cd");
    }
}
