// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.PlanOutline;
import io.jenkins.plugins.releaseguard.journal.PlanOutline.Phase;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Word;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An event as one sentence, with the same words and numbers wherever it is told. While a release runs, its plan is known and says
 * more; a report, which tells it afterwards, has sections for that.
 */
public final class EventText {
    /** Where a sentence is told. */
    public enum Detail {
        /** In a build's log while the release runs: changes of state, what people do, what fails. */
        LOG,
        /** In a report: every event has a sentence. */
        TIMELINE,
        /** On a terminal while the release runs: as in a log, with what the gate and the judge say, and without the end. */
        TERMINAL
    }

    private final Detail detail;
    private final boolean live;
    private final Optional<PlanOutline> plan;
    private final Map<Integer, Phase> phases;

    private EventText(Detail detail, PlanOutline plan, Map<Integer, Phase> phases) {
        this.detail = detail;
        this.live = detail != Detail.TIMELINE;
        this.plan = Optional.ofNullable(plan);
        this.phases = phases;
    }

    /**
     * The event's sentence, without a full stop; empty for what is not told there.
     *
     * @param plan null where it is not known
     */
    public static Optional<String> of(Event event, PlanOutline plan, Detail detail) {
        EventText text = new EventText(detail, plan, plan == null ? Map.of() : byIndex(plan.phases()));
        return text.isTold(event) ? Optional.of(text.sentence(event)) : Optional.empty();
    }

    /**
     * The sentence of a report.
     *
     * @param phases those that have begun, by index
     */
    static String of(Event event, Map<Integer, Phase> phases) {
        return new EventText(Detail.TIMELINE, null, phases).sentence(event);
    }

    private boolean isTold(Event event) {
        return switch (detail) {
            case TIMELINE -> true;
            case TERMINAL -> !isForMachines(event) && !(event instanceof Event.Ended);
            case LOG ->
                event instanceof Event.Done done
                        ? isNews(done)
                        : !isForMachines(event) && !isSaidByTheGate(event) && !(event instanceof Event.Judged);
        };
    }

    /** What is written down to take a release up again, or so often that a number in its place says more. */
    private static boolean isForMachines(Event event) {
        return event instanceof Event.Opened
                || event instanceof Event.CanaryStarted
                || event instanceof Event.Intended
                || event instanceof Event.Done
                || event instanceof Event.RouterRead
                || event instanceof Event.Looked
                || event instanceof Event.BodyEnded
                || event instanceof Event.Noted noted && noted.kind() == NoteKind.EXPECTED
                || event instanceof Event.Unknown;
    }

    /** A build's gate has said it itself, with what is left to do. */
    private static boolean isSaidByTheGate(Event event) {
        return event instanceof Event.EvidenceGathered || event instanceof Event.GateDecided;
    }

    private String sentence(Event event) {
        String text = gate(event);
        text = text == null ? canary(event) : text;
        text = text == null ? rollback(event) : text;
        text = text == null ? people(event) : text;
        return text == null ? rest(event) : text;
    }

    private String gate(Event event) {
        if (event instanceof Event.Opened e) {
            return begin("Release opened")
                    + by(e.by())
                    + (e.observe() ? ", to observe only" : "")
                    + (e.contractOrigin() == null
                            ? ""
                            : ". Its contract is from " + e.contractOrigin().text());
        }
        if (event instanceof Event.EvidenceGathered e) {
            return (live ? "gate: " : "")
                    + checked(e.entry(), e.title(), e.status(), e.value(), e.limit())
                    + (live && e.status() != EvidenceStatus.PASS
                            ? colon(e.reason()) + (Words.text(e.fix()).isEmpty() ? "" : " -> " + e.fix())
                            : "");
        }
        if (event instanceof Event.GateDecided e) {
            return begin("Gate: ")
                    + e.decision()
                    + (Words.text(e.override()).isEmpty()
                            ? ""
                            : ", overridden by " + e.override() + colon(e.overrideReason()))
                    + colon(e.reasons() == null ? "" : String.join("; ", e.reasons()));
        }
        return event instanceof Event.Armed
                ? begin("Rollback armed, baseline captured")
                        + plan.map(p -> "; watching " + Words.count(p.triggers(), "trigger") + " every "
                                        + time(p.interval()))
                                .orElse("")
                : null;
    }

