// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.effect;

import hudson.model.Cause;

/** Why a job runs: a release's rollback asked for it. {@code key} tells one wish from the next, also after a restart. */
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

    @Override
    public String getShortDescription() {
        return Messages.RollbackCause_Description(release);
    }
}
