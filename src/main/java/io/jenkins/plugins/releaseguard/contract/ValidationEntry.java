// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import java.util.List;

/** What is looked at after the deployment. */
public record ValidationEntry(
        EntryHead head,
        String check,
        String method,
        List<CheckSpec> verify,
        String successCriteria,
        String escalation,
        boolean blocker)
        implements Entry {
    @Override
    public EntryType type() {
        return EntryType.VALIDATION;
    }
}
