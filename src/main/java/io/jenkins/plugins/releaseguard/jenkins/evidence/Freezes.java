// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.EntryHead;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Stage;
import io.jenkins.plugins.releaseguard.evidence.FreezeWindow;
import io.jenkins.plugins.releaseguard.gate.PolicyEvidence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Freeze windows that are set up hold for contracts that say nothing about them. */
final class Freezes {
    private static final String KIND = "freeze";

    private Freezes() {}

    /** The entry that looks at the windows; none where there are no windows. What the contract looks at itself switches none off. */
    static Optional<CriteriaEntry> demanded(Contract contract, List<FreezeWindow> windows) {
        List<CriteriaEntry> own = contract.entries(CriteriaEntry.class).stream()
                .filter(e -> e.stage() == Stage.PRE_DEPLOY && spec(e).isPresent())
                .toList();
        if (windows.isEmpty()) {
            return Optional.empty();
        }
        Position at = new Position("the policy", 1, 1);
        EntryHead head = new EntryHead(PolicyEvidence.ENTRY, Stage.PRE_DEPLOY, "No freeze", "", List.of(), at, null);
        Settings claim = own.stream()
                .findFirst()
                .flatMap(Freezes::spec)
                .map(Freezes::claim)
                .orElse(new Settings(Map.of(), Map.of()));
        return Optional.of(new CriteriaEntry(
                head, "No freeze window is open", List.of(new CheckSpec(KIND, claim, at)), true, "operational", null));
    }

    private static Optional<CheckSpec> spec(CriteriaEntry entry) {
        return entry.verify().stream().filter(s -> s.kind().equals(KIND)).findFirst();
    }

    /** The exception that the contract claims counts against the administrator's windows too, where they name it. */
    private static Settings claim(CheckSpec spec) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String field : List.of("exception", "reason")) {
            if (spec.settings().has(field)) {
                values.put(field, spec.settings().text(field));
            }
        }
        return new Settings(values, Map.of());
    }
}
