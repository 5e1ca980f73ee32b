// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.testing;

import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import java.time.Duration;
import java.util.concurrent.Callable;

/** What tests wait for, with a limit. It is asked in the test's own thread, which has the rights of the system. */
public final class Waits {
    private static final Duration LIMIT = Duration.ofMinutes(6);

    private Waits() {}

    public static void until(String what, Callable<Boolean> condition) {
        await(what)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(50))
                .atMost(LIMIT)
                .until(condition);
    }

    /** Until every release is archived: one is closed with its build, in the service's own time. */
    public static void untilNoReleaseIsOpen() {
        until("the end of every release", () -> ReleaseGuardService.get().all().isEmpty());
    }
}
