// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.forecast;

import io.jenkins.plugins.releaseguard.rollout.State;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import jenkins.util.SystemProperties;
import jenkins.util.Timer;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What is expected of one release, from when it is opened: nothing until the forecast is there. Safe for several threads; waits for nothing. */
@Restricted(NoExternalUse.class)
public final class Prospect {
    /** Of a release of which nobody has asked what to expect. */
    static final Prospect NONE = none();

    /** Seconds that a release waits for its first line, where it is the next to get one. */
    private static final String PATIENCE = "io.jenkins.plugins.releaseguard.expectationWaitSeconds";

    private static final int USUAL_PATIENCE = 5;

    /** Seconds that a forecast takes at most, unless it waits for a disk or a processor. */
    private static final int LONGEST = 10;

    private final CompletableFuture<Optional<Expected>> found = new CompletableFuture<>();

    /** What the release's record says of it; empty for nothing. */
    private final String said;

    private boolean begun;
    private volatile boolean next = true;

    Prospect() {
        said = "";
    }

    private Prospect(String said) {
        this.said = said;
        begun = true;
    }

    /**
     * Of a release that has begun before.
     *
     * @param said the line that its record has; empty for none
     */
    static Prospect takenUp(String said) {
        return new Prospect(said);
    }

    /** Others come first: nobody waits for it. */
    void hurry() {
        next = false;
    }

    boolean isRecorded() {
        return !said.isEmpty();
    }

    private static Prospect none() {
        Prospect none = new Prospect();
        none.settle(Optional.empty());
        return none;
    }

    /** @return whether whoever began the release has had to begin without, and is to be told now */
    synchronized boolean settle(Optional<Expected> expected) {
        // whoever waits may begin at once, and then begins with it
        boolean late = begun;
        found.complete(expected);
        return late && expected.isPresent();
    }

    /** Calls once: when it is known what to expect, or that nothing is, or after some seconds; at once where others come first. */
    public void whenKnown(Runnable then) {
        whenKnown(patience(), then);
    }

    private static Duration patience() {
        return Duration.ofSeconds(SystemProperties.getInteger(PATIENCE, USUAL_PATIENCE));
    }

    /** What is computed for longer keeps nobody waiting; never less than a release would wait. */
    static Duration longest() {
        return Duration.ofSeconds(Math.max(LONGEST, patience().toSeconds()));
    }

    void whenKnown(Duration atMost, Runnable then) {
        AtomicBoolean called = new AtomicBoolean();
        Runnable once = () -> {
            if (called.compareAndSet(false, true)) {
                then.run();
            }
        };
        if (!next) {
            once.run();
        } else if (!found.isDone()) {
            Timer.get().schedule(once, atMost.toMillis(), TimeUnit.MILLISECONDS);
        }
        found.thenRun(once);
    }

    /**
     * The release begins: says what its log is to begin with; what is known only later is told by itself. Of one that is taken up again, what its
     * record has: nobody knows whether its log came to it.
     */
    public synchronized void begun(Consumer<String> log) {
        if (isRecorded()) {
            log.accept(said);
        } else if (!begun) {
            begun = true;
            known().map(Expected::sentence).ifPresent(log);
        }
    }

    /** In some words, those of the record where it has some; empty while it isn't known, and where nothing is. */
    public String expected() {
        return isRecorded() ? Expected.text(said) : known().map(Expected::text).orElse("");
    }

    /**
     * How long the release will likely take yet, where it stands; empty where that isn't known.
     *
     * @param enclosed whether an {@code autoRollback} encloses it
     */
    public String remaining(State state, boolean enclosed) {
        return known().map(expected -> expected.remaining(state, enclosed)).orElse("");
    }

    private Optional<Expected> known() {
        return found.getNow(Optional.empty());
    }
}
