// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.testing.GateFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class GatePropertyTest {
    @Property
    void startsOnlyWhereEveryBlockerIsGreen(
            @ForAll @Size(min = 1, max = 6) List<Boolean> blockers,
            @ForAll @Size(min = 6, max = 6) List<Status> statuses) {
        Contract contract = contract(blockers);
        List<Evidence> evidence = new ArrayList<>();
        boolean allGreen = true;
        boolean anyRed = false;
        for (int i = 0; i < blockers.size(); i++) {
            Status status = statuses.get(i) == Status.WAIVED ? Status.PASS : statuses.get(i);
            evidence.add(GateFixture.evidence("DEP-10" + i, "tests", status));
            allGreen &= status.green() || !blockers.get(i);
            anyRed |= !status.green();
        }

        GateResult result =
                Gate.decide(contract, "production", evidence, Policy.NONE, Optional.empty(), GateFixture.NOW);

        assertThat(result.decision().mayStart()).isEqualTo(allGreen);
        assertThat(result.decision() == Decision.GO).isEqualTo(!anyRed);
        assertThat(result.evidence()).hasSize(blockers.size());
        assertThat(result.reasons().isEmpty()).isEqualTo(!anyRed);
    }

    @Property
    void lessEvidenceNeverHelps(
            @ForAll @Size(min = 1, max = 6) List<Boolean> blockers,
            @ForAll @Size(min = 6, max = 6) List<Boolean> taken) {
        Contract contract = contract(blockers);
        List<Evidence> some = new ArrayList<>();
        boolean lacks = false;
        for (int i = 0; i < blockers.size(); i++) {
            if (taken.get(i)) {
                lacks |= blockers.get(i);
            } else {
                some.add(GateFixture.evidence("DEP-10" + i, "tests", Status.PASS));
            }
        }

        assertThat(Gate.decide(contract, "production", some, Policy.NONE, Optional.empty(), GateFixture.NOW)
                        .decision()
                        .mayStart())
                .isEqualTo(!lacks);
    }

    private static Contract contract(List<Boolean> blockers) {
        String[] entries = new String[blockers.size()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = "{id: DEP-10" + i + ", type: Criteria, owner: a, blocker: " + (blockers.get(i) ? "yes" : "no")
                    + ", verify: {tests: {}}}";
        }
        return GateFixture.contract(entries);
    }
}
