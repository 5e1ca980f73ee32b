// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricFinding;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says of evidence that faded from the shift on that it looks like a warm-up, and which field of the contract covers one. */
final class WarmupHint {
    /** A metric's evidence that is worth a word. */
    private static final double NOTABLE = 5;

    private WarmupHint() {}

    /** The same verdict, with the sentence where it belongs. */
    static LookVerdict on(LookVerdict v, JudgeConfig c, WatchState s) {
        if (!c.compares(s.phase()) || v.action() == Action.PROMOTE) {
            return v;
        }
        List<MetricFinding> findings = new ArrayList<>();
        String said = "";
        for (int i = 0; i < v.findings().size(); i++) {
            MetricConfig m = c.metrics().get(i);
            MetricFinding finding = v.findings().get(i);
            String hint = hint(m, s).orElse("");
            findings.add(hint.isEmpty() ? finding : finding.saying(finding.reason() + hint));
            said = said.isEmpty() && !m.muted() ? hint : said;
        }
        return said.isEmpty() && findings.equals(v.findings())
                ? v
                : new LookVerdict(v.action(), v.reason() + said, findings, v.e(), v.score(), v.needed());
    }

    private static Optional<String> hint(MetricConfig m, WatchState s) {
        MetricState metric = s.metrics().get(m.id());
        if (metric.highest() < NOTABLE) {
            return Optional.empty();
        }
        double cluster = m.counted() ? metric.main().sums().clusters().size() : 1;
        int sign = m.worse() == Worse.EITHER ? 0 : (int) m.worse().sign();
        Optional<Duration> covers = s.fading(m.id()).warmup(sign, cluster, s.seconds());
        return covers.map(warmup -> "; it looks like a warm-up, since it faded from the shift on: warmup: "
                + Span.written(warmup) + " in the rollout or this phase would have covered it");
    }
}
