// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.rollout.Reaction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Asks what follows, and what follows of that, until nothing more happens: but not for ever, as others wait for the thread. */
final class Rounds {
    private static final Logger LOGGER = Logger.getLogger(Rounds.class.getName());

    /** More than any state needs by far. */
    static final int MOST = 100;

    private boolean told;

    /**
     * @param accept folds an event; false where it can't be
     * @return without events; null where it goes on later
     */
    Reaction settle(Supplier<Reaction> react, Predicate<Event> accept) {
        for (int round = 0; round < MOST; round++) {
            Reaction reaction = react.get();
            boolean folded = true;
            for (Event event : reaction.events()) {
                folded &= accept.test(event);
            }
            if (reaction.events().isEmpty() || !folded) {
                // what can't be folded would be decided again at once
                return folded ? reaction : null;
            }
        }
        String text = "the rollout's rules did not come to an end in " + MOST + " rounds; they go on a little later";
        LOGGER.log(Level.SEVERE, text);
        if (!told) {
            told = true;
            accept.test(new Event.Noted(NoteKind.ISSUE, text));
        }
        return null;
    }
}
