// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rollback's stopwatch: what each part of the way took, against the objective. */
final class StopwatchView {
    private final Report.Rollback rollback;
    private final double parts;
    private final double total;

    StopwatchView(Report.Rollback rollback) {
        this.rollback = rollback;
        this.parts = known(rollback.detectSeconds())
                + known(rollback.decideSeconds())
                + known(rollback.actSeconds())
                + known(rollback.confirmSeconds());
        this.total = Math.max(1e-3, Math.max(parts, known(rollback.totalSeconds())));
    }

    static Stopwatch of(Report.Rollback rollback) {
        return new StopwatchView(rollback).stopwatch();
    }

    private Stopwatch stopwatch() {
        return new Stopwatch(
                Words.seconds(rollback.totalSeconds()),
                badge(),
                sentence(),
                Words.seconds(rollback.objectiveSeconds()),
                percent(total / Math.max(1e-3, rollback.objectiveSeconds())),
                segments(),
                apart());
    }

    private Badge badge() {
        if (rollback.observed()) {
            return HeadView.badge("running", "observed only");
        }
        if (!rollback.confirmed()) {
            return rollback.totalSeconds() == null
                    ? HeadView.badge("running", "under way")
                    : HeadView.badge("fail", "not confirmed");
        }
        return rollback.withinObjective()
                ? HeadView.badge("pass", "within the objective")
                : HeadView.badge("late", "over the objective");
    }

    String sentence() {
        if (rollback.observed()) {
            return "Observed only: this is what would have been rolled back.";
        }
        if (!rollback.confirmed()) {
            return rollback.totalSeconds() == null
                    ? "The rollback is under way."
                    : "Not confirmed " + Words.seconds(rollback.totalSeconds()) + " after the breach"
                            + (rollback.unconfirmedReason() == null
                                    ? "."
                                    : ": " + Words.bare(rollback.unconfirmedReason()) + ".");
        }
        return "From the breach to all traffic confirmed on the stable version: "
                + Words.seconds(rollback.totalSeconds()) + " of the " + Words.seconds(rollback.objectiveSeconds())
                + " that the contract allows.";
    }

    private List<Segment> segments() {
        return List.of(
                segment("Detect", rollback.detectSeconds()),
                segment("Decide", rollback.decideSeconds()),
                segment("Act", rollback.actSeconds()),
                rollback.confirmSeconds() == null
                        ? new Segment("Confirm", "not confirmed", false, percent((total - parts) / total))
                        : segment("Confirm", rollback.confirmSeconds()));
    }

    private Segment segment(String name, Double seconds) {
        return new Segment(name, Words.seconds(seconds), true, percent(known(seconds) / total));
    }

    private List<Fact> apart() {
        List<Fact> facts = new ArrayList<>();
        if (rollback.recoveredSeconds() != null) {
            facts.add(new Fact(
                    "Recovered (triggers quiet) after", Words.seconds(rollback.recoveredSeconds()), "", false));
        }
        if (rollback.downSeconds() > 0) {
            facts.add(new Fact("Controller was down for", Words.seconds(rollback.downSeconds()), "", false));
        }
        return facts;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f", Math.max(0, Math.min(100, 100 * share)));
    }

    private static double known(Double seconds) {
        return seconds == null ? 0 : Math.max(0, seconds);
    }
}
