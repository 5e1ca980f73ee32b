// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.policy;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import java.util.List;
import java.util.stream.Collectors;

/** What can't be understood in a policy, told as it is told of a contract. */
final class PolicyProblem {
    static final String RULE = "RG-POLICY-READ";

    private PolicyProblem() {}

    static ContractException of(Position at, String message, String fix) {
        return new ContractException(List.of(new Problem(Severity.ERROR, RULE, at, message, fix)));
    }

    /** Beside a field: what and how to fix it; where it stands is plain to see. */
    static FormValidation said(ContractException wrong) {
        return FormValidation.error(wrong.problems().stream()
                .map(problem -> problem.message() + (Util.fixEmpty(problem.fix()) == null ? "" : ": " + problem.fix()))
                .collect(Collectors.joining("; ")));
    }
}
