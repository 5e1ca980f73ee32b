// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.judge.Action;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.LookVerdict;
import io.jenkins.plugins.releaseguard.judge.sequential.Watch;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchState;
import io.jenkins.plugins.releaseguard.judge.sequential.WatchStep;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What happened to a release, once more, until the judge or a trigger stops it. */
final class Replay {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintWriter out;
    private final JudgeConfig judge;
    private final Warmups warmups;
    private final TriggerReplay triggers;
    private final JudgeCommand.Format format;
    private double judged;
    private int looks;
    private Instant began;
    private Action last = Action.CONTINUE;

    /** @param triggers null for none */
    Replay(PrintWriter out, JudgeConfig judge, Warmups warmups, TriggerReplay triggers, JudgeCommand.Format format) {
        this.out = out;
        this.judge = judge;
        this.warmups = warmups;
        this.triggers = triggers;
        this.format = format;
    }

    /** The exit status: 0 for no stop, 1 for one, 3 where it is held at the end. */
    int run(List<Recorded> events) throws IOException {
        WatchState state = Watch.start(judge);
        for (Recorded one : events) {
            began = began == null ? one.at() : began;
            Optional<TriggerReplay.Breach> breach = triggers == null ? Optional.empty() : triggers.see(one.event());
            if (one.look() != null) {
                JudgeConfig now = triggers == null ? judge : triggers.judged(judge);
                WatchStep step = Watch.look(now, state, warmups.marked(one.look(), state));
                state = step.state();
                looks++;
                judged += one.look().seconds();
                tell(step.verdict(), one.look().phase());
                if (last == Action.STOP) {
                    return 1;
                }
            }
            if (breach.isPresent()) {
                tell(breach.get(), Duration.between(began, one.at()).toMillis() / 1000.0);
                return 1;
            }
        }
        if (format == JudgeCommand.Format.text) {
            out.printf(Locale.ROOT, "%d looks, last word: %s%n", looks, last.word());
        }
        return last == Action.HOLD ? 3 : 0;
    }

    private void tell(LookVerdict v, int phase) throws IOException {
        if (format == JudgeCommand.Format.json) {
            Map<String, Object> line = Verdicts.json(v, judge.promotion());
            line.put("phase", phase);
            line.put("seconds", judged);
            out.println(Shown.json(JSON.writeValueAsString(line)));
        } else if (v.action() != last || v.action() == Action.STOP) {
            out.printf(
                    Locale.ROOT,
                    "%6.0f s  phase %d  %-8s  %s%n",
                    judged,
                    phase,
                    v.action().word(),
                    Shown.line(v.reason()));
        }
        last = v.action();
    }

    private void tell(TriggerReplay.Breach breach, double seconds) throws IOException {
        if (format == JudgeCommand.Format.json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("verdict", Action.STOP);
            line.put("action", Action.STOP);
            line.put("entry", breach.entry());
            line.put("reason", breach.reason());
            line.put("seconds", seconds);
            out.println(Shown.json(JSON.writeValueAsString(line)));
        } else {
            out.printf(Locale.ROOT, "%6.0f s  %-8s  %s%n", seconds, Action.STOP.word(), Shown.line(breach.reason()));
        }
    }
}
