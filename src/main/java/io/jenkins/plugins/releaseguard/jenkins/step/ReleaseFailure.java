// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import hudson.model.Result;
import io.jenkins.plugins.releaseguard.text.Shown;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Why a release didn't go through: what failed, the number, the limit, what to do. Not a person's abort. */
@Restricted(NoExternalUse.class)
public final class ReleaseFailure extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    private final String text;

    ReleaseFailure(String text) {
        this.text = text;
    }

    /** As a build's log and pages show it: texts of contracts and evidence stand in it. */
    @Override
    public String getShortDescription() {
        return Shown.lines(text);
    }

    /** The exception that ends the step. */
    static FlowInterruptedException failure(String text) {
        return new FlowInterruptedException(Result.FAILURE, false, new ReleaseFailure(text));
    }
}
