// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import java.util.List;

/** A rollback entry that watches a metric: when {@code threshold} has held as long as it says, the {@code procedure} runs. */
public record Trigger(
        String entry,
        String title,
        Metric metric,
        Threshold threshold,
        List<ActionSpec> procedure,
        List<String> notification) {
    public Trigger {
        procedure = List.copyOf(procedure);
        notification = List.copyOf(notification);
    }
}
