// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import java.io.IOException;
import java.time.Duration;

/**
 * Looks at one thing. An implementation is stateless and safe to use by several threads. What it can't look at is an
 * exception or an unknown finding, never a pass: {@link EvidenceGatherer} turns exceptions into unknown with their message.
 */
public interface Check {
    /** The word in the contract's {@code verify}. */
    String kind();

    /**
     * Looks. {@code spec} is one check of {@code entry}.
     *
     * @throws IOException what was to be looked at could not be: unknown, with the message as reason
     * @throws InterruptedException the time limit passed
     */
    Finding look(Entry entry, CheckSpec spec, CheckContext context) throws IOException, InterruptedException;

    /** How long a finding of this spec stays evidence where neither it nor its entry sets a {@code maxAge}: 7 days. */
    default Duration maxAge(CheckSpec spec) {
        return Duration.ofDays(7);
    }
}
