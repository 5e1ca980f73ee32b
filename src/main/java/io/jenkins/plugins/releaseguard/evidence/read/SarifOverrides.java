// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The levels that a run's invocations give to rules in place of their own (SARIF 2.1.0, 3.20.5, 3.51). A result has the
 * level of the invocation that it says it is of (3.48.6); of several, where it doesn't say, it may be of each.
 */
final class SarifOverrides {
    /** By rule; and by id, for a rule that the file doesn't describe. */
    private record Invocation(Map<SarifRule, String> rules, Map<String, String> ids, boolean odd) {}

    private final List<Invocation> invocations = new ArrayList<>();

    SarifOverrides(JsonNode invocations, SarifRules rules) throws FormatException {
        this(invocations, rules, "ruleConfigurationOverrides");
    }

    /** Those of a field of the invocations: of rules, or of notifications (3.20.6). */
    SarifOverrides(JsonNode invocations, SarifRules rules, String field) throws FormatException {
        for (JsonNode invocation : invocations) {
            this.invocations.add(read(invocation, rules, field));
        }
        if (this.invocations.isEmpty()) {
            this.invocations.add(new Invocation(Map.of(), Map.of(), false));
        }
    }

    private static Invocation read(JsonNode invocation, SarifRules rules, String field) throws FormatException {
        Map<SarifRule, String> byRule = new HashMap<>();
        Map<String, String> byId = new HashMap<>();
        boolean odd = false;
        for (JsonNode override : invocation.path(field)) {
            String level = override.path("configuration").path("level").asText("");
            if (level.isEmpty()) {
                continue;
            }
            SarifReference reference = SarifReference.of(override.path("descriptor"));
            SarifRules.Meant meant = rules.of(reference);
            meant.rules().stream()
                    .filter(r -> reference.ids().isEmpty() || reference.ids().contains(r.id()))
                    .forEach(r -> byRule.merge(r, level.intern(), SarifLevel::worse));
            reference.ids().forEach(id -> byId.merge(id, level.intern(), SarifLevel::worse));
            odd |= meant.rules().isEmpty() && reference.ids().isEmpty();
            SarifLevel.checked(level);
        }
        return new Invocation(byRule, byId, odd);
    }

    /** The worst level that the rules that a result means may have; {@link SarifLevel#UNKNOWN} where the file doesn't say. */
    String level(SarifResult result, SarifRules.Meant meant) throws FormatException {
        return level(result.invocation(), result.rule(), meant);
    }

    /** The same for a reference, of the invocation with this index; -1 where that isn't known. */
    String level(int index, SarifReference reference, SarifRules.Meant meant) throws FormatException {
        List<Invocation> of =
                index >= 0 && index < invocations.size() ? invocations.subList(index, index + 1) : invocations;
        Set<String> levels = new LinkedHashSet<>();
        for (Invocation invocation : of) {
            levels.addAll(levels(invocation, reference, meant));
        }
        String worst = "none";
        for (String level : levels) {
            if (level.equals(SarifLevel.UNKNOWN)) {
                return level;
            }
            worst = SarifLevel.worse(worst, SarifLevel.checked(level));
        }
        return worst;
    }

    private static Set<String> levels(Invocation invocation, SarifReference reference, SarifRules.Meant meant) {
        Set<String> own = new LinkedHashSet<>();
        Set<String> levels = new LinkedHashSet<>();
        for (SarifRule rule : meant.rules()) {
            levels.add(invocation.rules().getOrDefault(rule, rule.level()));
        }
        boolean told = true;
        for (String id : reference.ids()) {
            boolean described = meant.rules().stream().anyMatch(r -> r.id().equals(id));
            String level = described ? null : invocation.ids().get(id);
            if (level != null) {
                own.add(level);
            }
            told &= described || level != null;
        }
        if (!own.isEmpty() && told) {
            return own;
        }
        if (invocation.odd() || !meant.whole()) {
            levels.add(SarifLevel.UNKNOWN);
        }
        if (levels.isEmpty()) {
            // no rule is named: 3.27.10 says warning
            levels.add("warning");
        }
        return levels;
    }
}
