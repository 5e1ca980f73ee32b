// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;

import io.jenkins.plugins.releaseguard.contract.lint.ContractFacts.Spec;
import io.jenkins.plugins.releaseguard.contract.schema.Field;
import io.jenkins.plugins.releaseguard.contract.schema.Side;
import io.jenkins.plugins.releaseguard.contract.schema.Unit;
import java.util.List;

/** A limit that holds whatever is seen guards nothing, and one that asks for the bad side lets that through. */
final class LimitRules {
    static final List<LintRule> RULES = List.of(new LintRule(
            "RG-CHECK-LIMIT",
            ERROR,
            Category.FUNCTIONAL,
            AntiPattern.HALF_WRITTEN,
            "A check's limit asks for the good side of its number, and can hold or not",
            LimitRules::sides));

    private LimitRules() {}

    private static void sides(ContractFacts facts, LintFindings out) {
        facts.specs()
                .forEach(spec -> spec.kind().shape().fields().stream()
                        .filter(field -> field.side() != null)
                        .forEach(field -> side(spec, field, out)));
    }

    private static void side(Spec spec, Field field, LintFindings out) {
        spec.settings()
                .threshold(field.name())
                .ifPresent(limit -> field.side()
                        .fault(limit)
                        .ifPresent(why -> out.add(
                                spec.at(),
                                field.name() + " of " + spec.entry().id() + " is '" + limit.text() + "': " + why,
                                fix(field))));
    }

    private static String fix(Field field) {
        String number = field.unit() == Unit.PERCENT ? "80%" : field.unit() == Unit.COUNT ? "0" : "2";
        return field.side() == Side.HIGH
                ? "write the least that there must be: \">= " + number + "\""
                : "write the most that there may be: \"<= " + (number.equals("80%") ? "1%" : number) + "\"";
    }
}
