// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.util.List;

/**
 * What breaks a release by a metric.
 *
 * @param metric its id
 * @param words the condition as it stands in the file
 * @param all conditions that break together; empty where {@code burn} says it
 * @param warn conditions of which each only holds the release; empty for none
 * @param burn of an error budget, in the threshold's language; empty for none
 * @param given what remarks are about, in {@code file}
 */
record DraftTrigger(
        String metric,
        String words,
        List<Breach> all,
        ToolPace pace,
        List<Breach> warn,
        ToolPace warnPace,
        String burn,
        Given given,
        String file) {
    DraftTrigger {
        all = List.copyOf(all);
        warn = List.copyOf(warn);
    }
}
