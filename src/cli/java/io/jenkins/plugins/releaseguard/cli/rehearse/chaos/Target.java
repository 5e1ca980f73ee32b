// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import java.time.Duration;
import java.util.List;

/**
 * What of a contract decides what can be drawn for it: not its speed, so that a seed is the same at every speed.
 *
 * @param pace about one phase, in the release's time
 * @param validated whether checks are asked while the release goes on
 * @param acts whether a rollback does more than move the release's own traffic
 */
public record Target(List<RolloutSpec.Phase> phases, Duration pace, boolean validated, boolean acts) {
    public static Target of(Contract contract, Duration pace) {
        List<RollbackEntry> triggers = contract.entries(RollbackEntry.class);
        boolean validated = contract.entries(ValidationEntry.class).stream()
                        .anyMatch(v -> !v.verify().isEmpty())
                || triggers.stream().anyMatch(t -> t.check() != null);
        boolean acts = triggers.stream().flatMap(t -> t.procedure().stream()).anyMatch(a -> !isOwn(a));
        return new Target(contract.rollout().phases(), pace, validated, acts);
    }

    private static boolean isOwn(ActionSpec action) {
        return action.isOwnTraffic();
    }

    boolean has(FaultKind kind) {
        if (kind.port == FaultKind.Port.CHECK) {
            return validated;
        }
        return kind.port != FaultKind.Port.ACTION || acts;
    }
}
