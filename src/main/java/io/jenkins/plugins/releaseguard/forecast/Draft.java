// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import java.util.Optional;
import java.util.function.Function;

/** A contract's text that can be read, and what it means. */
record Draft(String text, Contract contract, Function<String, Optional<Contract>> reader) {
    Plan plan() {
        return Plans.of(contract, "", PlanOptions.ALONE);
    }

    /** With a change; empty where it can't be made in this text, or what comes of it would not be a contract without errors. */
    Optional<Draft> with(PlanChange change) {
        return ContractEdit.apply(text, change)
                .flatMap(edited -> reader.apply(edited).map(read -> new Draft(edited, read, reader)));
    }
}
