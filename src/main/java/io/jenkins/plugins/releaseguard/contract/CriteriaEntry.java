// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import java.time.Duration;
import java.util.List;

/**
 * What must hold before the release starts. No check in {@code verify}: unknown, never green. {@code maxAge} null:
 * the check's own.
 */
public record CriteriaEntry(
        EntryHead head, String requirement, List<CheckSpec> verify, boolean blocker, String category, Duration maxAge)
        implements Entry {
    @Override
    public EntryType type() {
        return EntryType.CRITERIA;
    }
}
