// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.jenkins.config.OrphanPolicy;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;

/** What happens to a release that has lost its build: it is brought back, or held for people to decide, as is configured. */
final class OrphanAnswer {
    static final String BY = "release-guard";

    private final OpenRelease release;
    private boolean given;

    OrphanAnswer(OpenRelease release) {
        this.release = release;
    }

    /** Given once, also where the controller went down between the note that there is no build and what follows from it. */
    synchronized void give() {
        String why = release.orphan();
        if (why == null || given || release.outcome() != null) {
            return;
        }
        boolean armed = release.runner() != null;
        if (armed && ReleaseGuardConfiguration.get().getOrphans() == OrphanPolicy.HOLD) {
            release.runner()
                    .operate(
                            OperatorCommand.PAUSE,
                            BY,
                            "the build is gone (" + why + "); waiting for somebody to decide",
                            null);
        } else {
            release.rollBack(BreachCause.KILLED, BY, why);
        }
        given = true;
    }

    /** What the journal says of it. */
    synchronized void resume(JournalGist gist) {
        given = gist.answered();
    }

    /** What people are called for. */
    static String held(OpenRelease release) {
        return "HELD WITHOUT A BUILD (" + release.orphan() + "), its traffic stays where it is until somebody decides:";
    }

    /** Whether it has no build, and nobody has decided yet. */
    static boolean isHeld(OpenRelease release) {
        return release.orphan() != null
                && release.outcome() == null
                && !release.state().isRollingBack()
                && release.state().holds().containsKey(HoldCause.PAUSED);
    }
}
