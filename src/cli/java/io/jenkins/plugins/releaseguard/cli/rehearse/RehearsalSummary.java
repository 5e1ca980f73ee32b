// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.cli.rehearse.world.Track;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.World;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.Words;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The rehearsal's last words: verdict, stopwatch, and where to read more. */
final class RehearsalSummary {
    private static final double KEPT_UP = 0.9;

    private RehearsalSummary() {}

    static void requests(Terminal terminal, World world) {
        terminal.line("");
        terminal.line(String.format(
                Locale.ROOT,
                "requests   %,d reached the baseline and %,d the canary, as both counted themselves; %,d were cut"
                        + " short",
                world.served(Track.BASELINE),
                world.served(Track.CANARY),
                world.cut()));
    }

    /** @param share of its time that the machine kept up with */
    static void pace(Terminal terminal, double share) {
        if (share < KEPT_UP) {
            terminal.line(String.format(
                    Locale.ROOT,
                    "machine    was busy: the rehearsal's time waited for it, and ran at %.0f %% of its speed; the"
                            + " stopwatch's as well",
                    share * 100));
        }
    }

    /** @param more lines between what came of it and where to read on */
    static void say(Terminal terminal, Report report, Outcome outcome, Path folder, List<String> more) {
        terminal.line("verdict    " + verdict(outcome) + ": " + report.reason());
        if (report.whyNotGreen() != null) {
            Report.WhyNotGreen why = report.whyNotGreen();
            terminal.line("why        " + why.what() + number(why)
                    + (why.fix() == null || why.fix().isEmpty() ? "" : " -> " + why.fix()));
        }
        if (report.rollback() != null) {
            terminal.line("stopwatch  " + stopwatch(report.rollback()));
        }
        more.forEach(terminal::line);
        terminal.line("report     " + folder.resolve("report.html"));
        terminal.line("status     " + outcome.status());
    }

    private static String number(Report.WhyNotGreen why) {
        return (why.value() == null || why.value().isEmpty() ? "" : ": " + why.value())
                + (why.limit() == null || why.limit().isEmpty() ? "" : ", limit " + why.limit());
    }

    private static String verdict(Outcome outcome) {
        return switch (outcome) {
            case PROMOTED -> "PROMOTED";
            case NO_GO -> "NO-GO, no traffic moved";
            case ROLLED_BACK -> "ROLLED BACK, confirmed";
            case UNCONFIRMED -> "ROLLED BACK, NOT CONFIRMED";
            case HALTED -> "HALTED";
        };
    }

    private static String stopwatch(Report.Rollback rollback) {
        return "detect " + Words.seconds(rollback.detectSeconds()) + " + decide "
                + Words.seconds(rollback.decideSeconds())
                + " + act "
                + Words.seconds(rollback.actSeconds()) + " + confirm " + Words.seconds(rollback.confirmSeconds())
                + " = "
                + Words.seconds(rollback.totalSeconds()) + " on the wall (objective "
                + Words.seconds(rollback.objectiveSeconds()) + ")";
    }
}
