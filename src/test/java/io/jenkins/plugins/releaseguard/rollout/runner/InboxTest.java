// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final Inbox<String> inbox = new Inbox<>();
    private final Consumer<String> one = s -> {};
    private final Consumer<String> other = s -> {};

    @Test
    void whatIsThereToDoIsNeglectedWhenNobodyTakesIt() {
        assertThat(inbox.neglected(Long.MAX_VALUE)).isFalse();
        inbox.add(one, 100);
        inbox.add(other, 900);
        assertThat(inbox.neglected(100)).isFalse();
        assertThat(inbox.neglected(101)).as("since the first came").isTrue();
        assertThat(inbox.take()).isSameAs(one);
        assertThat(inbox.neglected(101)).as("whoever has it in hand hangs").isTrue();
        inbox.add(one, 500);
        assertThat(inbox.neglected(101)).isTrue();
        inbox.done(1000);
        assertThat(inbox.neglected(1000)).isFalse();
        assertThat(inbox.neglected(1001)).isTrue();
    }

    /** The timer's nanoseconds may be negative, and run over. */
    @Test
    void itsTimeRunsOver() {
        inbox.add(one, Long.MAX_VALUE - 5);
        assertThat(inbox.neglected(Long.MIN_VALUE + 5)).isTrue();
    }

    @Test
    void whatHungIsHandedBackOnce() {
        inbox.add(one, 0);
        inbox.add(other, 0);
        assertThat(inbox.take()).isSameAs(one);
        inbox.handBack(10);
        assertThat(inbox.neglected(10)).isFalse();
        assertThat(inbox.neglected(11)).isTrue();
        assertThat(inbox.take()).as("first").isSameAs(one);
        inbox.handBack(20);
        assertThat(inbox.take()).as("it hung again").isSameAs(other);
        inbox.done(30);
        inbox.handBack(40);
        assertThat(inbox.take()).isNull();
        assertThat(inbox.isEmpty()).isTrue();
    }
}
