// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.LookAction;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Tells on the terminal what happens: phase, weight, time left, the numbers against the baseline, and why. */
final class Progress {
    /** Between two lines of numbers where there is no line to overwrite. */
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final Plan plan;
    private final Terminal terminal;
    private final Levels levels;
    private Instant begin;
    private Instant told = Instant.EPOCH;
    private Instant bakeFrom;
    private Duration bake = Duration.ZERO;
    private String where = "";
    private HoldCause held;
    private LookAction judged;

    Progress(Plan plan, Terminal terminal) {
        this.plan = plan;
        this.terminal = terminal;
        this.levels = new Levels(plan.metrics());
    }

    /** @param verdict the judge's last word, null before it */
    synchronized void happened(Stamped stamped, LookVerdict verdict) {
        if (begin == null) {
            begin = stamped.wall();
        }
        Event event = stamped.event();
        if (event instanceof Event.Looked looked) {
            looked(stamped, looked, verdict);
            return;
        }
        before(stamped, event);
        String line = line(event);
        if (line != null) {
            terminal.line(time(stamped) + line);
        }
    }

    /** Says something that isn't in the journal. */
    synchronized void say(String text) {
        terminal.line("         " + text);
    }

    private void before(Stamped stamped, Event event) {
        if (event instanceof Event.PhaseStarted phase) {
            levels.reset(phase.weight());
            judged = null;
            bakeFrom = null;
            where = weight(phase.weight());
        } else if (event instanceof Event.BakeStarted baking) {
            bakeFrom = stamped.at();
            bake = plan.phases().get(baking.phase()).bake();
        } else if (event instanceof Event.CanaryEnded) {
            levels.reset(100);
            bakeFrom = stamped.at();
            bake = plan.after();
            where = "100 %, rollback armed";
        } else if (event instanceof Event.Held hold) {
            held = hold.cause();
        } else if (event instanceof Event.Released || event instanceof Event.Breached) {
            held = null;
        }
    }

    private void looked(Stamped stamped, Event.Looked looked, LookVerdict verdict) {
        levels.add(looked);
        String text = where
                + left(stamped.at())
                + (held == null ? "" : " · holds (" + held + ")")
                + (levels.toString().isEmpty() ? "" : " · " + levels)
                + (looked.error() != null
                        ? " · no metrics: " + looked.error()
                        : verdict == null || bakeFrom == null ? "" : " · " + verdict.reason());
        if (terminal.isLive()) {
            terminal.status(text);
        } else if (Duration.between(told, stamped.wall()).compareTo(BETWEEN) >= 0) {
            told = stamped.wall();
            terminal.line(time(stamped) + "  " + text);
        }
    }

    private String left(Instant now) {
        if (bakeFrom == null) {
            return "";
        }
        Duration left = bake.minus(Duration.between(bakeFrom, now));
        return left.isNegative() ? " · over its bake" : " · " + duration(left) + " left";
    }

    /** What is said of an event; null for what only machines want to know. */
    private String line(Event event) {
        if (event instanceof Event.EvidenceGathered e) {
            String number = (e.value() == null ? "" : e.value())
                    + (e.limit() == null || e.limit().isEmpty() ? "" : ", limit " + e.limit());
            return "gate: " + e.entry() + " " + e.title() + ": " + e.status()
                    + (number.isEmpty() ? "" : " (" + number + ")")
                    + (e.status() == EvidenceStatus.PASS ? "" : ": " + e.reason() + fix(e.fix()));
        } else if (event instanceof Event.GateDecided e) {
            return "gate: " + e.decision() + (e.reasons().isEmpty() ? "" : ": " + String.join("; ", e.reasons()));
        } else if (event instanceof Event.Armed) {
            return "rollback armed: " + plan.triggers().size() + " trigger(s) watched, baseline captured";
        } else if (event instanceof Event.PhaseStarted e) {
            return "phase " + (e.phase() + 1) + " of " + plan.phases().size() + " (" + e.name() + "): to "
                    + weight(e.weight());
        } else if (event instanceof Event.BakeStarted e) {
            Phase phase = plan.phases().get(e.phase());
            return "  " + weight(phase.weight()) + " confirmed by the router; bakes " + here(phase.bake());
        } else if (event instanceof Event.PhaseEnded e) {
            return "  " + e.verdict() + " after " + duration(Duration.ofMillis((long) (e.seconds() * 1000))) + ": "
                    + numbers() + e.reason();
        } else if (event instanceof Event.CanaryEnded) {
            return "all traffic on the new version; watched for " + here(plan.after()) + ", rollback armed";
        } else if (event instanceof Event.Held e) {
            return "  holds: " + e.reason();
        } else if (event instanceof Event.Released e) {
            return "  goes on: " + e.cause() + " is over";
        } else if (event instanceof Event.Judged e) {
            return judged(e);
        }
        return rollback(event);
    }

