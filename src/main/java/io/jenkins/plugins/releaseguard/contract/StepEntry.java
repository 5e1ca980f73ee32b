// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import java.time.Duration;
import java.util.List;

/** A step of the deployment. */
public record StepEntry(
        EntryHead head,
        String action,
        String command,
        String expected,
        Duration duration,
        String onFailure,
        List<String> reverse)
        implements Entry {
    @Override
    public EntryType type() {
        return EntryType.STEP;
    }
}
