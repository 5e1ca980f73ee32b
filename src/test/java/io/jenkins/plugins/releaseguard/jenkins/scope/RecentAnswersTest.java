// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** M10: the pages' polls ask no user directory. */
class RecentAnswersTest {
    private final List<String> asked = new ArrayList<>();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-11-29T08:00:00Z");
    private Optional<String> answer = Optional.of("dana");
    private final RecentAnswers<String> authors = new RecentAnswers<>(this::directory, later::add, () -> now);

    private Optional<String> directory(String author) {
        asked.add(author);
        return answer;
    }

    @Test
    void aThousandPollsAskOnceAndWaitForNothing() {
        for (int i = 0; i < 1000; i++) {
            assertThat(authors.lately("Dana D")).isEmpty();
        }
        assertThat(asked).isEmpty();
        assertThat(later).hasSize(1);
        later.remove().run();
        for (int i = 0; i < 1000; i++) {
            assertThat(authors.lately("Dana D")).contains("dana");
        }
        assertThat(asked).containsExactly("Dana D");
        assertThat(later).isEmpty();
    }

    @Test
    void anAnswerGrowsOldAndStaysUntilTheNext() {
        authors.ask("Dana D");
        answer = Optional.of("d.d");
        now = now.plus(Duration.ofMinutes(11));
        assertThat(authors.lately("Dana D")).contains("dana");
        later.remove().run();
        assertThat(authors.lately("Dana D")).contains("d.d");
    }

    @Test
    void whoIsNotKnownIsAskedForAgainSooner() {
        answer = Optional.empty();
        authors.ask("Dana D");
        now = now.plus(Duration.ofSeconds(59));
        authors.lately("Dana D");
        assertThat(later).isEmpty();
        now = now.plus(Duration.ofSeconds(2));
        authors.lately("Dana D");
        assertThat(later).hasSize(1);
    }

    @Test
    void aDirectoryThatIsAwayAnswersNothingAndIsAskedAgain() {
        RecentAnswers<String> away = new RecentAnswers<>(
                author -> {
                    throw new IllegalStateException("ldap is away");
                },
                later::add,
                () -> now);
        assertThat(away.ask("Dana D")).isEmpty();
        now = now.plus(Duration.ofMinutes(2));
        away.lately("Dana D");
        assertThat(later).hasSize(1);
    }

    @Test
    void threadsThatAreGoneKeepNobodyFromAskingLater() {
        RecentAnswers<String> closed = new RecentAnswers<>(
                this::directory,
                work -> {
                    throw new RejectedExecutionException();
                },
                () -> now);
        assertThat(closed.lately("Dana D")).isEmpty();
        assertThat(closed.lately("Dana D")).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void fiveHundredAreKept() {
        for (int i = 0; i < 2000; i++) {
            authors.ask("author " + i);
        }
        authors.lately("author 0");
        assertThat(later).as("the oldest was forgotten").hasSize(1);
        authors.lately("author 1999");
        assertThat(later).hasSize(1);
    }
}
