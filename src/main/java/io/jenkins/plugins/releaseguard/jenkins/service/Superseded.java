// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.ledger.Ledger;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Whether a later release has taken the place of a record: the traffic is its business now. */
final class Superseded {
    private Superseded() {}

    /**
     * @param opened when the record's release was opened; null where nobody knows
     * @param ledger what its service has sealed; only what is proven there counts
     * @param open all records that lie open
     * @return by what; empty where it is still the last one of its service and environment
     */
    static Optional<String> by(RecordInfo info, Instant opened, Ledger ledger, Collection<RecordInfo> open) {
        Optional<String> rival = open.stream()
                .filter(other -> other.service().equals(info.service())
                        && other.environment().equals(info.environment()))
                // ids of one service are in the order of time
                .filter(other -> other.id().compareTo(info.id()) > 0)
                .findFirst()
                .map(other -> "the later release " + other.id() + " is open");
        if (rival.isPresent() || opened == null) {
            return rival;
        }
        return ledger.history().entries().stream()
                .filter(entry -> info.environment().equals(entry.environment()) && !entry.observe())
                .filter(entry -> entry.startedAt().isAfter(opened))
                // whoever can write to the disk could otherwise have a canary left with its users
                .filter(entry -> ledger.proof(entry).holds())
                .findFirst()
                .map(entry -> "version " + entry.version() + " was released later (" + entry.verdict() + ")");
    }
}
