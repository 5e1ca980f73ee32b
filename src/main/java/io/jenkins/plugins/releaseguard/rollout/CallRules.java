// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** People are called until a channel has taken it, and again where only a person can bring things to an end. */
final class CallRules {
    private CallRules() {}

    static List<Event> events(Plan plan, State s, Instant wall) {
        List<Event> events = new ArrayList<>();
        for (Occasion occasion : due(plan, s, wall)) {
            events.addAll(Decisions.intend(s, s.calls().key(occasion), "call", text(s, occasion, wall)));
        }
        return events;
    }

    static List<Effect> effects(Plan plan, State s, Instant wall) {
        return due(plan, s, wall).stream()
                .map(occasion -> (Effect) new Effect.Call(s.calls().key(occasion), text(s, occasion, wall)))
                .toList();
    }

    /** Who only observes harms nobody, and calls nobody. */
    private static List<Occasion> due(Plan plan, State s, Instant wall) {
        return plan.observe() || s.calls().all().isEmpty()
                ? List.of()
                : s.calls().all().keySet().stream()
                        .filter(occasion -> s.calls().due(occasion, wall))
                        .sorted()
                        .toList();
    }

    private static String text(State s, Occasion occasion, Instant wall) {
        String reason = s.calls().reason(occasion);
        return switch (occasion) {
            case ROLLBACK -> "ROLLBACK NOT CONFIRMED: " + RollbackRules.known(s, wall);
            case FROZEN -> "FROZEN: " + reason + "; roll back by hand, or close the release";
            case PROCEDURE -> "ROLLBACK INCOMPLETE: " + Procedure.failed(s);
            case JOURNAL -> "RECORD NOT WRITTEN: " + reason;
            case ORPHAN -> "BUILD GONE: " + reason;
            case UNDECIDED -> "WAITING for a decision: " + reason;
            case APPROVAL -> "WAITING for approval: " + reason;
            case NO_DATA -> "NO DATA: " + reason;
            case WARNING -> "WARNING, held: " + reason;
        };
    }
}
