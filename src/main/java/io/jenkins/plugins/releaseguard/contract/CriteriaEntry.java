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
    /**
     * The contract's waiver of one check. One that doesn't say which of several it means waives none.
     *
     * @param check its kind; empty where the entry names no check
     * @return null for none
     */
    public Waiver waiverOf(String check) {
        Waiver waiver = head.waiver();
        boolean meant = waiver != null
                && (waiver.check().isEmpty()
                        ? verify.size() <= 1
                        : waiver.check().equals(check));
        return meant ? waiver : null;
    }

    @Override
    public EntryType type() {
        return EntryType.CRITERIA;
    }
}
