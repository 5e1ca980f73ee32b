// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.evidence.People;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An approval as different people see it in its different states. */
class SignOffCardTest {
    private static final Instant LATER = Instant.now().plus(Duration.ofHours(3));

    @Test
    void counted() {
        assertThat(pending().getSentence())
                .startsWith("0 of 2 approvals, from user:manager, group:release-managers, user:dana or user:named");
        assertThat(pending(yes("manager")).getSentence()).startsWith("1 of 2");
        assertThat(pending(yes("manager"), yes("manager")).getSentence()).startsWith("1 of 2");
        assertThat(pending(yes("manager"), yes("Manager")).getSentence()).startsWith("1 of 2");
        PendingSignOff full = pending(yes("manager"), yes("r.lee"));
        assertThat(full.getSentence()).startsWith("2 of 2");
        assertThat(full.isGiven()).isTrue();
    }

    @Test
    void theLastWordCounts() {
        PendingSignOff refused = pending(yes("manager"), yes("r.lee"), no("r.lee"));
        assertThat(refused.isGiven()).isFalse();
        assertThat(refused.getGiven()).isEqualTo(1);
        SignOffCard card = seenBy("manager", refused);
        assertThat(card.getWord()).isEqualTo("refused by r.lee");
        assertThat(card.getTone()).isEqualTo("bad");
        assertThat(pending(no("r.lee"), yes("r.lee")).getRefusedBy()).isEmpty();
    }

    @Test
    void whatIsVoidIsShownAndNotCounted() {
        SignOffView other = PageSamples.voice("manager", true, "", "for another artifact");
        PendingSignOff pending = pending(other, yes("r.lee"));
        assertThat(pending.getGiven()).isEqualTo(1);
        assertThat(pending.getVoices()).contains(other);
        assertThat(other.getTone()).isEqualTo("plain");
        assertThat(other.getFlaw()).isEqualTo("void: for another artifact");
        // a void word is no word: the reader can speak again
        assertThat(seenBy("manager", pending).isApprovable()).isTrue();
    }

    @Test
    void whoHasSpokenSaysOnlyTheOther() {
        SignOffCard approved = seenBy("manager", pending(yes("manager")));
        assertThat(approved.isApprovable()).isFalse();
        assertThat(approved.isRefusable()).isTrue();
        assertThat(approved.getSpoken()).startsWith("You have approved");
        SignOffCard refused = seenBy("manager", pending(no("manager")));
        assertThat(refused.isApprovable()).isTrue();
        assertThat(refused.isRefusable()).isFalse();
        assertThat(seenBy("manager", pending()).getSpoken()).isEmpty();
    }

    /** Whoever was heard may take it back, also after leaving the group that gave the right. */
    @Test
    void whoLeftTheGroupMayStillRefuse() {
        SignOffCard left = seenBy("bob", pending(yes("bob")));
        assertThat(left.isMine()).isTrue();
        assertThat(left.isRefusable()).isTrue();
        assertThat(left.isApprovable()).isFalse();
    }

    @Test
    void everybodyLearnsWhyNot() {
        assertThat(seenBy("manager", pending()).isMine()).isTrue();
        assertThat(seenBy("dana", pending()).getObstacle()).contains("author");
        assertThat(seenBy("DANA", pending()).isMine())
                .as("names differ in case")
                .isFalse();
        assertThat(seenBy("bob", pending()).getObstacle()).contains("not among those");
        assertThat(SignOffCard.of(pending(), new Person("manager", Set.of(), false), People.STRANGERS, false)
                        .getObstacle())
                .contains("lack the permission");
        assertThat(SignOffCard.of(pending(), new Person("anonymous", Set.of(), true), People.STRANGERS, true)
                        .getObstacle())
                .contains("Sign in");
    }

    @Test
    void deadlines() {
        SignOffDeadline due = pending().getDue();
        assertThat(due.getLeft()).contains("hr");
        assertThat(due.getConsequence()).isEqualTo("then the gate says no");
        assertThat(new SignOffDeadline(LATER, "conditional").getConsequence()).contains("goes on without it");
        PendingSignOff late = PageSamples.approval("Held", Instant.now().minusSeconds(1), yes("r.lee"));
        assertThat(late.getDue().isPast()).isTrue();
        assertThat(late.getDue().getLeft()).isEmpty();
        assertThat(seenBy("manager", late).getWord()).isEqualTo("deadline passed");
    }

    private static PendingSignOff pending(SignOffView... voices) {
        return PageSamples.approval("Held", LATER, voices);
    }

    private static SignOffCard seenBy(String user, PendingSignOff pending) {
        return SignOffCard.of(pending, new Person(user, Set.of(), false), People.STRANGERS, true);
    }

    private static SignOffView yes(String by) {
        return PageSamples.voice(by, true, "", "");
    }

    private static SignOffView no(String by) {
        return PageSamples.voice(by, false, "no", "");
    }
}
