// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.schema.SpecCatalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Holds a contract to the rules; the same ones on the command line and in the gate. */
public final class Lint {
    private static final List<LintRule> RULES = Stream.of(
                    ReleaseRules.RULES,
                    EntryRules.RULES,
                    EnvironmentRules.RULES,
                    AccessRules.RULES,
                    SecretRules.RULES,
                    CriteriaRules.RULES,
                    CheckRules.RULES,
                    LimitRules.RULES,
                    ReadableRules.RULES,
                    SignerRules.RULES,
                    RollbackEntryRules.RULES,
                    TriggerRules.RULES,
                    ThresholdRules.RULES,
                    QuantileRules.RULES,
                    ValidationRules.RULES,
                    StepRules.RULES,
                    MetricRules.RULES,
                    QueryRules.RULES,
                    RiskRules.RULES,
                    RolloutRules.RULES)
            .flatMap(List::stream)
            .toList();

    private Lint() {}

    /** All rules, in the order of the reference. */
    public static List<LintRule> rules() {
        return RULES;
    }

    /**
     * What breaks the rules, and the reader's own notes, in the order of the file; empty for a contract that owes
     * nothing.
     *
     * @param catalog the kinds by which the contract was read
     */
    public static List<Problem> check(Contract contract, SpecCatalog catalog) {
        ContractFacts facts = new ContractFacts(contract, catalog);
        List<Problem> problems = new ArrayList<>(contract.notes());
        for (LintRule rule : RULES) {
            rule.check().check(facts, new LintFindings(rule, problems));
        }
        problems.sort(Comparator.comparing((Problem p) -> !p.at().file().equals(contract.file()))
                .thenComparing(p -> p.at().file())
                .thenComparingInt(p -> p.at().line())
                .thenComparingInt(p -> p.at().column()));
        return List.copyOf(problems);
    }
}
