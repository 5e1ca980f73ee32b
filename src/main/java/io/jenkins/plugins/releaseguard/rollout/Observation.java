// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.LookAction;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import io.jenkins.plugins.releaseguard.rollout.trigger.Captured;
import io.jenkins.plugins.releaseguard.rollout.trigger.TriggerState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is known from looking.
 *
 * @param captured the baseline before the deployment
 * @param triggers by entry id
 * @param noted breaches that a release which only observes has noted already
 */
record Observation(
        Looks looks, Captured captured, Map<String, TriggerState> triggers, Judging judging, Set<Noted> noted) {
    static final Observation NONE = new Observation(Looks.NONE, Captured.NOTHING, Map.of(), Judging.NONE, Set.of());

    /** A breach as far as one is told from the next. */
    record Noted(BreachCause cause, String entry) {
        static Noted of(Event.Breached breach) {
            return new Noted(breach.cause(), breach.entry());
        }
    }

    /**
     * A trigger's limit lies inside the bucket that has what it is about.
     *
     * @param since the first such look's beginning
     * @param why which bucket, and what to do
     */
    record Doubt(Instant since, String why) {}

    /**
     * When the sources were asked and what became of it.
     *
     * @param tiled end of the last interval that a look covered: the next begins here
     * @param asked when the sources were last asked
     * @param lastData when the sources last said something; null before the first
     * @param error why they said nothing, null if they did
     * @param blind whether they spoke, but what a trigger is to be held against is unknown
     * @param count looks with data since the phase's bake began
     * @param seen whose work these looks showed
     * @param doubt since when no look could tell whether a trigger is broken, null where the last one with data could
     * @param watched time of the phase's bake, or of the last bake, that looks with data cover: the only time that counts
     */
    record Looks(
            Instant tiled,
            Instant asked,
            Instant lastData,
            String error,
            boolean blind,
            int count,
            Seen seen,
            Doubt doubt,
            Duration watched) {
        static final Looks NONE = new Draft().looks();

        /** Looking begins anew at {@code at}: what was before is another phase's. */
        Looks from(Instant at) {
            return changed(draft -> {
                draft.tiled = at;
                draft.asked = at;
                draft.lastData = lastData == null ? at : lastData;
                draft.count = 0;
                draft.doubt = null;
            });
        }

        /** Nobody looked until {@code at}, and nobody is blamed for it. */
        Looks since(Instant at) {
            return changed(draft -> {
                draft.tiled = at;
                draft.asked = at;
                draft.lastData = at;
                draft.doubt = null;
            });
        }

        /** They were asked that much later than wished: it was not their silence. */
        Looks late(Duration by, Instant at) {
            return changed(draft -> {
                Instant later = lastData == null ? at : lastData.plus(by);
                draft.lastData = later.isAfter(at) ? at : later;
            });
        }

        Looks asked(Instant at) {
            return changed(draft -> draft.asked = at);
        }

        Looks silent(String why) {
            return changed(draft -> {
                draft.error = why;
                draft.blind = false;
            });
        }

        /**
         * @param counts the time of the look that is watched time
         * @param work whose work was seen in that so far
         */
        Looks seen(Instant to, Duration counts, Seen work) {
            return changed(draft -> {
                // one that was asked before looking began anew doesn't take it back
                draft.tiled = tiled != null && tiled.isAfter(to) ? tiled : to;
                draft.lastData = lastData != null && lastData.isAfter(to) ? lastData : to;
                draft.error = null;
                draft.blind = false;
                draft.doubt = null;
                draft.count = count + 1;
                draft.watched = watched.plus(counts);
                draft.seen = work;
            });
        }

        /** The sources' word isn't what lacks, so what was asked for is not asked again. */
        Looks blind(Instant since, String why) {
            return changed(draft -> {
                draft.lastData = since;
                draft.error = why;
                draft.blind = true;
            });
        }

        /** The look that was just seen can't tell whether a trigger is broken, as those before that say the same. */
        Looks doubtful(Doubt before, Instant from, String why) {
            return changed(draft -> draft.doubt = new Doubt(before == null ? from : before.since(), why));
        }

        Looks unwatched() {
            return with(Seen.NOTHING).changed(draft -> draft.watched = Duration.ZERO);
        }

        Looks with(Seen work) {
            return changed(draft -> draft.seen = work);
        }

        private Looks changed(Consumer<Draft> change) {
            Draft draft = new Draft();
            draft.tiled = tiled;
            draft.asked = asked;
            draft.lastData = lastData;
            draft.error = error;
            draft.blind = blind;
            draft.count = count;
            draft.watched = watched;
            draft.seen = seen;
            draft.doubt = doubt;
            change.accept(draft);
            return draft.looks();
        }

        private static final class Draft {
            Instant tiled;
            Instant asked;
            Instant lastData;
            String error;
            boolean blind;
            int count;
            Duration watched = Duration.ZERO;
            Seen seen = Seen.NOTHING;
            Doubt doubt;

            Looks looks() {
                return new Looks(tiled, asked, lastData, error, blind, count, seen, doubt, watched);
            }
        }
    }

    /**
     * The judge of the phase under way.
     *
     * @param state its own, null without concurrent variants so far
     * @param verdict its last word, null before it
     * @param told the action of the last {@code Judged} event
     */
    record Judging(WatchState state, LookVerdict verdict, LookAction told) {
        static final Judging NONE = new Judging(null, null, null);
    }

    Observation from(Instant at) {
        return with(looks.from(at)).with(new Judging(judging.state, null, null));
    }

    /** Another phase, or the last bake, begins: nothing of it has been watched yet. */
    Observation unwatched() {
        return with(looks.unwatched());
    }

    Observation withSeen(Seen work) {
        return with(looks.with(work));
    }

    Observation withCapture(Event.Armed armed) {
        return new Observation(looks, captured.with(armed), triggers, judging, noted);
    }

    Observation asked(Instant at) {
        return with(looks.asked(at));
    }

    Observation withSilence(String error) {
        return with(looks.silent(error));
    }

    Observation withLook(
            Instant to,
            Duration counts,
            Seen work,
            Map<String, TriggerState> states,
            WatchState judge,
            LookVerdict verdict) {
        return new Observation(
                looks.seen(to, counts, work),
                captured,
                Map.copyOf(states),
                new Judging(judge, verdict, judging.told),
                noted);
    }

    /** Triggers are watched from {@code at}. */
    Observation since(Instant at) {
        return with(looks.since(at));
    }

    /** A look that was answered, but has nothing that some trigger can be held against: of that one it is as silent as none. */
    Observation blind(Instant lastData, String why) {
        return with(looks.blind(lastData, why));
    }

    /** A look that was answered, but can't tell whether a trigger is broken. */
    Observation doubtful(Doubt before, Instant from, String why) {
        return with(looks.doubtful(before, from, why));
    }

    Observation withTrigger(String entry, TriggerState trigger) {
        Map<String, TriggerState> all = new HashMap<>(triggers);
        all.put(entry, trigger);
        return new Observation(looks, captured, Map.copyOf(all), judging, noted);
    }

    Observation withTold(LookAction action) {
        return with(new Judging(judging.state, judging.verdict, action));
    }

    Observation withNoted(Event.Breached breach) {
        Set<Noted> all = new HashSet<>(noted);
        all.add(Noted.of(breach));
        return new Observation(looks, captured, triggers, judging, Set.copyOf(all));
    }

    /** The sources were asked later than wished. */
    Observation late(Duration by, Instant at) {
        return with(looks.late(by, at));
    }

    /** Time without a runner isn't judged: looks go on from {@code at}. */
    Observation afterGap(Instant at) {
        return new Observation(looks.since(at).silent(null), captured, Map.of(), judging, noted);
    }

    private Observation with(Looks value) {
        return new Observation(value, captured, triggers, judging, noted);
    }

    private Observation with(Judging value) {
        return new Observation(looks, captured, triggers, value, noted);
    }
}
