// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.Tone;
import io.jenkins.plugins.releaseguard.report.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The head of a report: verdict, facts, and why it is not green. */
final class HeadView {
    private HeadView() {}

    static Badge badge(String verdict) {
        return badge(verdict, Words.text(verdict));
    }

    static Badge badge(String verdict, String word) {
        Tone tone = Tone.of(verdict);
        return new Badge(word, tone.word(), tone.mark());
    }

    static Badge verdict(Report report) {
        Report.Rollback rollback = report.rollback();
        if (report.running()) {
            return rollback == null ? badge("running", "Running") : badge("fail", "Rolling back");
        }
        String word =
                switch (report.outcome()) {
                    case PROMOTED -> "Promoted";
                    case ROLLED_BACK ->
                        rollback != null && rollback.observed()
                                ? "Would roll back"
                                : report.confirmed() ? "Rolled back" : "Rolled back, not confirmed";
                    case NO_GO -> "No-go";
                    case HALTED -> "Halted";
                    case UNKNOWN -> Words.capital(report.verdict());
                };
        return badge(report.verdict(), word);
    }

    static List<Fact> facts(Report report) {
        Report.Release release = report.release();
        List<Fact> facts = new ArrayList<>();
        add(facts, "Commit", shorten(release.commit()), true);
        add(facts, "Build", release.build(), false);
        add(facts, "By", release.by(), false);
        add(facts, report.running() ? "Running for" : "Took", Words.seconds(report.seconds()), false);
        if (report.downSeconds() > 0) {
            add(facts, "Of it without a controller", Words.seconds(report.downSeconds()), false);
        }
        add(facts, "Started", report.startedAt() == null ? "" : Words.dayTime(report.startedAt()), false);
        add(facts, "Risk", release.risk(), false);
        if (report.requests() != null) {
            add(facts, "Requests lost", lost(report.requests()), false);
        }
        return facts;
    }

    static String lost(Report.Requests requests) {
        if (requests.lost() == null) {
            return Words.UNKNOWN;
        }
        double lost = requests.lost();
        return lost > 0 && lost < 1 ? "less than 1" : String.format(Locale.ROOT, "%,d", Math.round(lost));
    }

    static List<Fact> links(Report report) {
        return report.release().links().entrySet().stream()
                .map(link -> new Fact(link.getKey(), link.getValue(), Href.safe(link.getValue()), false))
                .filter(link -> !link.href().isEmpty())
                .toList();
    }

    static List<Fact> why(Report report) {
        Report.WhyNotGreen why = report.whyNotGreen();
        if (why == null) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>();
        add(facts, "What failed", Words.capital(Words.text(why.what())), false);
        add(facts, "Measured", why.value(), false);
        add(facts, "Limit", why.limit(), false);
        add(facts, "What to do", why.fix(), false);
        // the sentence above has said that much already
        return facts.size() < 2 ? List.of() : facts;
    }

    static String shorten(String digest) {
        return Words.text(digest).matches("[0-9a-f]{13,}") ? digest.substring(0, 12) : Words.text(digest);
    }

    private static void add(List<Fact> facts, String label, String value, boolean code) {
        if (!Words.text(value).isEmpty()) {
            facts.add(new Fact(label, value, "", code));
        }
    }
}
