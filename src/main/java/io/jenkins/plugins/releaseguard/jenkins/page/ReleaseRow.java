// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.Util;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A line of the job's list. The build it names may be long gone. */
@Restricted(NoExternalUse.class)
public final class ReleaseRow {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final LedgerEntry entry;
    private final String jobName;
    private final String number;

    /** @param now a job's name of then to its name of now */
    ReleaseRow(LedgerEntry entry, UnaryOperator<String> now) {
        this.entry = entry;
        String build = Util.fixNull(entry.build());
        int hash = build.lastIndexOf('#');
        this.jobName = hash < 0 ? "" : now.apply(build.substring(0, hash));
        this.number = hash < 0 ? "" : build.substring(hash + 1);
    }

    LedgerEntry entry() {
        return entry;
    }

    /** The full name of the job whose build made the release; empty where it was no build. */
    String jobName() {
        return jobName;
    }

    boolean isOf(Job<?, ?> job) {
        return jobName.equals(job.getFullName());
    }

    /** Relative to Jenkins' root; empty when the build is gone. */
    public String getUrl() {
        Job<?, ?> job = jobName.isEmpty() ? null : Jenkins.get().getItemByFullName(jobName, Job.class);
        if (job == null || !number.matches("[0-9]{1,9}")) {
            return "";
        }
        Run<?, ?> run = job.getBuildByNumber(Integer.parseInt(number));
        return run == null
                ? ""
                : run.getActions(ReleaseReportAction.class).stream()
                        .filter(action -> entry.seal() != null && entry.seal().equals(action.getSeal()))
                        .findFirst()
                        .map(action -> run.getUrl() + action.getUrlName() + "/")
                        .orElse("");
    }

    public String getBuild() {
        return number.isEmpty() ? Util.fixNull(entry.build()) : "#" + number;
    }

    public String getTitle() {
        String environment = Util.fixNull(entry.environment());
        return (Util.fixNull(entry.service()) + " " + Util.fixNull(entry.version())).strip()
                + (environment.isEmpty() ? "" : " → " + environment);
    }

    public String getReason() {
        return Util.fixNull(entry.reason());
    }

    public String getEnded() {
        return TIME.format(entry.endedAt());
    }

    public String getIso() {
        return entry.endedAt().toString();
    }

    public String getDuration() {
        return seconds(entry.seconds());
    }

    /** Empty where nothing was rolled back. */
    public String getRollback() {
        return entry.rollbackSeconds() == null ? "" : seconds(entry.rollbackSeconds());
    }

    public boolean isLate() {
        return entry.rollbackSeconds() != null && !entry.withinObjective();
    }

    public String getWord() {
        return switch (entry.verdict()) {
            case PROMOTED -> "Promoted";
            case ROLLED_BACK ->
                entry.observe() ? "Would roll back" : entry.confirmed() ? "Rolled back" : "Rolled back, not confirmed";
            case NO_GO -> "No-go";
            case HALTED -> "Halted";
            case UNKNOWN -> entry.verdict().text();
        };
    }

    public String getTone() {
        return switch (entry.verdict()) {
            case PROMOTED -> "good";
            case ROLLED_BACK, NO_GO -> "bad";
            default -> "warn";
        };
    }

    public String getMark() {
        return switch (getTone()) {
            case "good" -> "✓";
            case "bad" -> "✕";
            default -> "!";
        };
    }

    private static String seconds(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "unknown";
        }
        return seconds < 60
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : Util.getTimeSpanString(Math.round(seconds * 1000));
    }
}
