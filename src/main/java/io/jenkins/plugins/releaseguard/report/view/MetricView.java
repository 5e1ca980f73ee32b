// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import io.jenkins.plugins.releaseguard.journal.MetricVerdict;
import io.jenkins.plugins.releaseguard.journal.Word;
import io.jenkins.plugins.releaseguard.report.MetricText;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.Words;
import java.util.List;

/** A metric's card. */
final class MetricView {
    private MetricView() {}

    static MetricCard card(Report report, Report.Health health) {
        return new MetricCard(
                health.metric(),
                MetricText.name(health),
                MetricText.canary(health),
                health.baseline() == null ? "" : MetricText.baseline(health),
                MetricText.baselineWord(health),
                change(health),
                badge(health.verdict()),
                Words.text(health.reason()),
                Words.capital(MetricText.numbers(health)),
                health.series() == null ? null : SparkView.of(report, health),
                health.queries() == null
                        ? List.of()
                        : health.queries().stream().map(Words::text).toList());
    }

    static Badge badge(MetricVerdict verdict) {
        String word = verdict == null ? Words.UNKNOWN : verdict == MetricVerdict.NODATA ? "no data" : verdict.text();
        return HeadView.badge(Word.text(verdict), word);
    }

    /** Canary against baseline as both are shown, so that the three numbers agree. */
    static String change(Report.Health health) {
        if (health.canary() == null || health.baseline() == null) {
            return "";
        }
        if (health.baseline() == 0) {
            return health.canary() == 0 ? "no change" : "";
        }
        double change = health.canary() / health.baseline() - 1;
        return change >= 2
                ? "×" + Words.number(health.canary() / health.baseline())
                : Math.abs(change) < 0.0005 ? "no change" : Words.change(change);
    }

    static String interval(Report.Health health) {
        if (health.interval() == null) {
            return "";
        }
        Double lower = health.interval().lower();
        Double upper = health.interval().upper();
        // nothing can fall by more than 100 %: that end says nothing
        boolean below = lower != null && (lower > -1 || health.kind().equals("level"));
        if (below && upper != null) {
            return Words.change(lower) + " to " + Words.change(upper);
        }
        return below ? "at least " + Words.change(lower) : upper != null ? "at most " + Words.change(upper) : "";
    }
}
