// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import java.io.IOException;
import java.util.List;

/** What the ledger knows of this service: earlier releases, rehearsed rollbacks, where an artifact was used. */
@Beta
public interface Releases {
    /** No ledger here. */
    Releases UNAVAILABLE = new Releases() {
        @Override
        public List<PastRelease> releases(String environment) throws IOException {
            throw new UnavailableException(
                    "no ledger of earlier releases here", "run the earlier stage through releaseGate");
        }

        @Override
        public List<Drill> drills(String environment) throws IOException {
            throw new UnavailableException(
                    "no ledger of rollbacks here", "roll a release back through Release Guard in the environment");
        }
    };

    /** Sealed releases of the service to an environment, newest first. */
    List<PastRelease> releases(String environment) throws IOException;

    /** Rollbacks of the service in an environment (any where empty), rehearsed or in earnest, newest first. */
    List<Drill> drills(String environment) throws IOException;
}
