// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import io.jenkins.plugins.releaseguard.jenkins.scope.ServiceLedgers;
import io.jenkins.plugins.releaseguard.ledger.Ledger;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;

/** What ledgers prove of services that were released before they had owners. */
final class LastPromotion {
    private LastPromotion() {}

    /** Where a service was promoted last, if that is proven, and there still. */
    static Optional<ServiceClaim> of(String service, Instant now) {
        Ledger ledger = ServiceLedgers.of(service);
        return ledger.history().entries().stream()
                .filter(entry -> entry.promoted() && !entry.observe() && service.equals(entry.service()))
                .filter(entry -> ledger.proof(entry).holds())
                .reduce((first, last) -> last)
                .map(LedgerEntry::build)
                .filter(build -> build != null && build.lastIndexOf('#') > 0)
                .map(build -> new ServiceClaim(
                        service, JobPlaces.ofBuild(build), ServiceClaim.Origin.LAST_PROMOTION, build, now))
                .filter(claim -> Jenkins.get().getItemByFullName(claim.place()) != null);
    }

    /** All services that have a ledger. */
    static Set<String> services() throws IOException {
        Set<String> services = new TreeSet<>();
        for (Ledger ledger : ServiceLedgers.all()) {
            ledger.history().entries().forEach(entry -> services.add(entry.service()));
        }
        return services;
    }
}
