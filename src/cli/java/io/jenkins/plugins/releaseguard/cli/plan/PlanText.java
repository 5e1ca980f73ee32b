// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.plan;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Undecided;
import io.jenkins.plugins.releaseguard.forecast.Advice;
import io.jenkins.plugins.releaseguard.forecast.Figure;
import io.jenkins.plugins.releaseguard.forecast.Forecast;
import io.jenkins.plugins.releaseguard.forecast.ForecastSentence;
import io.jenkins.plugins.releaseguard.forecast.Habits;
import io.jenkins.plugins.releaseguard.forecast.HarmOutlook;
import io.jenkins.plugins.releaseguard.forecast.MetricHabit;
import io.jenkins.plugins.releaseguard.forecast.Outlook;
import io.jenkins.plugins.releaseguard.forecast.PhaseOutlook;
import io.jenkins.plugins.releaseguard.forecast.PlanChange;
import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A forecast and its advice, for people. */
final class PlanText {
    private final StringBuilder out = new StringBuilder();

    private PlanText() {}

    static String of(String file, Habits habits, Advice advice, String diff) {
        PlanText text = new PlanText();
        text.line(file + ": "
                + ForecastSentence.of(advice.before(), habits.requests().value()));
        text.line("A forecast of " + advice.before().runs()
                + " simulated releases of a service with these habits, no promise. Routers, bodies, approvals and people"
                + " take their own time; the contract's triggers come on top of the judge.");
        text.habits(habits);
        text.forecast("What to expect", advice.before());
        text.advice(advice, diff);
        return text.out.toString();
    }

    private void line(String line) {
        out.append(Shown.line(line)).append('\n');
    }

    private void habits(Habits habits) {
        line("");
        line("The service's habits");
        figure("requests a second", habits.requests(), "");
        figure("in quiet hours", habits.quiet(), "");
        figure("warm-up", habits.warmup(), "s");
        for (MetricHabit m : habits.metrics()) {
            String unit =
                    m.metric().kind() == Metric.Kind.RATE ? "%" : m.metric().unit();
            boolean assumed = m.simulated() && !m.level().known();
            line(("  " + m.metric().id() + " " + m.metric().name()).stripTrailing()
                    + (m.metric().muted() ? ", muted" : "")
                    + (assumed ? ": simulated as usual durations, 100 ms and 99 % below 320 ms" : "")
                    + (m.simulated() ? "" : ": left out of the forecast, and can hold the release"));
            figure("  level", m.level(), unit);
            if (m.upper().known()) {
                figure("  99 % below", m.upper(), unit);
            }
            if (m.metric().kind() == Metric.Kind.RATE) {
                figure("  clusters", m.clusters(), "");
                figure("  persistence", m.persistence(), "");
                figure("  between sides", m.sides(), "");
            }
            if (m.shape() != null && !m.shape().bounds().isEmpty() && !assumed) {
                line("    bucket bounds     "
                        + m.shape().bounds().stream().map(Quantity::number).collect(Collectors.joining(", ")) + " "
                        + unit);
            }
        }
    }

    private void figure(String what, Figure figure, String unit) {
        String value = unit.equals("%") ? Quantity.percent(figure.value()) : Quantity.text(figure.value(), unit);
        line(String.format(Locale.ROOT, "  %-20s%-12s%s", what, value, "(" + figure.from() + ")"));
    }

    private void forecast(String title, Forecast forecast) {
        line("");
        line(title + ": " + total(forecast) + "; " + percent(forecast.stopped()) + " stopped in vain");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("phase", "half by", "9 of 10 by", "held", "waits for"));
        for (PhaseOutlook p : forecast.phases()) {
            rows.add(List.of(
                    p.name(), time(p.takes().median()), time(p.takes().ninety()), percent(p.held()), p.slowest()));
        }
        table(rows);
        forecast.leftOut().forEach(id -> line("  " + id + " is unknown and left out: what it takes comes on top"));
        List<PhaseOutlook> harmed =
                forecast.phases().stream().filter(p -> !p.harms().isEmpty()).toList();
        if (harmed.isEmpty()) {
            line("When harm is seen: unknown, since no error rate that is judged is known");
            return;
        }
        line(
                "Harm that begins with a phase is seen by half of the releases after, 9 of 10 after, and has failed by then");
        rows.clear();
        List<String> head = new ArrayList<>(List.of("phase"));
        harmed.get(0).harms().forEach(h -> head.add(h.harm()));
        rows.add(head);
        for (PhaseOutlook p : harmed) {
            List<String> row = new ArrayList<>(List.of(p.name()));
            p.harms().forEach(h -> row.add(harm(h)));
            rows.add(row);
        }
        table(rows);
    }

    private static String total(Forecast forecast) {
        Outlook total = forecast.total();
        if (Double.isNaN(total.median())) {
            return "no simulated release got through";
        }
        boolean back = forecast.undecided() == Undecided.ROLLBACK;
        if (back && Double.isInfinite(total.median())) {
            return "most simulated releases are undecided at a longest bake, and rolled back";
        }
        return time(total.median()) + " from the first bake to the end, 95 of 100 between " + time(total.low())
                + " and " + (back && Double.isInfinite(total.high()) ? "a rollback" : time(total.high()));
    }

    private static String harm(HarmOutlook harm) {
        if (Double.isInfinite(harm.seen().median())) {
            return "not within 1 h";
        }
        String ninety = Double.isInfinite(harm.seen().ninety())
                ? "> 1 h"
                : time(harm.seen().ninety());
        return time(harm.seen().median()) + ", " + ninety + ", " + Quantity.whole(harm.failed()) + " requests";
    }

    private static String percent(double share) {
        return Double.isNaN(share) ? Quantity.UNKNOWN : Quantity.percent(share, 2);
    }

    private static String time(double seconds) {
        return Double.isNaN(seconds)
                ? Quantity.UNKNOWN
                : Double.isInfinite(seconds) ? "> 2 h" : ForecastSentence.time(seconds);
    }

    private void table(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] wide = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                wide[i] = Math.max(wide[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(" ");
            for (int i = 0; i < columns; i++) {
                line.append(' ')
                        .append(row.get(i))
                        .append(" ".repeat(wide[i] - row.get(i).length() + 1));
            }
            line(line.toString().stripTrailing());
        }
    }

    private void advice(Advice advice, String diff) {
        line("");
        advice.notes()
                .forEach(note -> line((note.isWayOut() ? "  " + note.kind().word() + ": " : "note: ") + note));
        advice.byHand().forEach(c -> line("by hand: " + c + ": " + c.reason()));
        if (advice.changes().isEmpty()) {
            line("Nothing to change in the contract.");
            return;
        }
        line("It would say:");
        for (PlanChange c : advice.changes()) {
            line("  " + c + ": " + c.reason());
        }
        out.append(Shown.lines(diff));
        forecast("Then", advice.after());
    }
}
