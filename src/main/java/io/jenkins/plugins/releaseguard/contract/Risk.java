// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;

/** A known risk and what is done about it; {@code acceptedBy} names who bears it where it is not mitigated. */
@Beta
public record Risk(
        String id,
        String title,
        String likelihood,
        String impact,
        String status,
        String mitigation,
        String owner,
        String acceptedBy,
        Position at) {
    public Risk(
            String id,
            String title,
            String likelihood,
            String impact,
            String status,
            String mitigation,
            String owner,
            Position at) {
        this(id, title, likelihood, impact, status, mitigation, owner, "", at);
    }
}
