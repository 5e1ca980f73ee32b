// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check.operation;

import io.jenkins.plugins.releaseguard.contract.Settings;
import java.util.List;
import java.util.Optional;

/** A release that says it is of a kind that may go all the same; only with a reason, and only of a kind that is allowed. */
final class ExceptionClaim {
    /** Kinds of release that may go all the same where the contract names none. */
    static final String USUAL = "security, P0";

    private ExceptionClaim() {}

    /** {@code security (CVE-2026-1234 in the parser)}; empty where none is claimed or the claim doesn't count. */
    static Optional<String> claimed(Settings settings, List<String> allowed) {
        String claim = settings.text("exception").strip();
        String reason = settings.text("reason").strip();
        boolean counts =
                !claim.isEmpty() && !reason.isEmpty() && allowed.stream().anyMatch(claim::equalsIgnoreCase);
        return counts ? Optional.of(claim + " (" + reason + ")") : Optional.empty();
    }
}
