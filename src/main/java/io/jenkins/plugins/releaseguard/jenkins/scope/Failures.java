// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import io.jenkins.plugins.releaseguard.text.Lines;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Failures of bodies as one line. */
@Restricted(NoExternalUse.class)
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
        // what follows the first line is a stack trace or a log
        return Lines.bounded(text.strip().lines().findFirst().orElse(text), LONGEST);
    }

    /** Whether somebody, or a timeout, stopped the build, rather than something having failed. */
    public static boolean isAbort(Throwable failure) {
        return failure instanceof FlowInterruptedException interrupted && interrupted.isActualInterruption();
    }
}
