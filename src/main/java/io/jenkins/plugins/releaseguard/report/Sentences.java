// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Word;

/** An event as a sentence of the timeline. */
final class Sentences {
    private Sentences() {}

    static String of(Event event) {
        String text = beforeCanary(event);
        text = text == null ? canary(event) : text;
        text = text == null ? rollback(event) : text;
        return text == null ? rest(event) : text;
    }

    private static String beforeCanary(Event event) {
        if (event instanceof Event.Opened e) {
            return "Release opened" + by(e.by()) + (e.observe() ? ", to observe only" : "");
        }
        if (event instanceof Event.EvidenceGathered e) {
            return e.entry() + " " + Words.text(e.title()) + ": " + e.status() + Words.measured(e.value(), e.limit());
        }
        if (event instanceof Event.SignedOff e) {
            return e.entry() + (e.approved() ? " approved" : " refused") + by(e.by()) + colon(e.comment());
        }
        if (event instanceof Event.GateDecided e) {
            return "Gate: " + e.decision()
                    + (Words.text(e.override()).isEmpty()
                            ? ""
                            : ", overridden by " + e.override() + colon(e.overrideReason()))
                    + colon(e.reasons() == null ? "" : String.join("; ", e.reasons()));
        }
        return event instanceof Event.Armed ? "Rollback armed, baseline captured" : null;
    }

    private static String canary(Event event) {
        if (event instanceof Event.CanaryStarted e) {
            return "Canary begins" + colon(weights(e));
        }
        if (event instanceof Event.PhaseStarted e) {
            return "Phase " + phase(e) + " begins";
        }
        if (event instanceof Event.BakeStarted) {
            return "Weight confirmed, baking";
        }
        if (event instanceof Event.Judged e) {
            return "Judge says " + e.action() + colon(e.reason());
        }
        if (event instanceof Event.PhaseEnded e) {
            return phaseEnded("Phase " + (e.phase() + 1), e);
        }
        if (event instanceof Event.BodyEnded e) {
            return e.error() == null ? "The phase's body ended" : "The phase's body failed" + colon(e.error());
        }
        return event instanceof Event.CanaryEnded ? "The new version has all traffic, rollback still armed" : null;
    }

    private static String rollback(Event event) {
        if (event instanceof Event.Breached e) {
            return "Breach: " + (Words.text(e.reason()).isEmpty() ? Causes.title(Word.text(e.cause())) : e.reason());
        }
        if (event instanceof Event.RollbackStarted e) {
            return e.observed() ? "Would roll back (observing only)" : "Rolling back";
        }
        if (event instanceof Event.RollbackActed e) {
            return "All traffic sent back within " + Words.seconds(e.actSeconds());
        }
        if (event instanceof Event.RollbackConfirmed e) {
            return "Rollback confirmed " + Words.seconds(e.totalSeconds()) + " after the breach";
        }
        if (event instanceof Event.RollbackUnconfirmed e) {
            return "Rollback NOT confirmed after " + Words.seconds(e.totalSeconds()) + colon(e.reason());
        }
        if (event instanceof Event.Recovered e) {
            return "Recovered: triggers quiet after " + Words.seconds(e.seconds());
        }
        return null;
    }

    private static String rest(Event event) {
        if (event instanceof Event.Done e) {
            return e.error() == null ? "Done: " + e.key() : "Action failed (" + e.key() + ")" + colon(e.error());
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
        if (event instanceof Event.Held e) {
            return "Holding (" + e.cause() + ")" + colon(e.reason());
        }
        if (event instanceof Event.Released e) {
            return "Going on (" + e.cause() + ")";
        }
        if (event instanceof Event.Operated e) {
            return Words.capital(Words.text(e.command())) + by(e.by()) + colon(e.reason());
        }
        if (event instanceof Event.Validated e) {
            return e.entry() + " " + Words.text(e.title()) + ": " + e.status() + Words.measured(e.value(), e.limit());
        }
        if (event instanceof Event.Noted e) {
            return Words.text(e.text());
        }
        if (event instanceof Event.Resumed e) {
            return "Taken up again after " + Words.seconds(e.downSeconds()) + " without a controller" + colon(e.why());
        }
        if (event instanceof Event.Gap e) {
            return Words.count(e.lost(), "event") + " could not be written at the time" + colon(e.reason());
        }
        if (event instanceof Event.Ended e) {
            return "Release ended, " + Words.text(e.verdict()).replace('-', ' ') + colon(e.reason());
        }
        return event instanceof Event.Unknown e ? "(" + e.type() + ", known to a later version)" : "";
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

    static String phase(Event.PhaseStarted started) {
        return PhaseText.label(started.name(), started.weight());
    }

    static String phaseEnded(String phase, Event.PhaseEnded e) {
        return phase + " " + PhaseText.verdict(Word.text(e.verdict())) + " after " + Words.seconds(e.seconds())
                + colon(e.reason());
    }
}
