// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.Fold;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What may never happen, whatever goes wrong. Times are the universe's, in nanoseconds. */
final class Rules {
    private static final long SECOND = 1_000_000_000L;

    /** Of a bad canary, where nothing keeps anybody from seeing it. */
    private static final long DETECTED = 30 * SECOND;

    /** Where nothing is known that it could be held against: as long as a source may be silent. */
    private static final long DETECTED_BLIND = 60 * SECOND;

    /** Of a canary that is promoted: the last bake sees more than that. */
    private static final long PROMOTED = 15 * SECOND;

    /** From the breach, or from the end of what stood in the way, until users are back. */
    private static final long BACK = 45 * SECOND;

    /** From the breach, where nothing stands in the way. */
    private static final long AT_ONCE = 15 * SECOND;

    /** What a router says of a weight that was changed is not known at once; a promotion asks at its end. */
    private static final long NOTICED = 20 * SECOND;

    private static final long NOTICED_AT_THE_END = 10 * SECOND;

    /** Between tries on the way back, however long it lasts. */
    private static final long TRIED = 45 * SECOND;

    /** Between looks. */
    private static final long LOOKED = 25 * SECOND;

    // --- every second ---

    void watch(Release release, long now) {
        if (release.runner() == null || release.isEnded()) {
            return;
        }
        State state = release.state();
        double weight = release.service.weight();
        if (state.isRollingBack()) {
            wayBack(release, now, weight);
        } else {
            harm(release, now);
        }
        long quiet = now - Math.max(release.looks.since(), release.asked);
        if (state.life().watches() && !release.isAsking() && quiet > LOOKED && now > LOOKED) {
            once(
                    release,
                    "something always happens next: nobody has looked for " + (now - release.asked) / SECOND + " s");
        }
    }

    /** It waits for nothing but what it calls itself, not even for the disk. */
    private static void wayBack(Release release, long now, double weight) {
        long free = release.wayBack.since();
        // where no router can be asked again and again people are called, and it is theirs
        if (free == Long.MAX_VALUE || release.isTheirs()) {
            return;
        }
        if (now - Math.max(release.rollingSince + (release.plan.routed() ? AT_ONCE : BACK), free + BACK) > 0
                && weight > 0) {
            once(release, "a breach brings the traffic back: the weight is still " + weight);
        }
        if (release.plan.routed() && now - Math.max(Math.max(release.rollingSince, free), release.tried) > TRIED) {
            once(
                    release,
                    "a rollback tries until it is confirmed: nothing was tried for " + (now - release.tried) / SECOND
                            + " s");
        }
    }

    private static void harm(Release release, long now) {
        long harmed = release.harmed(now);
        long most = release.contract == Contracts.RELATIVE ? DETECTED_BLIND : DETECTED;
        if (release.moment() != Moment.FROZEN && release.state().life().watches() && harmed > most) {
            once(release, "harm is seen: the canary has failed half of its requests for " + harmed / SECOND + " s");
        }
    }

    private static void once(Release release, String what) {
        int colon = what.indexOf(": ");
        release.broken(what.substring(0, colon), what.substring(colon + 2));
    }

    // --- when all is well again, and people come ---

    void beforePeopleCome(Release release) {
        Moment moment = release.moment();
        boolean waits = moment == Moment.HELD || moment == Moment.FROZEN || release.isTheirs();
        if (!waits) {
            once(
                    release,
                    "every release ends or is with a person: nothing is wrong any more, and it stands in " + moment);
        } else if (release.callsTaken == 0 && !release.pressed) {
            once(release, "every release ends or is with a person: it waits, and nobody was called");
        }
    }

    // --- the end ---

    void atTheEnd(Release release) throws IOException {
        if (!release.isEnded()) {
            once(
                    release,
                    "every release ends: it has not, with " + release.state().holds());
        }
        if (!Files.exists(release.journal)) {
            if (release.runner() != null) {
                once(release, "every journal is there: it is not");
            }
            return;
        }
        if (!release.isWorthReading()) {
            return;
        }
        List<Stamped> events;
        try {
            JournalReader.Reading reading = JournalReader.read(release.journal);
            events = reading.events();
            State state = Fold.all(release.plan, events);
            if (state.life() != release.state().life()) {
                once(release, "every journal folds to where the release stands: " + state.life());
            }
            if (reading.readings().damage() != null) {
                once(release, "every journal verifies: " + reading.readings());
            }
        } catch (IOException | RuntimeException e) {
            once(release, "every journal folds and verifies: " + e);
            return;
        }
        if (release.isEnded()) {
            ended(release, events);
        }
        isolated(release, events);
        revived(release, events);
    }

    private static <E extends Event> List<E> all(List<Stamped> events, Class<E> type) {
        List<E> all = new ArrayList<>();
        for (Stamped stamped : events) {
            if (type.isInstance(stamped.event())) {
                all.add(type.cast(stamped.event()));
            }
        }
        return all;
    }

    private static void ended(Release release, List<Stamped> events) {
        Event.Ended ended = release.state().outcome();
        meant(release, events);
        boolean asked = release.plan.routed() && !release.lied && ended.confirmed() && !release.plan.observe();
        boolean promoted = ended.verdict() == ReleaseOutcome.PROMOTED;
        boolean settled = release.endedAt - release.weightAtEndSince > (promoted ? NOTICED_AT_THE_END : NOTICED);
        double wanted = promoted ? 100 : 0;
        if (asked && settled && ended.verdict() != ReleaseOutcome.HALTED && release.weightAtEnd != wanted) {
            once(release, "an end says where the traffic is: " + ended + ", and the weight is " + release.weightAtEnd);
        }
        if (ended.verdict() == ReleaseOutcome.PROMOTED) {
            promoted(release, events);
        } else if (ended.verdict() == ReleaseOutcome.ROLLED_BACK) {
            rolledBack(release, events, ended);
        }
    }

