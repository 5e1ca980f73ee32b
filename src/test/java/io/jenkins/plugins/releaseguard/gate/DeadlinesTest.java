// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import static io.jenkins.plugins.releaseguard.testing.GateFixture.NOW;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.SIGNED;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.TESTS;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.awaited;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.contract;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.evidence;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.testing.GateFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Sign-offs that are waited for: the time left, and what becomes of the release when nobody signed in time. */
class DeadlinesTest {
    private static final Instant END = NOW.plus(Duration.ofHours(2));

    private static String signed(String id, String more) {
        return "{id: " + id + ", type: Criteria, title: Signed, owner: Boss, verify: {approval: {of: [release-managers]"
                + more + "}}}";
    }

    private static GateResult at(Instant now, Contract contract, Evidence... evidence) {
        SignOffWait patience = new SignOffWait(NOW, Duration.ofHours(8));
        return Gate.decide(
                contract, "production", List.of(evidence), Policy.NONE, Optional.empty(), Optional.of(patience), now);
    }

    @Test
    void beforeTheDeadlineTheEvidenceSaysWhatIsLeft() {
        GateResult result =
                at(NOW.plus(Duration.ofMinutes(15)), contract(signed("DEP-004", ", deadline: 2h")), awaited("DEP-004"));

        assertThat(result.decision()).isEqualTo(Decision.WAITING);
        assertThat(result.deadline()).contains(END);
        Evidence shown = result.evidence().get(0);
        assertThat(shown.status()).isEqualTo(Status.UNKNOWN);
        assertThat(shown.value()).isEqualTo("0 signed, 1 h 45 min left");
        assertThat(shown.limit()).isEqualTo("1 of release-managers by 2026-11-21T14:00:00Z, then no-go");
        assertThat(result.reasons().get(0).sentence()).contains("1 more must sign [0 signed, 1 h 45 min left, limit 1");
    }

    @Test
    void aMissedDeadlineIsNoGoWithItsReason() {
        Contract contract = contract(signed("DEP-004", ", deadline: 2h"));

        assertThat(at(END.minusSeconds(1), contract, awaited("DEP-004")).decision())
                .isEqualTo(Decision.WAITING);
        GateResult result = at(END, contract, awaited("DEP-004"));
        assertThat(result.decision()).isEqualTo(Decision.NO_GO);
        assertThat(result.awaits()).isEmpty();
        assertThat(result.deadline()).isEmpty();
        Evidence late = result.evidence().get(0);
        assertThat(late.status()).isEqualTo(Status.FAIL);
        assertThat(late.reason())
                .isEqualTo("the deadline of 2h passed at 2026-11-21T14:00:00Z, 1 more must sign; the outcome that the"
                        + " contract states for it: no-go");
        assertThat(late.fix()).isEqualTo("run the gate again, and ask in time");
        assertThat(result.event().reasons().get(0)).contains("the deadline of 2h passed");
    }

    /** The contract lets it go on; what nobody signed still isn't green, and stands first among what is missing. */
    @Test
    void aMissedDeadlineMayLetItGoOnButNeverGreen() {
        Contract contract = contract(TESTS, signed("DEP-004", ", deadline: 2h, otherwise: conditional"));
        Evidence tested = evidence("DEP-002", "tests", Status.PASS);

        assertThat(at(END.minusSeconds(1), contract, tested, awaited("DEP-004")).decision())
                .isEqualTo(Decision.WAITING);
        GateResult result = at(END, contract, tested, awaited("DEP-004"));
        assertThat(result.decision()).isEqualTo(Decision.CONDITIONAL);
        Reason reason = result.reasons().get(0);
        assertThat(reason.status()).isEqualTo(Status.UNKNOWN);
        assertThat(reason.blocker()).isFalse();
        assertThat(reason.text())
                .startsWith("the deadline of 2h passed at 2026-11-21T14:00:00Z")
                .endsWith("conditional");
        // what else blocks still does
        assertThat(at(END, contract, evidence("DEP-002", "tests", Status.FAIL), awaited("DEP-004"))
                        .decision())
                .isEqualTo(Decision.NO_GO);
    }

    @Test
    void aRefusalOrAnUnknownAuthorDoesNotLapse() {
        Contract contract = contract(signed("DEP-004", ", deadline: 2h, otherwise: conditional"));

        for (Status status : List.of(Status.FAIL, Status.UNKNOWN)) {
            GateResult result = at(END, contract, evidence("DEP-004", "approval", status));
            assertThat(result.decision()).isEqualTo(Decision.NO_GO);
            assertThat(result.evidence().get(0).reason()).isEqualTo("6 tests failed");
        }
    }

    @Test
    void eachHasItsOwnDeadlineAndTheFirstIsTheGates() {
        Contract contract = contract(
                signed("DEP-004", ", deadline: 2h, otherwise: conditional"), signed("DEP-005", ", deadline: 3h"));

        assertThat(at(NOW, contract, awaited("DEP-004"), awaited("DEP-005")).deadline())
                .contains(END);
        GateResult later = at(END, contract, awaited("DEP-004"), awaited("DEP-005"));
        assertThat(later.decision()).isEqualTo(Decision.WAITING);
        assertThat(later.deadline()).contains(END.plusSeconds(3600));
        assertThat(later.awaits()).hasSize(1);
        assertThat(at(END.plusSeconds(3600), contract, awaited("DEP-004"), awaited("DEP-005"))
                        .decision())
                .isEqualTo(Decision.NO_GO);
    }

    @Test
    void theDeadlineIsThatOfTheCheckWhichWaits() {
        Contract two = contract("{id: DEP-004, type: Criteria, owner: a, verify: {tests: {}, approval: {of:"
                + " [release-managers], deadline: 2h}}}");

        assertThat(at(NOW, two, evidence("DEP-004", "tests", Status.PASS), awaited("DEP-004"))
                        .deadline())
                .contains(END);
    }

    @Test
    void withoutOneOfItsOwnTheUsualDeadlineHolds() {
        assertThat(at(NOW, contract(SIGNED), awaited("DEP-004")).deadline()).contains(NOW.plus(Duration.ofHours(8)));
    }

    @Test
    void whatIsWaivedOrShouldHaveIsNotWaitedFor() {
        String waived = SIGNED.replace("verify", "waived: {by: Boss, reason: tiny, until: 2026-11-30}, verify");
        String should = SIGNED.replace("verify", "blocker: no, verify");

        assertThat(at(NOW, contract(waived), awaited("DEP-004")).decision()).isEqualTo(Decision.GO);
        GateResult result = at(NOW, contract(should), awaited("DEP-004"));
        assertThat(result.decision()).isEqualTo(Decision.CONDITIONAL);
        assertThat(result.deadline()).isEmpty();
    }

    @Test
    void whereNobodyWaitsNothingLapses() {
        GateResult result = GateFixture.decide(contract(SIGNED), awaited("DEP-004"));

        assertThat(result.decision()).isEqualTo(Decision.WAITING);
        assertThat(result.evidence().get(0).value()).isEqualTo("0 signed");
        assertThat(result.deadline()).isEmpty();
    }
}
