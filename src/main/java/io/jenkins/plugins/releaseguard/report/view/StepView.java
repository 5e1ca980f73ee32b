// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import io.jenkins.plugins.releaseguard.journal.Word;
import io.jenkins.plugins.releaseguard.report.PhaseStatus;
import io.jenkins.plugins.releaseguard.report.PhaseText;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The phases as stairs, those that were planned but never reached included. */
final class StepView {
    private StepView() {}

    static List<Step> steps(Report report) {
        List<Step> steps = new ArrayList<>();
        for (Report.Phase phase : report.phases()) {
            steps.add(new Step(
                    PhaseText.name(phase.name(), phase.weight()),
                    Words.percent(phase.weight()),
                    phase.verdict() == PhaseStatus.RUNNING && endsWarmingUp(phase)
                            ? HeadView.badge(Word.text(phase.verdict()), "warming up")
                            : badge(phase.verdict()),
                    time(phase),
                    height(phase.weight()),
                    Words.text(phase.reason())));
        }
        for (int i = steps.size(); i < report.planned().size(); i++) {
            double weight = report.planned().get(i);
            steps.add(new Step(
                    PhaseText.name("", weight),
                    Words.percent(weight),
                    HeadView.badge("not reached", report.running() ? "to come" : "not reached"),
                    "",
                    height(weight),
                    ""));
        }
        return steps;
    }

    /** Whether it was never baked, since its warm-up isn't over or wasn't when it ended. */
    private static boolean endsWarmingUp(Report.Phase phase) {
        return phase.warmups() != null && phase.bakeSeconds() != null && phase.bakeSeconds() <= 0;
    }

    private static String time(Report.Phase phase) {
        String all = Words.seconds(phase.seconds());
        if (phase.warmups() == null || phase.verdict() == PhaseStatus.RUNNING && endsWarmingUp(phase)) {
            return all;
        }
        return all
                + (endsWarmingUp(phase)
                        ? ", in its warm-up"
                        : ", " + Words.seconds(phase.warmupSeconds()) + " of it warm-up");
    }

    static Badge badge(PhaseStatus verdict) {
        return HeadView.badge(Word.text(verdict), PhaseText.verdict(verdict));
    }

    static String inWords(List<Step> steps) {
        return steps.stream()
                .map(step -> step.weight() + " " + step.badge().word()
                        + (step.duration().isEmpty() ? "" : " after " + step.duration()))
                .collect(Collectors.joining(", "));
    }

    /** The root, so that 1 % is still a step one can see beside 100 %. */
    private static int height(double weight) {
        return (int) Math.round(12 + 88 * Math.sqrt(Math.max(0, Math.min(100, weight)) / 100));
    }
}
