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
                    badge(phase.verdict()),
                    Words.seconds(phase.seconds()),
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
