// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How traffic moves. {@code interval} between looks; {@code noData} is how long a silent source is borne before
 * rolling back; {@code after} is the bake after full promotion; {@code blastRadius} the extra failed requests the
 * canary may cost, NaN for no limit; {@code baseline} what the canary is compared with.
 */
@Beta
public record RolloutSpec(
        Strategy strategy,
        List<Phase> phases,
        Undecided undecided,
        String router,
        Duration interval,
        Duration noData,
        Duration after,
        double alpha,
        double blastRadius,
        Baseline baseline,
        Position at) {
    /** How the new version comes in. */
    public enum Strategy {
        CANARY,
        BLUE_GREEN,
        ROLLING,
        FLAG,
        AUTO
    }

    /** What the canary is compared with. */
    public enum Baseline {
        /** All that serves the rest of the traffic. */
        STABLE,
        /** A deployment of the old version made for it, of the canary's size: both get as many requests. */
        FRESH
    }

    /** What happens when a phase is undecided at its longest bake. */
    public enum Undecided {
        HOLD,
        ROLLBACK,
        PROCEED
    }

    /**
     * Why the phases can't be run by this strategy; empty where they can. What a strategy other than the canary does has no phase in
     * which a share of the users could be judged.
     */
    public Optional<String> notInPhases() {
        return switch (strategy) {
            case CANARY, AUTO -> Optional.empty();
            case FLAG ->
                router.isBlank()
                        ? Optional.empty()
                        : Optional.of(
                                "strategy flag has a router: with a flag the body moves users, to CANARY_WEIGHT; leave"
                                        + " the router out, or use strategy: canary");
            case BLUE_GREEN -> Optional.of(notACanary("blue-green"));
            case ROLLING -> Optional.of(notACanary("rolling"));
        };
    }

    private static String notACanary(String name) {
        return "strategy " + name
                + " can't be run in phases: deploy inside autoRollback { }, which watches it and goes back,"
                + " without canaryPromote; or use strategy: canary";
    }

    /**
     * One phase: {@code weight} in percent of traffic (0 to 100), 0 for {@code internal}; it bakes at least
     * {@code bake} and at
     * most {@code maxBake}; {@code approve} names who must let it go on, empty for nobody.
     */
    public record Phase(
            String name, double weight, String audience, Duration bake, Duration maxBake, List<String> approve) {}
}
