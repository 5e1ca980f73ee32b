// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.policy;

import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import java.util.List;

/** What can't be understood in a policy, told as it is told of a contract. */
final class Wrong {
    static final String RULE = "RG-POLICY-READ";

    private Wrong() {}

    static ContractException of(Position at, String message, String fix) {
        return new ContractException(List.of(new Problem(Severity.ERROR, RULE, at, message, fix)));
    }
}
