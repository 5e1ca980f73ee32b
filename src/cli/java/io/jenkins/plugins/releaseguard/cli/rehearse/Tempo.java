// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import java.time.Duration;

/** How fast a rehearsal runs, and what then can't be as short as the contract has it. */
final class Tempo {
    /** What the default speed makes of a plan's bakes, on the wall; shifting and confirming come on top. */
    private static final double BAKING_SECONDS = 36;

    /** A look takes milliseconds, and a machine pauses for some: shorter than these, the wall would be measured. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final Duration SILENCE = Duration.ofSeconds(4);

    private Tempo() {}

    /** The speed at which the plan takes about 40 s on the wall, at least 1. */
    static double usual(RolloutSpec rollout) {
        double speed = length(rollout).toMillis() / 1000.0 / BAKING_SECONDS;
        return speed <= 1 ? 1 : Math.ceil(speed);
    }

    /** All bakes with the one after full promotion and what comes before them, in the rehearsal's time. */
    static Duration length(RolloutSpec rollout) {
        return rollout.phases().stream()
                .map(phase -> phase.warmup().plus(phase.bake()))
                .reduce(rollout.after(), Duration::plus);
    }

    /** The contract with looks and patience that this machine can keep at a speed. */
    static Contract bearable(Contract c, double speed) {
        RolloutSpec r = c.rollout();
        RolloutSpec rollout = new RolloutSpec(
                r.strategy(),
                r.phases(),
                r.undecided(),
                r.router(),
                atLeast(r.interval(), LOOK, speed),
                atLeast(r.noData(), SILENCE, speed),
                r.after(),
                r.alpha(),
                r.blastRadius(),
                r.baseline(),
                r.sticky(),
                r.promote(),
                r.at());
        return c.withRollout(rollout);
    }

    private static Duration atLeast(Duration wanted, Duration wall, double speed) {
        Duration least = Duration.ofMillis((long) Math.ceil(wall.toMillis() * speed));
        return speed > 1 && wanted.compareTo(least) < 0 ? least : wanted;
    }
}
