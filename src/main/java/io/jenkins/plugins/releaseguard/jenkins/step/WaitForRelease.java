// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;

/** A step's wait for another release to end: said once, drawn as paused, and over when its turn may have come. */
final class WaitForRelease {
    private final ReleaseExecution step;
    private final Runnable turn;
    private volatile String whom;

    /** @param turn called when it may have come */
    WaitForRelease(ReleaseExecution step, Runnable turn) {
        this.step = step;
        this.turn = turn;
    }

    /**
     * Says whom the step waits for.
     *
     * @return what is to be called when they may have ended
     */
    Runnable on(String other, String why) {
        if (!other.equals(whom)) {
            step.say("waiting for " + other + ", " + why);
        }
        if (whom == null) {
            step.pause(true);
        }
        whom = other;
        return turn;
    }

    /** The step has ended, or goes on. */
    void over() {
        ReleaseGuardService.get().forget(turn);
    }

    /** Null where it waits for nobody. */
    String whom() {
        return whom;
    }
}
