// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What people are called for, or were. Times are the wall's. */
record Calls(Map<Occasion, Call> all) {
    static final Calls NONE = new Calls(Map.of());

    private static final Duration AGAIN = Duration.ofMinutes(5);
    private static final Backoff RETRY = new Backoff(Duration.ofSeconds(2), AGAIN);

    /** Failed tries after which an end doesn't wait for a call any longer. */
    private static final int ENOUGH = 5;

    /**
     * One occasion.
     *
     * @param open false when it is over
     * @param reason what happened
     * @param number counts calls that were made, failed or are outdated, from 0, over all times that the occasion came about
     * @param failures in a row
     * @param notBefore when the next call may be made; null for at once
     * @param heard a channel took a call
     * @param takenBy who sees to it; null for nobody
     */
    record Call(
            boolean open, String reason, int number, int failures, Instant notBefore, boolean heard, String takenBy) {
        Call over() {
            return new Call(false, reason, number, failures, notBefore, heard, takenBy);
        }

        Call takenBy(String who) {
            return new Call(open, reason, number, failures, notBefore, heard, who);
        }

        Call answered(String error, Instant wall) {
            return error == null
                    ? new Call(open, reason, number + 1, 0, wall.plus(AGAIN), true, takenBy)
                    : new Call(open, reason, number + 1, failures + 1, wall.plus(RETRY.wait(failures)), heard, takenBy);
        }
    }

    /**
     * The occasion came about, or came about anew.
     *
     * @param underWay whether a call about it was begun that knows nothing of this: what becomes of that one tells nobody of it
     */
    Calls opened(Occasion occasion, String reason, boolean underWay) {
        Call before = all.get(occasion);
        int number = before == null ? 0 : before.number + (underWay ? 1 : 0);
        return with(occasion, new Call(true, reason, number, 0, null, false, null));
    }

    Calls over(Occasion occasion) {
        return changed(occasion, Call::over);
    }

    Calls answered(EffectKey key, String error, Instant wall) {
        return Occasion.of(key.name())
                .filter(occasion -> all.containsKey(occasion) && key(occasion).equals(key))
                .map(occasion -> changed(occasion, call -> call.answered(error, wall)))
                .orElse(this);
    }

    /** A person sees to all that is open. */
    Calls takenBy(String who) {
        Calls next = this;
        for (Occasion occasion : all.keySet()) {
            next = next.changed(occasion, call -> call.open ? call.takenBy(who) : call);
        }
        return next;
    }

    /** Who sees to what is open; null for nobody, or where nothing is. */
    String takenBy() {
        return all.values().stream()
                .filter(call -> call.open && call.takenBy != null)
                .map(Call::takenBy)
                .findFirst()
                .orElse(null);
    }

    /** Whether somebody is wanted whom nobody has answered for yet. */
    boolean areWanted() {
        return all.keySet().stream().anyMatch(this::isWanted);
    }

    EffectKey key(Occasion occasion) {
        return EffectKey.call(occasion.word(), all.get(occasion).number);
    }

    String reason(Occasion occasion) {
        return all.get(occasion).reason;
    }

    boolean isOpen(Occasion occasion) {
        return all.containsKey(occasion) && all.get(occasion).open;
    }

    /** Whether people are to be called now. */
    boolean due(Occasion occasion, Instant wall) {
        return isWanted(occasion) && Backoff.due(all.get(occasion).notBefore, wall, AGAIN);
    }

    private boolean isWanted(Occasion occasion) {
        Call call = all.get(occasion);
        return call != null && call.open && call.takenBy == null && (!call.heard || occasion.isRepeated());
    }

    /** Whether an end waits: nobody has heard yet, and it isn't hopeless. */
    boolean delayTheEnd() {
        return all.keySet().stream()
                .anyMatch(occasion ->
                        isWanted(occasion) && !occasion.isRepeated() && all.get(occasion).failures < ENOUGH);
    }

    private Calls changed(Occasion occasion, UnaryOperator<Call> change) {
        Call call = all.get(occasion);
        return call == null ? this : with(occasion, change.apply(call));
    }

    private Calls with(Occasion occasion, Call call) {
        Map<Occasion, Call> next = new EnumMap<>(Occasion.class);
        next.putAll(all);
        next.put(occasion, call);
        return new Calls(Map.copyOf(next));
    }
}
