// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import static io.jenkins.plugins.releaseguard.testing.GateFixture.NOW;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.contract;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.decide;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.evidence;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaiverRuleTest {
    private static Contract waived(String until) {
        return contract("{id: DEP-002, type: Criteria, owner: QA Lead, verify: {tests: {}}, "
                + "waived: {by: grace, reason: flaky network, until: " + until + "}}");
    }

    @Test
    void aWaiverLetsFailAndUnknownThrough() {
        for (Status status : List.of(Status.FAIL, Status.UNKNOWN)) {
            GateResult result = decide(waived("2026-11-30"), evidence("DEP-002", "tests", status));

            assertThat(result.decision()).isEqualTo(Decision.GO);
            Evidence evidence = result.evidence().get(0);
            assertThat(evidence.status()).isEqualTo(Status.WAIVED);
            assertThat(evidence.reason())
                    .contains("grace")
                    .contains("2026-11-30")
                    .contains("flaky network")
                    .contains(status.text());
        }
    }

    /** T6: one waiver covers one check. */
    @Test
    void theOtherChecksOfTheEntryAreNotWaived() {
        for (String named : List.of("", "check: tests, ", "check: sarif, ")) {
            Contract two = contract("{id: DEP-002, type: Criteria, owner: a, verify: {tests: {}, sarif: {}}, waived: {"
                    + named + "by: grace, reason: flaky network, until: 2026-11-30}}");
            GateResult result = decide(
                    two, evidence("DEP-002", "tests", Status.FAIL), evidence("DEP-002", "sarif", Status.UNKNOWN));
            assertThat(result.decision()).as(named).isEqualTo(Decision.NO_GO);
            assertThat(result.evidence())
                    .as(named)
                    .extracting(Evidence::status)
                    .containsExactly(
                            named.contains("tests") ? Status.WAIVED : Status.FAIL,
                            named.contains("sarif") ? Status.WAIVED : Status.UNKNOWN);
        }
    }

    @Test
    void whatPassesNeedsNoWaiver() {
        assertThat(decide(waived("2026-11-30"), evidence("DEP-002", "tests", Status.PASS))
                        .evidence()
                        .get(0)
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void theLastDayCountsToItsEnd() {
        Contract today = waived("2026-11-21");
        List<Evidence> failed = List.of(evidence("DEP-002", "tests", Status.FAIL));

        assertThat(Gate.decide(today, "p", failed, Policy.NONE, Optional.empty(), NOW.plusSeconds(12 * 3600 - 1))
                        .decision())
                .isEqualTo(Decision.GO);
        assertThat(Gate.decide(today, "p", failed, Policy.NONE, Optional.empty(), NOW.plusSeconds(12 * 3600))
                        .decision())
                .isEqualTo(Decision.NO_GO);
    }

    @Test
    void anExpiredWaiverIsAFailure() {
        GateResult result = decide(waived("2026-11-20"), evidence("DEP-002", "tests", Status.UNKNOWN));

        assertThat(result.decision()).isEqualTo(Decision.NO_GO);
        assertThat(result.reasons().get(0).status()).isEqualTo(Status.FAIL);
        assertThat(result.reasons().get(0).text()).contains("has ended");
    }

    @Test
    void aWaiverThatGivesNoReasonDoesNotCount() {
        Contract blank = contract("{id: DEP-002, type: Criteria, owner: QA Lead, verify: {tests: {}}, "
                + "waived: {by: grace, reason: ' ', until: 2026-11-30}}");

        GateResult result = decide(blank, evidence("DEP-002", "tests", Status.FAIL));

        assertThat(result.decision()).isEqualTo(Decision.NO_GO);
        assertThat(result.reasons().get(0).text()).contains("6 tests failed", "without a name and a reason");
    }
}
