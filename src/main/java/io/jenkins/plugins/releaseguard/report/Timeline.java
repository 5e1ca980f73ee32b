// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.LookAction;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.PlanOutline.Phase;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The events that people want to see again: not each look, and the judge only when it says something else than before. */
final class Timeline {
    private final List<Report.Moment> moments = new ArrayList<>();
    private LookAction lastJudged = LookAction.CONTINUE;
    private String lastError;
    private final Map<Integer, Phase> phases = new HashMap<>();

    private Timeline() {}

    static List<Report.Moment> of(JournalFacts facts) {
        Timeline timeline = new Timeline();
        facts.events().forEach(timeline::see);
        return List.copyOf(timeline.moments);
    }

    private void see(Stamped stamped) {
        Event event = stamped.event();
        if (event instanceof Event.PhaseStarted started) {
            phases.put(started.phase(), new Phase(started.name(), started.weight(), null));
        }
        if (worthTelling(event)) {
            moments.add(new Report.Moment(stamped.seq(), stamped.at(), tone(event), EventText.of(event, phases)));
        }
    }

    private boolean worthTelling(Event event) {
        if (event instanceof Event.Looked looked) {
            boolean news = looked.error() != null && !Objects.equals(looked.error(), lastError);
            lastError = looked.error();
            return news;
        }
        if (event instanceof Event.Judged judged) {
            boolean news = judged.action() != lastJudged;
            lastJudged = judged.action();
            return news && judged.action() != LookAction.CONTINUE;
        }
        if (event instanceof Event.RouterRead read) {
            return read.error() != null;
        }
        if (event instanceof Event.Done done) {
            return done.error() != null;
        }
        if (event instanceof Event.BodyEnded ended) {
            return ended.error() != null;
        }
        return !(event instanceof Event.Intended || event instanceof Event.BakeStarted);
    }

    private static Tone tone(Event event) {
        if (event instanceof Event.Breached
                || event instanceof Event.RollbackUnconfirmed
                || event instanceof Event.Judged judged && judged.action() == LookAction.STOP
                || event instanceof Event.BodyEnded
                || event instanceof Event.Done) {
            return Tone.BAD;
        }
        if (event instanceof Event.Held
                || event instanceof Event.Gap
                || event instanceof Event.Resumed
                || event instanceof Event.Looked
                || event instanceof Event.LookLate
                || event instanceof Event.RouterRead
                || event instanceof Event.RollbackStarted
                || event instanceof Event.Judged judged && judged.action() == LookAction.HOLD
                || event instanceof Event.Noted noted && noted.kind() == NoteKind.ISSUE) {
            return Tone.WARN;
        }
        if (event instanceof Event.EvidenceGathered evidence) {
            return Tone.of(evidence.status());
        }
        if (event instanceof Event.Validated validated) {
            return Tone.of(validated.status());
        }
        if (event instanceof Event.PhaseEnded ended) {
            return Tone.of(ended.verdict());
        }
        if (event instanceof Event.GateDecided decided) {
            return Tone.of(decided.decision());
        }
        if (event instanceof Event.SignedOff signed) {
            return signed.approved() ? Tone.GOOD : Tone.BAD;
        }
        if (event instanceof Event.Ended ended) {
            return Tone.of(ended.verdict());
        }
        return event instanceof Event.RollbackConfirmed
                        || event instanceof Event.Recovered
                        || event instanceof Event.CanaryEnded
                ? Tone.GOOD
                : event instanceof Event.Operated ? Tone.INFO : Tone.PLAIN;
    }
}
