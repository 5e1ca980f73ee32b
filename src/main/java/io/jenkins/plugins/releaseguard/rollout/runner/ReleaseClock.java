// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import java.time.Instant;

/** The time. A rehearsal's release time runs faster than the wall's; everywhere else the two are one. */
public interface ReleaseClock {
    ReleaseClock WALL = new ReleaseClock() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public Instant wall() {
            return now();
        }
    };

    /** The release's time: bakes, looks and thresholds. */
    Instant now();

    /** The wall's: the rollback's stopwatch. */
    Instant wall();
}
