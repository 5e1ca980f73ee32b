// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Whom a call has reached, when it is made again, and what it keeps waiting. */
class CallsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Calls ROLLBACK = Calls.NONE.opened(Occasion.ROLLBACK, "the router refuses", false);
    private static final Calls PROCEDURE = Calls.NONE.opened(Occasion.PROCEDURE, "no mail", false);

    private static Calls answered(Calls calls, Occasion occasion, String error) {
        return calls.answered(calls.key(occasion), error, NOW);
    }

    @Test
    void whatIsOpenedIsDueAtOnceUnderItsFirstKey() {
        assertThat(ROLLBACK.due(Occasion.ROLLBACK, NOW)).isTrue();
        assertThat(ROLLBACK.isOpen(Occasion.ROLLBACK)).isTrue();
        assertThat(ROLLBACK.areWanted()).isTrue();
        assertThat(ROLLBACK.reason(Occasion.ROLLBACK)).isEqualTo("the router refuses");
        assertThat(ROLLBACK.key(Occasion.ROLLBACK)).hasToString("call-rollback-0");
        assertThat(ROLLBACK.due(Occasion.FROZEN, NOW)).isFalse();
        assertThat(ROLLBACK.isOpen(Occasion.FROZEN)).isFalse();
        assertThat(Calls.NONE.areWanted()).isFalse();
    }

    @Test
    void aCallThatFailedIsMadeAgainLaterAndLater() {
        Calls once = answered(ROLLBACK, Occasion.ROLLBACK, "no answer");
        assertThat(once.key(Occasion.ROLLBACK)).hasToString("call-rollback-1");
        assertThat(once.due(Occasion.ROLLBACK, NOW.plusMillis(1999))).isFalse();
        assertThat(once.due(Occasion.ROLLBACK, NOW.plusSeconds(2))).isTrue();
        Calls twice = answered(once, Occasion.ROLLBACK, "no answer");
        assertThat(twice.due(Occasion.ROLLBACK, NOW.plusMillis(3999))).isFalse();
        assertThat(twice.due(Occasion.ROLLBACK, NOW.plusSeconds(4))).isTrue();
    }

    @Test
    void whatIsRepeatedIsMadeAgainUntilSomebodyTakesIt() {
        Calls heard = answered(ROLLBACK, Occasion.ROLLBACK, null);
        assertThat(heard.areWanted()).isTrue();
        assertThat(heard.due(Occasion.ROLLBACK, NOW.plus(Duration.ofMinutes(5)).minusMillis(1)))
                .isFalse();
        assertThat(heard.due(Occasion.ROLLBACK, NOW.plus(Duration.ofMinutes(5))))
                .isTrue();
        Calls taken = heard.takenBy("ann");
        assertThat(taken.due(Occasion.ROLLBACK, NOW.plus(Duration.ofHours(1)))).isFalse();
        assertThat(taken.takenBy()).isEqualTo("ann");
        assertThat(taken.areWanted()).isFalse();
    }

    @Test
    void aSuccessEndsTheRowOfFailures() {
        Calls heard = answered(answered(ROLLBACK, Occasion.ROLLBACK, "no answer"), Occasion.ROLLBACK, null);
        assertThat(answered(heard, Occasion.ROLLBACK, "no answer").due(Occasion.ROLLBACK, NOW.plusSeconds(2)))
                .isTrue();
    }

    @Test
    void whatIsToldOnceIsNotToldAgain() {
        Calls heard = answered(PROCEDURE, Occasion.PROCEDURE, null);
        assertThat(heard.due(Occasion.PROCEDURE, NOW.plus(Duration.ofDays(1)))).isFalse();
        assertThat(heard.areWanted()).isFalse();
    }

    @Test
    void anEndWaitsForTheFirstWordAndNotForAHopelessChannel() {
        assertThat(PROCEDURE.delayTheEnd()).isTrue();
        Calls calls = PROCEDURE;
        for (int failures = 1; failures <= 5; failures++) {
            assertThat(calls.delayTheEnd())
                    .as("after %d failures", failures - 1)
                    .isTrue();
            calls = answered(calls, Occasion.PROCEDURE, "no answer");
        }
        assertThat(calls.delayTheEnd()).isFalse();
        assertThat(answered(PROCEDURE, Occasion.PROCEDURE, null).delayTheEnd()).isFalse();
        assertThat(ROLLBACK.delayTheEnd())
                .as("what is told again and again has no last word")
                .isFalse();
        assertThat(Calls.NONE.delayTheEnd()).isFalse();
    }

    @Test
    void whatIsOverIsNotCalledAboutAndNobodySeesToIt() {
        Calls over = ROLLBACK.takenBy("ann").over(Occasion.ROLLBACK);
        assertThat(over.isOpen(Occasion.ROLLBACK)).isFalse();
        assertThat(over.areWanted()).isFalse();
        assertThat(over.takenBy()).isNull();
        assertThat(over.takenBy("bob").takenBy()).isNull();
        assertThat(Calls.NONE.over(Occasion.FROZEN)).isEqualTo(Calls.NONE);
    }

    @Test
    void whoTakesItSeesToAllThatIsOpen() {
        Calls both =
                ROLLBACK.opened(Occasion.FROZEN, "may not be undone", false).takenBy("ann");
        assertThat(both.due(Occasion.ROLLBACK, NOW)).isFalse();
        assertThat(both.due(Occasion.FROZEN, NOW)).isFalse();
    }

    @Test
    void whatComesAboutAnewIsToldUnderAKeyThatNoEarlierCallHas() {
        Calls anew = answered(ROLLBACK, Occasion.ROLLBACK, null)
                .takenBy("ann")
                .over(Occasion.ROLLBACK)
                .opened(Occasion.ROLLBACK, "once more", false);
        assertThat(anew.key(Occasion.ROLLBACK)).hasToString("call-rollback-1");
        assertThat(anew.takenBy()).isNull();
        assertThat(anew.due(Occasion.ROLLBACK, NOW)).isTrue();
        assertThat(ROLLBACK.opened(Occasion.ROLLBACK, "once more", true).key(Occasion.ROLLBACK))
                .as("one under way knows nothing of it")
                .hasToString("call-rollback-1");
    }

    @Test
    void anAnswerToACallThatIsOutdatedChangesNothing() {
        assertThat(ROLLBACK.answered(EffectKey.call("rollback", 7), null, NOW)).isEqualTo(ROLLBACK);
        assertThat(ROLLBACK.answered(EffectKey.call("frozen", 0), null, NOW)).isEqualTo(ROLLBACK);
        assertThat(ROLLBACK.answered(EffectKey.call("unheard-of", 0), null, NOW))
                .isEqualTo(ROLLBACK);
    }

    @Test
    void holdsThatWaitForPeopleAreOccasions() {
        assertThat(Occasion.of(HoldCause.FROZEN)).contains(Occasion.FROZEN);
        assertThat(Occasion.of(HoldCause.APPROVAL)).contains(Occasion.APPROVAL);
        assertThat(Occasion.of((HoldCause) null)).isEmpty();
    }

    @Test
    void triesAreDoubledUpToTheLongestWait() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
        assertThat(backoff.wait(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.wait(3)).isEqualTo(Duration.ofSeconds(8));
        assertThat(backoff.wait(5)).isEqualTo(Duration.ofSeconds(30));
        assertThat(backoff.wait(1000)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aClockSetBackPutsNoTryOffForLongerThanAWait() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
        assertThat(backoff.due(null, NOW)).isTrue();
        assertThat(backoff.due(NOW, NOW)).isTrue();
        assertThat(backoff.due(NOW.plusSeconds(1), NOW)).isFalse();
        assertThat(backoff.due(NOW.plusSeconds(30), NOW)).isFalse();
        assertThat(backoff.due(NOW.plusSeconds(31), NOW)).isTrue();
    }
}
