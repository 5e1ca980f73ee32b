// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.State;

/** Where a release stands when something happens to it. */
enum Moment {
    /** Nothing has been captured yet. */
    OPEN,
    ARMED,
    SHIFTING,
    BAKING,
    /** It waits for a person, or for something else to be well again. */
    HELD,
    WATCHING,
    FROZEN,
    ROLLING_BACK,
    UNCONFIRMED,
    RECOVERING,
    ENDED;

    static Moment of(State state) {
        if (state.life() == Lifecycle.ENDED) {
            return ENDED;
        }
        if (state.isUnconfirmed()) {
            return UNCONFIRMED;
        }
        if (state.isFrozen()) {
            return FROZEN;
        }
        if (!state.isRollingBack() && state.isHeld()) {
            return HELD;
        }
        return switch (state.life()) {
            case OPEN -> OPEN;
            case ARMED -> ARMED;
            case SHIFTING -> SHIFTING;
            case BAKING -> BAKING;
            case WATCHING -> WATCHING;
            case ROLLING_BACK -> ROLLING_BACK;
            case RECOVERING -> RECOVERING;
            case ENDED -> ENDED;
        };
    }
}
