// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import java.io.IOException;
import java.time.Duration;

/**
 * Looks at one thing. An implementation is stateless and safe to use by several threads. What it can't look at is an
 * exception or an unknown finding, never a pass: {@link EvidenceGatherer} turns exceptions into unknown with their message.
 */
@Beta
public interface Check {
    /** How long a finding stays evidence where nobody says otherwise. */
    Duration USUAL_AGE = Duration.ofDays(7);

    /**
     * The word in the contract's {@code verify}, and the fields that may stand behind it. The same at each call: the
     * contract is read, checked and documented by it.
     */
    SpecKind kind();

    /**
     * Looks. Standard values of {@link #kind} are already among the settings of {@code spec}.
     *
     * @param entry the entry of the contract that names the check
     * @param spec one check of the entry, with its fields
     * @param context what may be asked; nothing else of the world should be
     * @return what was seen, see {@link Finding#now}
     * @throws IOException what was to be looked at could not be: unknown, with the message as reason
     * @throws InterruptedException the time limit passed
     */
    Finding evaluate(Entry entry, CheckSpec spec, CheckContext context) throws IOException, InterruptedException;

    /** How long a finding of this spec stays evidence where neither it nor its entry sets a {@code maxAge}: 7 days. */
    default Duration maxAge(CheckSpec spec) {
        return USUAL_AGE;
    }
}
