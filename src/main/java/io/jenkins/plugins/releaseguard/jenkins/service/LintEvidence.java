// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.gate.PolicyEvidence;
import io.jenkins.plugins.releaseguard.jenkins.catalog.ReleaseCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the contract itself owes, as evidence for the gate and as lines for the log. */
final class LintEvidence {
    private LintEvidence() {}

    /** What the contract itself owes is evidence too. */
    static List<Evidence> of(Contract contract) {
        List<Problem> errors = ReleaseCatalog.get().lint(contract).stream()
                .filter(Problem::isError)
                .toList();
        if (errors.isEmpty()) {
            return List.of();
        }
        Problem first = errors.get(0);
        Finding finding = new Finding(
                Status.FAIL,
                contract.file(),
                errors.size() + " broken",
                "0 rules broken",
                first.at() + ": " + first.message() + " [" + first.rule() + "]",
                first.fix(),
                Origin.CONTROLLER,
                contract.sha256(),
                Instant.now(),
                "");
        return List.of(Evidence.of(PolicyEvidence.ENTRY, "lint", true, finding, Duration.ofDays(1), Duration.ZERO));
    }

    /** For the log: what is wrong with the contract, one a line, and how much is merely worth a look. */
    static List<String> lines(Contract contract) {
        List<Problem> problems = ReleaseCatalog.get().lint(contract);
        List<String> lines = new ArrayList<>();
        problems.stream().filter(Problem::isError).forEach(p -> lines.add(p.toString()));
        long warnings =
                problems.stream().filter(p -> p.severity() == Severity.WARNING).count();
        if (!problems.isEmpty()) {
            lines.add(contract.file() + ": " + lines.size() + " errors, " + warnings + " warnings, "
                    + (problems.size() - lines.size() - warnings) + " notes; release-guard lint shows them");
        }
        return lines;
    }
}
