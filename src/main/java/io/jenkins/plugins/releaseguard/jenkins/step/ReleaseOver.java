// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Stops a body because its release is being rolled back: what it deploys or checks is no longer wanted. */
@Restricted(NoExternalUse.class)
public final class ReleaseOver extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    private final String why;

    ReleaseOver(String why) {
        this.why = why;
    }

    static boolean is(Throwable failure) {
        return failure instanceof FlowInterruptedException interrupted
                && interrupted.getCauses().stream().anyMatch(ReleaseOver.class::isInstance);
    }

    @Override
    public String getShortDescription() {
        return Messages.ReleaseOver_Description(why);
    }
}
