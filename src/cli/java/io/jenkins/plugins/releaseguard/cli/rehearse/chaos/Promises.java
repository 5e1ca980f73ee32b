// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.rollout.Fold;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a release promises whatever goes wrong, held against its record. */
final class Promises {
    /** @param kept false for a fault of this project, which its maintainers want to know of */
    record Promise(String promise, boolean kept, String how) {
        @Override
        public String toString() {
            return (kept ? "kept: " : "BROKEN: ") + promise + ": " + how;
        }
    }

    private final Plan plan;
    private final List<Stamped> events;
    private final List<Chaos.Strike> strikes;

    Promises(Plan plan, List<Stamped> events, List<Chaos.Strike> strikes) {
        this.plan = plan;
        this.events = events;
        this.strikes = strikes;
    }

    List<Promise> all() {
        return List.of(back(), evidence(), withSomebody(), record());
    }

    private <E extends Event> List<E> all(Class<E> type) {
        return events.stream()
                .map(Stamped::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** When the last event of a kind was noted, on the wall. */
    private Optional<Instant> at(Class<? extends Event> type) {
        return events.stream()
                .filter(s -> type.isInstance(s.event()))
                .map(Stamped::wall)
                .reduce((a, b) -> b);
    }

    private Optional<Event.Ended> ended() {
        return all(Event.Ended.class).stream().reduce((a, b) -> b);
    }

    // --- traffic ---

    private Promise back() {
        String promise = "a breach brings the traffic back within " + Span.text(plan.objective());
        Optional<Instant> breach = at(Event.Breached.class);
        if (breach.isEmpty()) {
            return new Promise(promise, true, "there was none");
        }
        List<String> inTheWay =
                inTheWay(breach.get(), at(Event.RollbackConfirmed.class).orElse(Instant.MAX));
        String why = inTheWay.isEmpty() ? "" : ", and this stood in the way: " + String.join("; ", inTheWay);
        Optional<Event.RollbackConfirmed> confirmed =
                all(Event.RollbackConfirmed.class).stream().findFirst();
        if (confirmed.isPresent()) {
            String took = "confirmed after " + Span.text(confirmed.get().totalSeconds());
            boolean within = confirmed.get().withinObjective();
            return new Promise(promise, within || !inTheWay.isEmpty(), took + (within ? "" : why));
        }
        if (ended().map(e -> e.verdict() == ReleaseOutcome.HALTED).orElse(false)) {
            return new Promise(promise, true, "there was nothing to bring back");
        }
        return new Promise(promise, !inTheWay.isEmpty(), "never confirmed" + why);
    }

    private List<String> inTheWay(Instant from, Instant to) {
        return strikes.stream()
                .filter(s -> s.fault().kind().standsInTheWay())
                .filter(s -> !s.from().isAfter(to) && (s.to() == null || !s.to().isBefore(from)))
                .map(s -> s.fault().kind().toString())
                .distinct()
                .toList();
    }

    // --- evidence ---

    private Promise evidence() {
        String promise = "nothing is promoted without evidence";
        if (ended().map(e -> e.verdict() != ReleaseOutcome.PROMOTED).orElse(true)) {
            return new Promise(promise, true, "it was not promoted");
        }
        List<String> without = new ArrayList<>();
        int passed = 0;
        int phaseBegan = 0;
        int watchBegan = 0;
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i).event();
            if (event instanceof Event.PhaseStarted) {
                phaseBegan = i;
            } else if (event instanceof Event.CanaryEnded) {
                watchBegan = i;
            } else if (event instanceof Event.PhaseEnded phase && phase.verdict() == PhaseVerdict.PASS) {
                passed++;
                if (events.subList(phaseBegan, i).stream().noneMatch(Promises::seen)) {
                    without.add("phase " + (phase.phase() + 1) + " passed, and nobody saw the new version");
                }
            }
        }
        if (watched(watchBegan).compareTo(plan.after()) < 0) {
            without.add("watched for " + Span.text(watched(watchBegan)) + " of " + Span.text(plan.after())
                    + " with all traffic");
        }
        Optional<Event.RouterRead> last = all(Event.RouterRead.class).stream().reduce((a, b) -> b);
        if (plan.routed()
                && last.map(r -> r.error() != null || r.weight() != lastWeight())
                        .orElse(true)) {
            without.add("the router did not say so at the end");
        }
        return new Promise(
                promise,
                without.isEmpty(),
                without.isEmpty()
                        ? passed + " of " + plan.phases().size() + " phases passed on what was seen of the new version"
                        : String.join("; ", without));
    }

    private double lastWeight() {
        return plan.phases().isEmpty()
                ? 0
                : plan.phases().get(plan.phases().size() - 1).weight();
    }

    private static boolean seen(Stamped stamped) {
        return stamped.event() instanceof Event.Looked look
                && look.samples().stream()
                        .anyMatch(s -> s.canaryTotal() != null && s.canaryTotal() > 0
                                || s.canaryValues() != null && !s.canaryValues().isEmpty());
    }

    private Duration watched(int from) {
        Duration looked = Duration.ZERO;
        for (Stamped stamped : events.subList(from, events.size())) {
            if (stamped.event() instanceof Event.Looked look && look.error() == null) {
                looked = looked.plus(Duration.between(look.from(), look.to()));
            }
        }
        return looked;
    }

    // --- people ---

    /** Times that a channel took a call, in order. */
    List<Stamped> callsTaken() {
        return events.stream()
                .filter(s -> s.event() instanceof Event.Done done
                        && done.error() == null
                        && EffectKey.parse(done.key()).kind() == EffectKey.Kind.CALL)
                .toList();
    }

    private Promise withSomebody() {
        String promise = "it ends, or is with a person who was called";
        if (ended().isEmpty()) {
            return new Promise(promise, false, "it has not ended");
        }
        boolean byHand = all(Event.Operated.class).stream()
                .anyMatch(o -> o.command() == OperatorCommand.OPERATOR || o.command() == OperatorCommand.CLOSE);
        if (!byHand) {
            return new Promise(promise, true, "it ended by itself");
        }
        boolean unreachable = strikes.stream().anyMatch(s -> s.fault().kind().port == FaultKind.Port.PEOPLE);
        int calls = callsTaken().size();
        return new Promise(
                promise,
                calls > 0 || unreachable,
                "it waited for a person, "
                        + (calls > 0
                                ? "who was called"
                                : unreachable ? "whom no channel reached" : "and called nobody"));
    }

    // --- record ---

    private Promise record() {
        String promise = "its record tells all of it";
        if (Fold.all(plan, events).life() != Lifecycle.ENDED) {
            return new Promise(promise, false, "it does not lead to the release's end");
        }
        List<Event.Gap> gaps = all(Event.Gap.class);
        boolean kills = strikes.stream().anyMatch(s -> s.fault().kind() == FaultKind.KILL);
        return new Promise(
                promise,
                true,
                gaps.isEmpty()
                        ? events.size() + " events" + (kills ? ", but for what the kill took before it was kept" : "")
                        : events.size() + " events; late or lost: "
                                + gaps.stream()
                                        .map(Event.Gap::reason)
                                        .distinct()
                                        .collect(Collectors.joining("; ")));
    }
}
