// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.rollout.Reaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final Event ANSWER = new Event.Noted(NoteKind.NOTE, "once more");
    private static final Reaction MORE = new Reaction(List.of(ANSWER), List.of(), Duration.ZERO);
    private static final Reaction NOTHING = new Reaction(List.of(), List.of(), Duration.ofSeconds(1));

    private final Rounds rounds = new Rounds();
    private final List<Event> accepted = new ArrayList<>();

    @Test
    void whatFollowsIsAskedUntilNothingDoes() {
        assertThat(rounds.settle(() -> accepted.size() < 3 ? MORE : NOTHING, accepted::add))
                .isEqualTo(NOTHING);
        assertThat(accepted).hasSize(3);
    }

    @Test
    void whatCanNotBeFoldedIsNotDecidedAgainAtOnce() {
        assertThat(rounds.settle(() -> MORE, event -> {
                    accepted.add(event);
                    return false;
                }))
                .isNull();
        assertThat(accepted).hasSize(1);
    }

    /** C1's kind: a rule that always answers kept a deciding thread, and filled the journal, for ever. */
    @Test
    void aRuleThatAlwaysAnswersIsLeftForLaterAndToldOnce() {
        assertThat(rounds.settle(() -> MORE, accepted::add)).isNull();
        assertThat(accepted)
                .hasSize(Rounds.MOST + 1)
                .last()
                .isInstanceOf(Event.Noted.class)
                .isNotEqualTo(ANSWER);

        assertThat(rounds.settle(() -> MORE, accepted::add)).isNull();
        assertThat(accepted).hasSize(2 * Rounds.MOST + 1).last().isEqualTo(ANSWER);
    }
}
