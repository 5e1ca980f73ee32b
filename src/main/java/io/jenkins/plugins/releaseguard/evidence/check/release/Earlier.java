// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.release;

import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.PastRelease;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;

/** What the newest record of an artifact in an earlier environment says. */
final class Earlier {
    private Earlier() {}

    static Finding judge(PastRelease record, String environment, Finding.Builder found) {
        found.value(record.verdict() + " in " + environment).limit("promoted in " + environment);
        if (!record.intact()) {
            return found.unknown(
                    "the record of " + record.build() + " in " + environment + " is not intact: " + record.doubt(),
                    "release the artifact to " + environment + " again");
        }
        return record.verdict() == ReleaseOutcome.PROMOTED
                ? found.pass("promoted in " + environment + " by " + record.build())
                : found.fail(
                        "its last release to " + environment + " ended as " + record.verdict() + " (" + record.build()
                                + ")",
                        "release it to " + environment + " until it is promoted there");
    }
}
