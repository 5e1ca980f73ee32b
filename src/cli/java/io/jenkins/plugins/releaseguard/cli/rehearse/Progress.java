// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.LookAction;
import io.jenkins.plugins.releaseguard.journal.PlanOutline;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.report.EventText;
import io.jenkins.plugins.releaseguard.report.Words;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Tells on the terminal what happens: phase, weight, time left, the numbers against the baseline, and why. */
final class Progress {
    /** Between two lines of numbers where there is no line to overwrite. */
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    /** Before what is said of a phase. */
    private static final String INSIDE = "  ";

    private final Plan plan;
    private final PlanOutline outline;
    private final Terminal terminal;
    private final Levels levels;
    private Instant begin;
    private Instant told = Instant.EPOCH;
    private Instant warm = Instant.MIN;
    private Instant bakeFrom;
    private Duration bake = Duration.ZERO;
    private String where = "";
    private HoldCause held;
    private LookAction judged;

    Progress(Plan plan, Terminal terminal) {
        this.plan = plan;
        this.outline = plan.outline();
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

    /** The same of something that has its time. */
    synchronized void mark(Instant at, String text) {
        if (begin == null) {
            begin = at;
        }
        terminal.line(time(begin, at) + text);
    }

    private void before(Stamped stamped, Event event) {
        if (event instanceof Event.PhaseStarted phase) {
            levels.reset(phase.weight());
            judged = null;
            bakeFrom = null;
            where = Words.percent(phase.weight());
        } else if (event instanceof Event.BakeStarted baking) {
            warm = stamped.at().plusMillis(Math.round(1000 * (baking.warmup() == null ? 0 : baking.warmup())));
            bakeFrom = warm;
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
                + (held == null ? "" : " · holding (" + held + ")")
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
        if (now.isBefore(warm)) {
            return " · warming up, " + Span.text(Duration.between(now, warm)) + " left";
        }
        Duration left = bake.minus(Duration.between(bakeFrom, now));
        return left.isNegative() ? " · over its bake" : " · " + Span.text(left) + " left";
    }

    /** Null for what only machines want to know. */
    private String line(Event event) {
        String line = EventText.of(event, outline, EventText.Detail.TERMINAL).orElse(null);
        if (event instanceof Event.Judged judge) {
            // said once: going on needs no words, and what ends the phase or the release is said with its end
            boolean news = judge.action() == LookAction.HOLD && judged != LookAction.HOLD;
            judged = judge.action();
            return news ? INSIDE + line : null;
        }
        if (event instanceof Event.PhaseEnded && !levels.toString().isEmpty()) {
            return INSIDE + line + " · " + levels;
        }
        return event instanceof Event.BakeStarted
                        || event instanceof Event.PhaseEnded
                        || event instanceof Event.Held
                        || event instanceof Event.Released
                ? INSIDE + line
                : line;
    }

    private String time(Stamped stamped) {
        return time(begin, stamped.wall());
    }

    private static String time(Instant begin, Instant wall) {
        return String.format(
                Locale.ROOT, "%6.1fs  ", Duration.between(begin, wall).toMillis() / 1000.0);
    }
}
