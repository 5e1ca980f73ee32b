// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import io.jenkins.plugins.releaseguard.rollout.runner.ReleaseClock;
import java.time.Instant;

/** A clock that keeps whoever decides while the process stands still: they look at it before anything else. */
public final class ChaoticClock implements ReleaseClock {
    private final ReleaseClock real;
    private final Chaos chaos;

    public ChaoticClock(ReleaseClock real, Chaos chaos) {
        this.real = real;
        this.chaos = chaos;
    }

    @Override
    public Instant now() {
        return real.now();
    }

    @Override
    public Instant wall() {
        chaos.hang(FaultKind.STALL);
        return real.wall();
    }
}
