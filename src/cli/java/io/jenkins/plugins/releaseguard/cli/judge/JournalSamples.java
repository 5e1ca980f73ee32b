// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import io.jenkins.plugins.releaseguard.forecast.past.Baking;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.rollout.sample.JudgeLooks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The looks that a release's journal keeps, as the release itself used them: those of a baking phase, and none that lacked a metric,
 * since the next one begins where that one did.
 */
final class JournalSamples {
    private JournalSamples() {}

    /** Every event of the journal, with the look that the judge takes of it. */
    static List<Recorded> read(Path file, List<MetricConfig> metrics) throws IOException {
        List<Recorded> all = new ArrayList<>();
        Baking baking = new Baking();
        for (Stamped stamped : JournalReader.read(file).events()) {
            baking.see(stamped);
            Look look = null;
            if (stamped.event() instanceof Event.Looked looked && looked.error() == null && baking.now()) {
                String silent = silent(looked, metrics);
                look = silent == null
                        ? JudgeLooks.of(metrics, looked.phase(), looked, baking.warmsUp(looked.from()))
                        : nothing(looked, metrics, silent);
            }
            all.add(new Recorded(stamped, look));
        }
        return all;
    }

    private static String silent(Event.Looked looked, List<MetricConfig> metrics) {
        return looked.samples().stream()
                .filter(s -> s.missing() != null)
                .filter(s -> metrics.stream().anyMatch(m -> m.id().equals(s.metric()) && !m.muted()))
                .map(s -> s.metric() + ": " + s.missing())
                .findFirst()
                .orElse(null);
    }

    private static Look nothing(Event.Looked looked, List<MetricConfig> metrics, String why) {
        List<MetricLook> list =
                metrics.stream().map(m -> MetricLook.missing(m.id(), why)).toList();
        return new Look(looked.phase(), 0, Double.NaN, Double.NaN, list);
    }
}
