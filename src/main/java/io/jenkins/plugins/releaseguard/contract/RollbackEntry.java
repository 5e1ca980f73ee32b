// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import java.util.List;

/**
 * A condition that brings the last good version back: what is watched (one of metric, check, person), its threshold
 * and the procedure. {@code warn} is a softer threshold of the metric, which holds the release and brings nothing back; null for none.
 */
public record RollbackEntry(
        EntryHead head,
        String trigger,
        String metric,
        CheckSpec check,
        String person,
        Threshold threshold,
        Threshold warn,
        List<ActionSpec> procedure,
        String database,
        String cache,
        List<String> notification)
        implements Entry {
    @Override
    public EntryType type() {
        return EntryType.ROLLBACK;
    }
}
