// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.jenkins.scope.Failures;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.util.Locale;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** How steps put it. */
final class StepWords {
    private StepWords() {}

    /** How a release ended. */
    static String sentence(Report report) {
        StringBuilder text = new StringBuilder("Release of ")
                .append(report.release().service())
                .append(' ')
                .append(report.release().version())
                .append(" to ")
                .append(report.release().environment())
                .append(": ")
                .append(report.verdict())
                .append(". ")
                .append(report.reason());
        if (report.whyNotGreen() != null
                && report.whyNotGreen().fix() != null
                && !report.whyNotGreen().fix().isBlank()) {
            text.append(" What to do: ").append(report.whyNotGreen().fix());
        }
        return text.toString();
    }

    /** Where it stands. */
    static String status(String release, State state) {
        String holds = state.holds().values().stream()
                .findFirst()
                .map(h -> ", on hold: " + h)
                .orElse("");
        return "release " + release + ": "
                + state.life().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (state.phaseIndex() < 0 ? "" : ", phase " + (state.phaseIndex() + 1)) + holds;
    }

    /** What stops a step, whatever has brought it about. */
    static FlowInterruptedException interruption(Throwable cause) {
        return cause instanceof FlowInterruptedException known
                ? known
                : new FlowInterruptedException(Result.ABORTED, new ReleaseFailure(Failures.text(cause)));
    }

    /** Who interrupted. */
    static String who(Throwable interruption) {
        if (interruption instanceof FlowInterruptedException known) {
            for (CauseOfInterruption cause : known.getCauses()) {
                if (cause instanceof CauseOfInterruption.UserInterruption user) {
                    return user.getUserId();
                }
            }
        }
        return "the build";
    }

    /** Whose the work of a step is as long as it has no release. */
    static String build(StepContext context) {
        try {
            return context.get(Run.class).getExternalizableId();
        } catch (IOException e) {
            return "a build";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "a build";
        }
    }

    /** A failure that a build's log can show as it is: texts of contracts and of servers may stand in its message. */
    static Throwable shown(Throwable failure) {
        String said = failure.getMessage();
        return !(failure instanceof IOException) || said == null || said.equals(Shown.lines(said))
                ? failure
                : new AbortException(Shown.lines(said));
    }
}
