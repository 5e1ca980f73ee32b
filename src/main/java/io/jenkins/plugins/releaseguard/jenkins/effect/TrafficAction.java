// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.effect;

import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import java.time.Duration;

/** Takes the new version off a router that is not the rollout's own, and reads it back. */
final class TrafficAction {
    private static final long BETWEEN_READINGS = 300;

    private final ReleaseScope release;

    TrafficAction(ReleaseScope release) {
        this.release = release;
    }

    /** Tries until it is read back. */
    void shift(Settings settings) throws EffectException, InterruptedException {
        double weight = settings.number("weight").orElse(0.0);
        if (weight != 0) {
            throw new EffectException("a rollback gives the new version no traffic, and the procedure wants " + weight
                    + " %: nothing was shifted; write traffic: 0");
        }
        String name = settings.text("router");
        Duration limit = Actions.limit(settings, release.contract().release().objective());
        // a little less than the runner gives, which would not know why
        long until = System.nanoTime() + limit.toNanos() / 10 * 8;
        while (true) {
            String why = tried(name);
            if (why == null) {
                return;
            }
            if (System.nanoTime() >= until) {
                throw new EffectException("the router '" + name + "' still gives the new version traffic: " + why
                        + "; take it off by hand now");
            }
            Thread.sleep(BETWEEN_READINGS);
        }
    }

    /** Null where it is done, and read back. */
    private String tried(String name) throws InterruptedException {
        try {
            TrafficRouter router = Setups.router(release.place(), name);
            router.shift(0);
            RouterReading reading = router.read();
            return reading.weight() == 0 ? null : "it reads " + reading.weight() + " %";
        } catch (EffectException e) {
            return e.getMessage();
        }
    }
}
