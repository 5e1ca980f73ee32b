// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

/**
 * One action of a rollback procedure: {@code {traffic: 0}} has kind {@code traffic} and the single value under
 * {@code value}.
 */
public record ActionSpec(String kind, Settings settings, Position at) {
    /**
     * Whether it takes the rollout's own traffic off the new version, which every rollback does by itself. Another router, or a
     * weight that no rollback sets, is an action like any other.
     */
    public boolean isOwnTraffic() {
        return kind.equals("traffic")
                && settings.text("router").isBlank()
                && settings.number("weight").orElse(0.0) == 0;
    }

    /** Whether it can bring the old version back where neither a router nor a Pipeline body does. */
    public boolean mayMoveUsers() {
        return !isOwnTraffic() && !kind.equals("notify");
    }
}
