// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Failures of bodies as one line. */
public final class Failures {
    private static final int LONGEST = 500;

    private Failures() {}

    public static String text(Throwable failure) {
        String text = failure.getMessage();
        if (failure instanceof FlowInterruptedException interrupted) {
            text = interrupted.getCauses().stream()
                    .map(CauseOfInterruption::getShortDescription)
                    .distinct()
                    .reduce((a, b) -> a + "; " + b)
                    .orElse("the build was stopped");
        }
        if (text == null || text.isBlank()) {
            text = failure.getClass().getSimpleName();
        }
        String line = text.lines().findFirst().orElse(text);
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }

    /** Whether somebody, or a timeout, stopped the build, rather than something having failed. */
    public static boolean isAbort(Throwable failure) {
        return failure instanceof FlowInterruptedException interrupted && interrupted.isActualInterruption();
    }
}
