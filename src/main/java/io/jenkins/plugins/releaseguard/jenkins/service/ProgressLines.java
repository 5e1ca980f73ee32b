// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** One line of the build's log for each change of state; null for what is no change. */
final class ProgressLines {
    private ProgressLines() {}

    static String of(Plan plan, Event event) {
        String line = life(plan, event);
        if (line == null) {
            line = rollback(plan, event);
        }
        return line == null ? person(event) : line;
    }

    private static String life(Plan plan, Event event) {
        if (event instanceof Event.Armed) {
            return "watching " + plan.triggers().size() + " triggers every "
                    + seconds(plan.interval().toMillis() / 1000.0) + "; rollback is armed";
        } else if (event instanceof Event.PhaseStarted started) {
            return "phase " + (started.phase() + 1) + " of " + plan.phases().size() + ", " + started.name() + ": "
                    + (started.weight() == 0 ? "no public traffic" : number(started.weight()) + " % of the traffic");
        } else if (event instanceof Event.BakeStarted bake) {
            return plan.phases().get(bake.phase()).name() + ": the weight is confirmed, baking for "
                    + seconds(plan.phases().get(bake.phase()).bake().toMillis() / 1000.0);
        } else if (event instanceof Event.PhaseEnded ended) {
            return plan.phases().get(ended.phase()).name() + ": " + ended.verdict() + " after "
                    + seconds(ended.seconds()) + ", " + ended.reason();
        } else if (event instanceof Event.CanaryEnded) {
            return "the new version has all traffic; rollback stays armed for "
                    + seconds(plan.after().toMillis() / 1000.0);
        } else if (event instanceof Event.Held held) {
            return "on hold: " + held.reason();
        } else if (event instanceof Event.Released released) {
            return "no longer on hold for " + released.cause();
        } else if (event instanceof Event.Validated said) {
            return "validation " + said.entry() + ": " + said.status() + ", " + said.reason();
        } else if (event instanceof Event.Ended ended) {
            return ended.verdict()
                    + (ended.verdict() == ReleaseOutcome.ROLLED_BACK && !ended.confirmed() ? ", NOT CONFIRMED" : "")
                    + ": "
                    + ended.reason();
        }
        return null;
    }

    private static String rollback(Plan plan, Event event) {
        if (event instanceof Event.Breached breach) {
            return "BREACH" + (breach.entry() == null ? "" : " of " + breach.entry()) + ": " + breach.reason();
        } else if (event instanceof Event.RollbackStarted started) {
            return started.observed()
                    ? "would roll back now; only observing"
                    : "rolling back: detected in " + seconds(started.detectSeconds()) + ", decided in "
                            + seconds(started.decideSeconds());
        } else if (event instanceof Event.RollbackActed acted) {
            return (plan.routed() ? "traffic moved back in " : "the way back is carried out after ")
                    + seconds(acted.actSeconds());
        } else if (event instanceof Event.RollbackConfirmed confirmed) {
            return "rollback confirmed " + seconds(confirmed.totalSeconds()) + " after the breach"
                    + (confirmed.withinObjective() ? "" : ", LATER THAN THE OBJECTIVE");
        } else if (event instanceof Event.RollbackUnconfirmed unconfirmed) {
            return "ROLLBACK NOT CONFIRMED after " + seconds(unconfirmed.totalSeconds()) + ": " + unconfirmed.reason();
        } else if (event instanceof Event.Recovered recovered) {
            return "triggers are quiet again after " + seconds(recovered.seconds());
        }
        return null;
    }

    private static String person(Event event) {
        if (event instanceof Event.Operated operated) {
            return operated.command() + " by " + operated.by()
                    + (operated.reason() == null || operated.reason().isBlank() ? "" : ": " + operated.reason());
        } else if (event instanceof Event.SignedOff signed) {
            return signed.entry() + (signed.approved() ? " approved by " : " REFUSED by ") + signed.by();
        } else if (event instanceof Event.Noted noted) {
            return noted.kind() + ": " + noted.text();
        } else if (event instanceof Event.Resumed resumed) {
            return "taken up again after " + seconds(resumed.downSeconds()) + " without: " + resumed.why();
        } else if (event instanceof Event.Gap gap) {
            return gap.lost() + " events could not be written at their time: " + gap.reason();
        } else if (event instanceof Event.Done done && done.error() != null) {
            return failed(done);
        }
        return null;
    }

    /** The way back is tried again and again: the log has every attempt whose number is a power of two, the report has all. */
    private static String failed(Event.Done done) {
        String[] key = done.key().split("-");
        int number = key.length > 1 && key[1].matches("\\d{1,9}") ? Integer.parseInt(key[1]) + 1 : 1;
        String what =
                switch (key[0]) {
                    case "shift" -> "moving the traffic";
                    case "back" -> "moving the traffic back" + (number > 1 ? ", attempt " + number + "," : "");
                    case "action" -> "action " + number + " of the rollback's procedure";
                    default -> done.key();
                };
        return key[0].equals("back") && Integer.bitCount(number) > 1 ? null : what + " failed: " + done.error();
    }

    private static String seconds(double seconds) {
        return seconds >= 120 ? number(seconds / 60) + " min" : number(seconds) + " s";
    }

    private static String number(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value)
                        .setScale(1, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                : "?";
    }
}