    private String canary(Event event) {
        if (event instanceof Event.CanaryStarted e) {
            return begin("Canary begins") + colon(weights(e));
        }
        if (event instanceof Event.PhaseStarted e) {
            String label = PhaseText.label(e.name(), e.weight());
            return begin("Phase ")
                    + plan.map(p -> (e.phase() + 1) + " of " + p.phases().size() + " (" + label + ")")
                            .orElse(label)
                    + " begins";
        }
        if (event instanceof Event.BakeStarted e) {
            Phase phase = phases.get(e.phase());
            String warming = e.warmup() == null
                    ? ""
                    : "warming up for " + time(Duration.ofMillis(Math.round(1000 * e.warmup()))) + ", then ";
            return !live || phase == null
                    ? begin("Weight confirmed, ") + warming + "baking"
                    : "phase " + label(phase) + ": weight confirmed, " + warming + "baking for " + time(phase.bake());
        }
        if (event instanceof Event.Judged e) {
            return begin("Judge says ") + e.action() + colon(e.reason());
        }
        if (event instanceof Event.PhaseEnded e) {
            Phase phase = phases.get(e.phase());
            return begin("Phase ") + (phase == null ? e.phase() + 1 : label(phase)) + " "
                    + PhaseText.verdict(PhaseStatus.of(e.verdict())) + " after " + Span.text(e.seconds())
                    + colon(e.reason());
        }
        if (event instanceof Event.BodyEnded e) {
            return e.error() == null ? "The phase's body ended" : "The phase's body failed" + colon(e.error());
        }
        if (event instanceof Event.Validated e) {
            return (live ? "validation " : "")
                    + checked(e.entry(), e.title(), e.status(), e.value(), e.limit())
                    + (live && e.status() != EvidenceStatus.PASS ? colon(e.reason()) : "");
        }
        return event instanceof Event.CanaryEnded
                ? begin("The new version has all traffic, rollback still armed")
                        + plan.map(p -> " for " + time(p.after())).orElse("")
                : null;
    }

    private String rollback(Event event) {
        if (event instanceof Event.Breached e) {
            return (live ? "BREACH" + (Words.text(e.entry()).isEmpty() ? "" : " of " + e.entry()) : "Breach") + ": "
                    + (Words.text(e.reason()).isEmpty() ? Causes.title(Word.text(e.cause())) : e.reason());
        }
        if (event instanceof Event.RollbackStarted e) {
            return e.observed()
                    ? begin("Would roll back (observing only)")
                    : begin("Rolling back")
                            + (live
                                    ? ": detected in " + Span.text(e.detectSeconds()) + ", decided in "
                                            + Span.text(e.decideSeconds())
                                    : "");
        }
        if (event instanceof Event.RollbackActed e) {
            boolean routed = plan.map(PlanOutline::routed).orElse(true);
            return begin(routed ? "All traffic sent back within " : "The way back is carried out, within ")
                    + Span.text(e.actSeconds());
        }
        if (event instanceof Event.RollbackConfirmed e) {
            return begin("Rollback confirmed ") + Span.text(e.totalSeconds()) + " after the breach"
                    + plan.map(p -> (e.withinObjective() ? ", within" : ", LATER THAN") + " the objective of "
                                    + Span.text(p.objective()))
                            .orElse("");
        }
        if (event instanceof Event.RollbackUnconfirmed e) {
            return begin("Rollback NOT ") + (live ? "CONFIRMED" : "confirmed") + " after " + Span.text(e.totalSeconds())
                    + colon(e.reason());
        }
        return event instanceof Event.Recovered e
                ? begin("Recovered: triggers quiet after ") + Span.text(e.seconds())
                : null;
    }

    private String people(Event event) {
        if (event instanceof Event.SignedOff e) {
            return e.entry() + (e.approved() ? " approved" : " refused") + by(e.by()) + colon(e.comment());
        }
        if (event instanceof Event.Operated e) {
            return begin(Words.capital(done(e.command()))) + by(e.by()) + colon(e.reason());
        }
        if (event instanceof Event.Held e) {
            return begin("Holding (") + e.cause() + ")" + colon(e.reason());
        }
        if (event instanceof Event.Released e) {
            return begin("Going on (") + e.cause() + ")";
        }
        if (event instanceof Event.Noted e) {
            return (live ? e.kind() + ": " : "") + Words.text(e.text());
        }
        return null;
    }

