// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.State;

/** Where a release stands when something happens to it. */
enum Moment {
    OPEN("before it is armed"),
    ARMED("armed, before the first phase"),
    SHIFTING("while traffic shifts"),
    BAKING("while it bakes"),
    HELD("while it is held"),
    WATCHING("while it is watched with all traffic"),
    FROZEN("while it waits for a person's word"),
    ROLLING_BACK("while it goes back"),
    RECOVERING("back, until its triggers are quiet"),
    ENDED("after its end");

    private final String text;

    Moment(String text) {
        this.text = text;
    }

    static Moment of(State state) {
        if (state.life() == Lifecycle.ENDED) {
            return ENDED;
        }
        if (state.isFrozen()) {
            return FROZEN;
        }
        if (!state.isRollingBack() && state.isHeld()) {
            return HELD;
        }
        return valueOf(state.life().name());
    }

    /** Whether each phase has it. */
    boolean isOfPhases() {
        return this == SHIFTING || this == BAKING;
    }

    @Override
    public String toString() {
        return text;
    }
}
