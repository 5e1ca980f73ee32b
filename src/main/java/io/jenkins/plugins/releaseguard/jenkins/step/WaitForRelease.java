// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import java.io.IOException;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** A step's wait for another release to end: said once, drawn as paused, and over when its turn may have come. */
final class WaitForRelease {
    private final ReleaseExecution step;
    private final Runnable turn;
    private final OwnRelease own = new OwnRelease();
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
    private Runnable on(String other, String why) {
        if (!other.equals(whom)) {
            step.say("waiting for " + other + ", " + why);
        }
        if (whom == null) {
            step.pause(true);
        }
        whom = other;
        return turn;
    }

    /** Null while another build releases the same service to the same environment. */
    OpenRelease open(ReleaseLookup lookup, String environment) throws IOException, InterruptedException {
        ReleaseLookup.Opening opening = lookup.open();
        if (opening.release() == null) {
            on(opening.rival(), "which releases " + opening.service() + " to " + environment);
            ReleaseGuardService.get().whenFree(opening.service(), environment, turn);
        }
        return opening.release();
    }

    /** What the step has opened when its turn came. */
    OwnRelease own() {
        return own;
    }

    /** Whether another release drives a router of this one: two on one router would fight over its weight. */
    boolean forRouter(ReleaseLookup lookup, OpenRelease found) throws FlowInterruptedException {
        Optional<String> holder = lookup.holder(found);
        holder.ifPresent(whom -> ReleaseGuardService.get()
                .routers()
                .whenFree(found, on(whom, "and a router has one release at a time")));
        return holder.isPresent();
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
