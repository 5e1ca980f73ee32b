// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.effect;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Cause;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.util.XStream2;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Why a job runs: a release's rollback asked for it. {@code key} tells one wish from the next, also after a restart. */
@Restricted(NoExternalUse.class)
public final class RollbackCause extends Cause {
    private final String release;
    private final String key;

    RollbackCause(String release, String key) {
        this.release = release;
        this.key = key;
    }

    boolean is(String otherRelease, String otherKey) {
        return release.equals(otherRelease) && key.equals(otherKey);
    }

    /** Builds and queues of before the first release know it by its former room. */
    @Restricted(DoNotUse.class)
    @Initializer(before = InitMilestone.PLUGINS_STARTED)
    public static void readFormerName() {
        String former = "io.jenkins.plugins.releaseguard.jenkins.service.RollbackCause";
        Run.XSTREAM2.addCompatibilityAlias(former, RollbackCause.class);
        ((XStream2) Queue.XSTREAM).addCompatibilityAlias(former, RollbackCause.class);
    }

    @Override
    public String getShortDescription() {
        return Messages.RollbackCause_Description(release);
    }
}