    private String rest(Event event) {
        if (event instanceof Event.Done e) {
            return e.error() == null ? "Done: " + e.key() : failed(e) + colon(e.error());
        }
        if (event instanceof Event.Intended e) {
            return "Doing: " + e.effect() + " " + Words.text(e.detail());
        }
        if (event instanceof Event.RouterRead e) {
            return e.error() == null
                    ? "Router says " + Words.percent(e.weight())
                    : "Router did not answer" + colon(e.error());
        }
        if (event instanceof Event.Looked e) {
            return "Look" + colon(e.error());
        }
        if (event instanceof Event.LookLate e) {
            return "The sources were asked " + Span.text(e.seconds()) + " later than wished: the controller was busy";
        }
        if (event instanceof Event.Resumed e) {
            return begin("Taken up again after ") + Span.text(e.downSeconds()) + " without a controller"
                    + colon(e.why());
        }
        if (event instanceof Event.Gap e) {
            return Words.count(e.lost(), "event") + " could not be written at the time" + colon(e.reason());
        }
        if (event instanceof Event.Ended e) {
            return begin("Release ended, ")
                    + Words.text(e.verdict()).replace('-', ' ')
                    + (live && e.verdict() == ReleaseOutcome.ROLLED_BACK && !e.confirmed() ? ", NOT CONFIRMED" : "")
                    + colon(e.reason());
        }
        return event instanceof Event.Unknown e ? "(" + e.type() + ", known to a later version)" : "";
    }

    private static Map<Integer, Phase> byIndex(List<Phase> phases) {
        Map<Integer, Phase> byIndex = new HashMap<>();
        phases.forEach(phase -> byIndex.put(byIndex.size(), phase));
        return byIndex;
    }

    private static String label(Phase phase) {
        return PhaseText.label(phase.name(), phase.weight());
    }

    private static String checked(String entry, String title, EvidenceStatus status, String value, String limit) {
        return entry + " " + Words.text(title) + ": " + status + Words.measured(value, limit);
    }

    /** What failed; a report, which lists the actions by their keys, names the key. */
    private String failed(Event.Done done) {
        if (!live) {
            return "Action failed (" + done.key() + ")";
        }
        EffectKey key = EffectKey.parse(done.key());
        int attempt = key.attempt() + 1;
        return switch (key.kind()) {
                    case SHIFT -> "moving the traffic";
                    case BACK -> "moving the traffic back" + (attempt > 1 ? ", attempt " + attempt + "," : "");
                    case ACTION -> "action " + (key.index() + 1) + " of the rollback's procedure";
                    case CALL -> "calling people" + (attempt > 1 ? ", call " + attempt + "," : "");
                    default -> done.key();
                }
                + " failed";
    }

    /** What is tried again and again: of its attempts those whose number is a power of two; the report has all. */
    private static boolean isNews(Event.Done done) {
        EffectKey key = EffectKey.parse(done.key());
        return done.error() != null && (!key.isEndless() || Integer.bitCount(key.attempt() + 1) == 1);
    }

    private static String done(OperatorCommand command) {
        return command == OperatorCommand.TAKE
                ? "taken over"
                : command == OperatorCommand.CLOSE ? "closed" : Words.text(command);
    }

    /** The release's own time, and what it takes on the wall where that differs. */
    private String time(Duration time) {
        double speed = plan.map(PlanOutline::speed).orElse(1.0);
        return Span.text(time) + (speed > 1 ? " (" + Span.text(time.toMillis() / 1000.0 / speed) + " here)" : "");
    }

    /** A log's and a terminal's lines begin in small letters: something stands before them. */
    private String begin(String text) {
        return live && !text.isEmpty() ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
    }

    private static String by(String who) {
        return Words.text(who).isEmpty() ? "" : " by " + who;
    }

    private static String colon(String text) {
        return Words.text(text).isEmpty() ? "" : ": " + text;
    }

    private static String weights(Event.CanaryStarted e) {
        return e.weights() == null
                ? ""
                : String.join(" → ", e.weights().stream().map(Words::percent).toList());
    }
}
