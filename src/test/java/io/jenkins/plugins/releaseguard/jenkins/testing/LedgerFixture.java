// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.testing;

import io.jenkins.plugins.releaseguard.jenkins.scope.ServiceLedgers;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** Releases that went before, in the ledgers of the controller. */
public final class LedgerFixture {
    private LedgerFixture() {}

    /** One that was promoted a minute ago, or was observed only, of this artifact by this build. */
    public static void promoted(
            String service, String environment, Map<String, String> artifact, String build, boolean observe)
            throws IOException {
        ServiceLedgers.of(service)
                .add(new LedgerEntry(
                        LedgerEntry.FORMAT,
                        service,
                        environment,
                        "2",
                        "abc",
                        artifact,
                        ReleaseOutcome.PROMOTED,
                        true,
                        observe,
                        Instant.now().minusSeconds(60),
                        Instant.now(),
                        60,
                        "all phases passed",
                        build,
                        "dana",
                        "low",
                        null,
                        false,
                        null,
                        null,
                        "c".repeat(64),
                        null));
    }
}
