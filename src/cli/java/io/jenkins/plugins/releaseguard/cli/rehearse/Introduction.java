// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.Schedule;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is about to be rehearsed, and what differs from life. */
final class Introduction {
    private Introduction() {}

    static void say(Terminal terminal, Contract contract, Options options, Plan plan) {
        terminal.line("Rehearsal of " + contract.release().service() + " "
                + contract.release().version() + " to " + plan.environment() + ", scenario " + options.scenario() + ": "
                + options.what().description());
        terminal.line("  contract " + contract.file());
        for (Problem note : contract.notes()) {
            terminal.line("  note: " + note.message());
        }
        RolloutSpec rollout = contract.rollout();
        String phases = rollout.phases().stream().map(RolloutSpec.Phase::name).collect(Collectors.joining(", "));
        Duration length = Tempo.length(rollout);
        terminal.line("  phases " + phases + ": " + Span.text(length) + " of baking"
                + (options.speed() > 1
                        ? ", " + number(options.speed()) + " times as fast here: about "
                                + Span.text(Duration.ofSeconds(Math.round(length.toSeconds() / options.speed())))
                                + " (--speed)"
                        : ""));
        if (!plan.interval().equals(rollout.interval()) || !plan.noData().equals(rollout.noData())) {
            terminal.line("  at this speed a look covers " + Span.text(plan.interval()) + " (contract "
                    + Span.text(rollout.interval()) + ") and silence is borne for "
                    + Span.text(plan.noData()) + " (contract " + Span.text(rollout.noData()) + ")");
        }
    }

    static void chaos(Terminal terminal, Schedule schedule) {
        int faults = schedule.faults().size();
        terminal.line("  chaos seed " + schedule.seed() + ": " + (faults == 1 ? "one fault" : faults + " faults")
                + " beside the scenario, the same again with --chaos " + schedule.seed()
                + "; what the engine logs about them is in " + EngineLog.NAME);
    }

    private static String number(double speed) {
        return speed == Math.rint(speed) ? Long.toString((long) speed) : String.format(Locale.ROOT, "%.1f", speed);
    }
}
