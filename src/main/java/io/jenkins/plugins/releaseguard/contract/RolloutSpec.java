// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How traffic moves. {@code interval} between looks; {@code noData} is how long a silent source is borne before
 * rolling back; {@code after} is the bake after full promotion; {@code blastRadius} the extra failed requests the
 * canary may cost, NaN for no limit; {@code baseline} what the canary is compared with; {@code sticky} how long the router pins a user
 * to a version, zero where it doesn't; {@code promote} what a phase must show before it is left.
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
        Duration sticky,
        Promote promote,
        Position at) {
    /** What a contract that doesn't say demands of a phase before it is left. */
    public static final Promote USUAL_PROMOTE = Promote.BUDGET;

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

    /** What a phase with both versions under traffic must show before it is left. */
    public enum Promote {
        /** What going on can cost before it would be stopped fits the release's budget of failed requests. */
        BUDGET,
        /** No metric is worse by more than the phase's margin. */
        PROOF
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
     * One phase: {@code weight} in percent of traffic (0 to 100), 0 for {@code internal}; it warms up for {@code warmup}, zero for not
     * at all, then bakes at least {@code bake} and at most {@code maxBake}; {@code approve} names who must let it go on, empty for nobody.
     */
    public record Phase(
            String name,
            double weight,
            String audience,
            Duration warmup,
            Duration bake,
            Duration maxBake,
            List<String> approve) {}
}