    /** Said once: going on needs no words, and what ends the phase or the release is said with its end. */
    private String judged(Event.Judged e) {
        boolean news = e.action() == LookAction.HOLD && judged != LookAction.HOLD;
        judged = e.action();
        return news ? "  judge: " + e.action() + ": " + e.reason() : null;
    }

    private String rollback(Event event) {
        if (event instanceof Event.Breached e) {
            return "BREACH" + (e.entry() == null ? "" : " of " + e.entry()) + ": " + e.reason();
        } else if (event instanceof Event.RollbackStarted e) {
            return "rollback: detected in " + seconds(e.detectSeconds()) + ", decided in " + seconds(e.decideSeconds());
        } else if (event instanceof Event.RollbackActed e) {
            return "rollback: traffic moved back in " + seconds(e.actSeconds());
        } else if (event instanceof Event.RollbackConfirmed e) {
            return "rollback: CONFIRMED in " + seconds(e.confirmSeconds()) + ", " + seconds(e.totalSeconds())
                    + " since the breach (objective " + seconds(plan.objective().toMillis() / 1000.0) + ")";
        } else if (event instanceof Event.RollbackUnconfirmed e) {
            return "rollback: NOT CONFIRMED after " + seconds(e.totalSeconds()) + ": " + e.reason();
        } else if (event instanceof Event.Recovered e) {
            return "recovered: triggers quiet " + duration(Duration.ofMillis((long) (e.seconds() * 1000))) + " later";
        } else if (event instanceof Event.Validated e) {
            return "validation " + e.entry() + " " + e.title() + ": " + e.status()
                    + (e.value() == null || e.value().isEmpty() ? "" : " (" + e.value() + ")")
                    + (e.status() == EvidenceStatus.PASS ? "" : ": " + e.reason());
        } else if (event instanceof Event.Noted e) {
            return e.kind() + ": " + e.text();
        } else if (event instanceof Event.Operated e) {
            return e.command() + " by " + e.by() + ": " + e.reason();
        } else if (event instanceof Event.SignedOff e) {
            return "gate: " + e.entry() + (e.approved() ? " approved by " : " refused by ") + e.by();
        } else if (event instanceof Event.Resumed e) {
            return "resumed after " + seconds(e.downSeconds()) + ": " + e.why();
        } else if (event instanceof Event.Gap e) {
            return "journal: " + e.lost() + " event(s) lost: " + e.reason();
        }
        return null;
    }

    private String numbers() {
        String text = levels.toString();
        return text.isEmpty() ? "" : text + "; ";
    }

    private static String fix(String fix) {
        return fix == null || fix.isEmpty() ? "" : " -> " + fix;
    }

    private String here(Duration duration) {
        return duration(duration)
                + (plan.speed() > 1 ? " (" + seconds(duration.toMillis() / 1000.0 / plan.speed()) + " here)" : "");
    }

    private String time(Stamped stamped) {
        return String.format(
                Locale.ROOT, "%6.1fs  ", Duration.between(begin, stamped.wall()).toMillis() / 1000.0);
    }

    private static String weight(double weight) {
        return (weight == Math.rint(weight) ? Long.toString((long) weight) : Double.toString(weight)) + " %";
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
    }

    /** For instance {@code 14 min 30 s}. */
    static String duration(Duration duration) {
        long s = Math.round(duration.toMillis() / 1000.0);
        if (s < 60) {
            return s + " s";
        }
        String minutes = s / 60 % 60 == 0 && s >= 3600 ? "" : s / 60 % 60 + " min";
        if (s >= 3600) {
            return s / 3600 + " h" + (minutes.isEmpty() ? "" : " " + minutes);
        }
        return minutes + (s % 60 == 0 ? "" : " " + s % 60 + " s");
    }
}
