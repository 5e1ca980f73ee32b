// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.Contract;

/**
 * What the surroundings decide about a plan.
 *
 * @param bodies whether a Pipeline body belongs to each phase
 * @param enclosed whether an enclosing body must end before the last bake may
 * @param phased whether there are phases at all; otherwise the enclosing body deploys
 * @param speed how much faster than the wall the release's time runs
 * @param observe do everything but act
 * @param admitted whether what can change since the gate is looked at again before the first users
 */
public record PlanOptions(
        Plan.Movement movement,
        boolean bodies,
        boolean enclosed,
        boolean phased,
        double speed,
        boolean observe,
        boolean admitted) {
    public PlanOptions(
            Plan.Movement movement, boolean bodies, boolean enclosed, boolean phased, double speed, boolean observe) {
        this(movement, bodies, enclosed, phased, speed, observe, false);
    }

    /** The plugin or the command line moves the traffic by itself. */
    public static final PlanOptions ALONE = new PlanOptions(Plan.Movement.ROUTER, false, false, true, 1, false);

    /**
     * Of steps in a Pipeline: the contract's router moves the traffic, and a body where it names none. Whoever only observes leaves the
     * router to those who move the traffic today.
     */
    public static PlanOptions ofPipeline(Contract contract, boolean enclosed, boolean observe) {
        boolean routed = !contract.rollout().router().isBlank() && !observe;
        return new PlanOptions(routed ? Plan.Movement.ROUTER : Plan.Movement.BODY, true, enclosed, true, 1, observe);
    }

    public PlanOptions withSpeed(double value) {
        return new PlanOptions(movement, bodies, enclosed, phased, value, observe, admitted);
    }

    /** The same, with a look at what can change before the first users. */
    public PlanOptions withAdmission() {
        return new PlanOptions(movement, bodies, enclosed, phased, speed, observe, true);
    }
}
