// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EventSize;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Fold;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Folds what happens, and then has it written: what can't be folded would make the record unreadable, and what is too large would keep
 * all after it from the disk. Used by one thread at a time.
 */
final class Recorder {
    private static final Logger LOGGER = Logger.getLogger(Recorder.class.getName());

    private final Plan plan;
    private final JournalLane journal;
    private final ReleaseClock clock;
    private final BiConsumer<Stamped, State> happened;
    private final Set<String> unfoldable = new HashSet<>();
    private State state;
    private boolean failed;

    /** @param happened told of each event and the state that it led to */
    Recorder(Plan plan, State state, JournalLane journal, ReleaseClock clock, BiConsumer<Stamped, State> happened) {
        this.plan = plan;
        this.state = state;
        this.journal = journal;
        this.clock = clock;
        this.happened = happened;
    }

    /** False where the event can't be folded. */
    boolean record(Event event) {
        if (state.life() == Lifecycle.ENDED) {
            return true;
        }
        Event kept = EventSize.fit(event);
        Stamped stamped = new Stamped(-1, clock.now(), clock.wall(), kept);
        try {
            state = Fold.apply(plan, state, stamped);
        } catch (RuntimeException e) {
            leaveOut(event, e);
            return false;
        }
        journal.add(stamped);
        happened.accept(stamped, state);
        if (kept != event) {
            record(new Event.Noted(NoteKind.ISSUE, name(event) + " was larger than the record takes, and was cut"));
        }
        return true;
    }

    /** It is told; and a look counts as one that said nothing, or the sources would be asked again at once. */
    private void leaveOut(Event event, RuntimeException e) {
        String text = name(event) + " was left out, since nothing can follow from it: " + e;
        LOGGER.log(Level.SEVERE, text, e);
        if (event instanceof Event.Looked look && look.error() == null) {
            record(new Event.Looked(look.phase(), look.from(), look.to(), List.of(), text));
        }
        if (!(event instanceof Event.Noted) && unfoldable.add(text)) {
            record(new Event.Noted(NoteKind.ISSUE, text));
        }
    }

    private static String name(Event event) {
        return "an event '" + event.getClass().getSimpleName() + "'";
    }

    /**
     * Whether it may be done now: what goes forward waits until its intent is on the disk. The way back waits for no disk, and
     * neither does watching.
     */
    boolean allows(Effect effect) {
        return state.isRollingBack() || journal.whole() || !goesForward(effect);
    }

    private static boolean goesForward(Effect effect) {
        return effect instanceof Effect.Shift
                || effect instanceof Effect.RunBody
                || effect instanceof Effect.Act
                || effect instanceof Effect.Validate validate && validate.key().kind() != EffectKey.Kind.PROBE;
    }

    /** Why the journal can't be written, once each time that this is found; null otherwise, also while it only hangs. */
    String failure() {
        String failure = journal.failure();
        boolean news = failure != null && !failed;
        failed = failure != null;
        return news ? failure : null;
    }
}
