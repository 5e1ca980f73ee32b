// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What is to be done about a release, in order; what is in hand is not lost with whoever has it in hand. */
final class Inbox<T> {
    private final Deque<Consumer<T>> waiting = new ArrayDeque<>();
    private Consumer<T> inHand;
    private Consumer<T> handedBack;

    /** Since when there was something to do; only where there is. */
    private long since;

    synchronized void add(Consumer<T> work, long nanos) {
        if (waiting.isEmpty() && inHand == null) {
            since = nanos;
        }
        waiting.addLast(work);
    }

    /** Null for nothing. */
    synchronized Consumer<T> take() {
        inHand = waiting.pollFirst();
        return inHand;
    }

    synchronized void done(long nanos) {
        inHand = null;
        since = nanos;
    }

    /** Whoever had it in hand hangs: the next gets it, once. */
    synchronized void handBack(long nanos) {
        if (inHand != null && inHand != handedBack) {
            handedBack = inHand;
            waiting.addFirst(inHand);
        }
        inHand = null;
        since = nanos;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Whether something has been there to do since before {@code nanos}. */
    synchronized boolean neglected(long nanos) {
        return (inHand != null || !waiting.isEmpty()) && since - nanos < 0;
    }
}
