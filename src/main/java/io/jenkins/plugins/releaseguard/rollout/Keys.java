// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

/** Idempotency keys: the same wish has the same key, also after a restart. */
final class Keys {
    private Keys() {}

    static String shift(PhaseState phase) {
        return "shift-" + phase.index() + "-" + phase.drifts() + "-" + phase.attempt();
    }

    static String body(PhaseState phase) {
        return "body-" + phase.index();
    }

    static String back(RollbackState rollback) {
        return "back-" + rollback.attempt();
    }

    static String action(RollbackState rollback) {
        return Effect.Act.KEYS + rollback.nextAction();
    }
}
