// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import java.util.function.Consumer;

/** What a step has opened itself, until it follows it: it would keep its service from others until the build's end. Safe for several threads. */
final class OwnRelease {
    private volatile OpenRelease opened;

    /** Its log begins with what to expect, unless that takes too long; then calls on a thread of the service. */
    void open(OpenRelease release, Runnable then) {
        opened = release;
        ReleaseGuardService service = ReleaseGuardService.get();
        service.prospects().of(release.id()).whenKnown(() -> service.submit(release.id(), then));
    }

    /** What the log of a release begins with. */
    static void firstLines(OpenRelease release, Consumer<String> log) {
        ReleaseGuardService.get().prospects().of(release.id()).begun(log);
        log.accept("the contract is from " + release.contractOrigin().text());
    }

    /** The step follows it. */
    void followed() {
        opened = null;
    }

    /** Opened for nothing; nothing where another step has taken it over meanwhile. */
    void abandon(String why) {
        OpenRelease release = opened;
        if (release != null) {
            release.followers().abandon("the build", why);
        }
    }

    /**
     * The step is stopped: at once, on another thread.
     *
     * @return whether it calls, afterwards; false where there is nothing to end
     */
    boolean stop(String why, Runnable then) {
        OpenRelease release = opened;
        if (release == null) {
            return false;
        }
        ReleaseGuardService.get().promptly(release.id(), () -> {
            try {
                abandon(why);
            } finally {
                then.run();
            }
        });
        return true;
    }
}