    private static void promoted(Release release, List<Stamped> events) {
        List<Event.PhaseEnded> phases = all(events, Event.PhaseEnded.class);
        if (phases.size() != release.plan.phases().size()
                || phases.stream().anyMatch(p -> p.verdict() == PhaseVerdict.FAIL)) {
            once(release, "promoted only through all phases: " + phases);
        }
        if (release.harmAtEnd > PROMOTED) {
            once(
                    release,
                    "harm is seen: it was promoted, and half of the canary's requests had failed for "
                            + release.harmAtEnd / SECOND + " s");
        }
        if (!all(events, Event.Breached.class).isEmpty()) {
            once(release, "promoted only without a breach: " + all(events, Event.Breached.class));
        }
        if (release.plan.routed()) {
            Event.RouterRead last = null;
            for (Event.RouterRead read : all(events, Event.RouterRead.class)) {
                last = read;
            }
            if (last == null || last.error() != null || last.weight() != 100) {
                once(release, "promoted only where the router says so at the end: " + last);
            }
        }
        Duration looked = Duration.ZERO;
        for (Stamped stamped : events) {
            Event event = stamped.event();
            if (event instanceof Event.PhaseStarted || event instanceof Event.CanaryEnded) {
                looked = Duration.ZERO;
            } else if (event instanceof Event.Looked look && look.error() == null) {
                looked = looked.plus(Duration.between(look.from(), look.to()));
            } else if (event instanceof Event.Ended && looked.compareTo(release.plan.after()) < 0) {
                once(release, "only time that was looked at counts: " + looked + " of " + release.plan.after());
            }
        }
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i).event() instanceof Event.PhaseEnded phase && phase.verdict() == PhaseVerdict.PASS) {
                passed(release, events.subList(0, i));
            }
        }
    }

    /** What people say counts for the phase that they said it of. */
    private static void meant(Release release, List<Stamped> events) {
        int phase = -1;
        boolean promoted = false;
        boolean approved = false;
        boolean paused = false;
        for (Stamped stamped : events) {
            Event event = stamped.event();
            if (event instanceof Event.PhaseStarted started) {
                phase = started.phase();
                promoted = false;
                approved = false;
            } else if (event instanceof Event.Operated said && (said.phase() == null || said.phase() == phase)) {
                promoted |= said.command() == OperatorCommand.PROMOTE;
                approved |= said.command() == OperatorCommand.APPROVE;
                paused = said.command() == OperatorCommand.PAUSE || paused && said.command() != OperatorCommand.RESUME;
            } else if (event instanceof Event.PhaseEnded ended) {
                boolean wants =
                        !release.plan.phases().get(ended.phase()).approve().isEmpty();
                if (!promoted && ended.reason().startsWith("promoted by") || wants && !approved) {
                    once(release, "only people who mean a phase end it: " + ended);
                }
                if (paused && !promoted) {
                    once(release, "what is paused waits: " + ended);
                }
                paused = false;
            }
        }
        boolean frozen = release.plan.irreversible();
        if (frozen
                && all(events, Event.RollbackStarted.class).size() > 0
                && all(events, Event.Operated.class).stream().noneMatch(Rules::ordersBack)) {
            once(release, "what can't be undone is not taken back: " + all(events, Event.Breached.class));
        }
    }

    private static boolean ordersBack(Event.Operated said) {
        return said.command() == OperatorCommand.of(BreachCause.OPERATOR)
                || said.command() == OperatorCommand.of(BreachCause.ABORT);
    }

    private static void passed(Release release, List<Stamped> before) {
        for (int i = before.size() - 1; i >= 0; i--) {
            Event event = before.get(i).event();
            if (event instanceof Event.Looked look
                    && look.samples().stream().anyMatch(s -> s.canaryTotal() != null && s.canaryTotal() > 0)) {
                return;
            }
            if (event instanceof Event.PhaseStarted) {
                once(release, "no evidence, no pass: a phase passed and nobody saw the canary");
                return;
            }
        }
    }

    private static void rolledBack(Release release, List<Stamped> events, Event.Ended ended) {
        if (release.moved && release.triesBack == 0 && !release.closed) {
            once(release, "every rollback tries: there was no attempt");
        }
        if (!ended.confirmed() && !release.closed) {
            once(release, "a rollback never ends unconfirmed by itself: " + ended.reason());
        }
        if (ended.confirmed() && all(events, Event.RollbackConfirmed.class).isEmpty()) {
            once(release, "confirmed only where it was: " + ended);
        }
    }

    /** No release hurts another. */
    private static void isolated(Release release, List<Stamped> events) {
        if (!release.faultless || release.pressed) {
            return;
        }
        List<Event.Breached> breaches = all(events, Event.Breached.class);
        if (!breaches.isEmpty()) {
            once(release, "no release hurts another: it was faultless, and " + breaches);
        }
        boolean alone = release.contract == Contracts.UNDECIDED || release.contract == Contracts.APPROVED;
        if (!alone && !release.delayed && release.endedAt > 180 * SECOND) {
            once(release, "no release hurts another: it was faultless, and took " + release.endedAt / SECOND + " s");
        }
    }

    /** The watchdog is for what nobody thought of. */
    private static void revived(Release release, List<Stamped> events) {
        for (Event.Noted note : all(events, Event.Noted.class)) {
            boolean known = note.kind() != NoteKind.ISSUE || !note.text().contains("revived");
            if (!known && !release.starved) {
                once(release, "no wake is lost: " + note.text());
            }
        }
        if (release.state().life() == Lifecycle.OPEN) {
            once(release, "every release begins: it has not");
        }
    }
}
