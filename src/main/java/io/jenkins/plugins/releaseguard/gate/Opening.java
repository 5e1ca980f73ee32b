// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.contract.Artifact;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.Map;
import java.util.stream.Collectors;

/** The journal's first event: which release this is, as its contract has it. */
public final class Opening {
    private Opening() {}

    /**
     * @param by who started it
     * @param build the build's id; null outside Jenkins
     * @param links addresses by what stands there: build, log
     */
    public static Event.Opened event(
            Contract contract, String environment, String by, String build, Map<String, String> links) {
        return event(contract, environment, by, build, links, null);
    }

    /**
     * The same where it is known where the contract was read.
     *
     * @param origin null for nobody knows
     */
    public static Event.Opened event(
            Contract contract,
            String environment,
            String by,
            String build,
            Map<String, String> links,
            ContractOrigin origin) {
        Release release = contract.release();
        return new Event.Opened(
                release.service(),
                release.version(),
                release.commit(),
                environment,
                release.scope(),
                release.owner(),
                contract.file(),
                contract.sha256(),
                release.artifacts().stream()
                        .collect(Collectors.toMap(Artifact::file, Artifact::sha256, (first, second) -> first)),
                by,
                build,
                links,
                release.objective().toMillis() / 1000.0,
                false,
                contract.risks().stream()
                        .map(r -> new Event.RiskNoted(
                                r.id(), r.title(), r.likelihood(), r.impact(), r.status(), r.mitigation()))
                        .toList(),
                WrittenWords.of(contract),
                origin);
    }
}
