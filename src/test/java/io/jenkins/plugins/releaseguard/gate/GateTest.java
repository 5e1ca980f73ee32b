// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import static io.jenkins.plugins.releaseguard.testing.GateFixture.DOCS;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.NOW;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.SIGNED;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.TESTS;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.awaited;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.contract;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.decide;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.evidence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.EntryType;
import io.jenkins.plugins.releaseguard.contract.policy.Policy;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.GateWord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GateTest {
    private final Contract both = contract(TESTS, DOCS);

    @Test
    void goesWhereEverythingHolds() {
        GateResult result =
                decide(both, evidence("DEP-002", "tests", Status.PASS), evidence("DEP-003", "documents", Status.PASS));

        assertThat(result.decision()).isEqualTo(Decision.GO);
        assertThat(result.reasons()).isEmpty();
        assertThat(result.evidence()).hasSize(2);
        assertThat(result.event().decision()).isEqualTo(GateWord.GO);
    }

    @Test
    void aBlockerThatFailsIsNoGoAndSaysWhyFirst() {
        GateResult result =
                decide(both, evidence("DEP-003", "documents", Status.FAIL), evidence("DEP-002", "tests", Status.FAIL));

        assertThat(result.decision()).isEqualTo(Decision.NO_GO);
        assertThat(result.reasons()).extracting(Reason::entry).containsExactly("DEP-002", "DEP-003");
        Reason first = result.reasons().get(0);
        assertThat(first.value()).isEqualTo("94 %");
        assertThat(first.limit()).isEqualTo("> 95 %");
        assertThat(first.fix()).isEqualTo("repair them");
        assertThat(first.waivableBy()).containsExactly("QA Lead");
        assertThat(first.sentence())
                .isEqualTo("DEP-002 (Tests): fail: 6 tests failed [94 %, limit > 95 %]. Fix: repair them. "
                        + "Can be waived by: QA Lead");
        assertThat(result.event().reasons()).hasSize(2);
    }

    @Test
    void onlyShouldHavesMissingIsConditional() {
        GateResult result = decide(
                both, evidence("DEP-002", "tests", Status.PASS), evidence("DEP-003", "documents", Status.UNKNOWN));

        assertThat(result.decision()).isEqualTo(Decision.CONDITIONAL);
        assertThat(result.reasons()).singleElement().extracting(Reason::blocker).isEqualTo(false);
    }

    @Test
    void unknownBlocks() {
        assertThat(decide(contract(TESTS), evidence("DEP-002", "tests", Status.UNKNOWN))
                        .decision())
                .isEqualTo(Decision.NO_GO);
    }

    @Test
    void whatNobodyLookedAtIsUnknown() {
        GateResult result = decide(both, evidence("DEP-003", "documents", Status.PASS));

        assertThat(result.decision()).isEqualTo(Decision.NO_GO);
        assertThat(result.evidence().get(0).status()).isEqualTo(Status.UNKNOWN);
        assertThat(result.reasons().get(0).text()).isEqualTo("nobody looked");
    }

    @Test
    void anEntryWithoutACheckIsUnknown() {
        GateResult result = decide(contract("{id: DEP-002, type: Criteria, title: All is well, owner: a}"));

        assertThat(result.decision()).isEqualTo(Decision.NO_GO);
        assertThat(result.reasons().get(0).text()).isEqualTo("the entry names no check");
    }

    @Test
    void aContractWithoutCriteriaIsNoGo() {
        assertThat(decide(contract()).decision()).isEqualTo(Decision.NO_GO);
    }

    @Test
    void everyCheckOfAnEntryCounts() {
        Contract two = contract("{id: DEP-002, type: Criteria, owner: a, verify: {tests: {}, sarif: {}}}");

        assertThat(decide(two, evidence("DEP-002", "tests", Status.PASS)).decision())
                .isEqualTo(Decision.NO_GO);
        assertThat(decide(two, evidence("DEP-002", "tests", Status.PASS), evidence("DEP-002", "tests", Status.PASS))
                        .decision())
                .isEqualTo(Decision.NO_GO);
        assertThat(decide(two, evidence("DEP-002", "sarif", Status.PASS), evidence("DEP-002", "tests", Status.PASS))
                        .decision())
                .isEqualTo(Decision.GO);
    }

    @Test
    void theContractSaysWhatBlocksNotTheEvidence() {
        Evidence soft = evidence("DEP-002", "tests", Status.FAIL).blocking(false);

        assertThat(decide(contract(TESTS), soft).decision()).isEqualTo(Decision.NO_GO);
    }

    @Test
    void onlySignOffsMissingWaits() {
        Contract signed = contract(TESTS, SIGNED);
        GateResult result = decide(signed, evidence("DEP-002", "tests", Status.PASS), awaited("DEP-004"));

        assertThat(result.decision()).isEqualTo(Decision.WAITING);
        assertThat(result.decision().mayStart()).isFalse();
        assertThat(result.awaits()).containsExactly("1 of release-managers");
        assertThat(decide(signed, evidence("DEP-002", "tests", Status.UNKNOWN), awaited("DEP-004"))
                        .decision())
                .isEqualTo(Decision.NO_GO);
    }

    @Test
    void evidenceGoesStale() {
        Evidence pass = evidence("DEP-002", "tests", Status.PASS);
        Contract tests = contract(TESTS);

        for (Duration later : List.of(Duration.ofDays(1), Duration.ofMinutes(-30))) {
            GateResult result =
                    Gate.decide(tests, "production", List.of(pass), Policy.NONE, Optional.empty(), NOW.plus(later));
            assertThat(result.decision()).isEqualTo(Decision.NO_GO);
            assertThat(result.reasons().get(0).status()).isEqualTo(Status.UNKNOWN);
        }
        assertThat(Gate.decide(
                                tests,
                                "production",
                                List.of(pass),
                                Policy.NONE,
                                Optional.empty(),
                                NOW.plus(Duration.ofDays(1)).minusSeconds(60))
                        .decision())
                .isEqualTo(Decision.GO);
    }

    @Test
    void evidenceFromTheFutureIsNotCalledOld() {
        Evidence pass = evidence("DEP-002", "tests", Status.PASS);

        assertThat(ageing(pass, Duration.ofDays(2)))
                .startsWith("the evidence is stale: 2 d")
                .contains("at most 1 d");
        assertThat(ageing(pass, Duration.ofMinutes(-30))).contains("from the future (" + pass.at() + ")");
    }

    private static String ageing(Evidence evidence, Duration later) {
        return Gate.decide(
                        contract(TESTS),
                        "production",
                        List.of(evidence),
                        Policy.NONE,
                        Optional.empty(),
                        NOW.plus(later))
                .reasons()
                .get(0)
                .text();
    }

    @Test
    void whatTheContractDoesNotAskForIsNotJudged() {
        GateResult result = decide(
                contract(TESTS), evidence("DEP-002", "tests", Status.PASS), evidence("DEP-404", "tests", Status.FAIL));

        assertThat(result.decision()).isEqualTo(Decision.GO);
        assertThat(result.evidence()).extracting(Evidence::entry).containsExactly("DEP-002");
    }

    @Test
    void aReasonShowsWhatThereIsOfValueAndLimit() {
        Evidence failed = evidence("DEP-002", "tests", Status.FAIL);

        assertThat(sentence(failed.showing("94 %", ""))).contains("failed [94 %]. Fix");
        assertThat(sentence(failed.showing("", "> 95 %"))).contains("failed [no value, limit > 95 %]. Fix");
        assertThat(sentence(failed.showing("", ""))).contains("failed. Fix");
    }

    private static String sentence(Evidence evidence) {
        return decide(contract(TESTS), evidence).reasons().get(0).sentence();
    }

    @Test
    void anOverrideCountsAndItsReasonsStay() {
        Evidence failed = evidence("DEP-002", "tests", Status.FAIL);
        GateOverride override =
                new GateOverride("grace", "the outage costs more", NOW, List.of(GateOverride.finding(failed)));
        GateResult result =
                Gate.decide(contract(TESTS), "production", List.of(failed), Policy.NONE, Optional.of(override), NOW);

        assertThat(result.decision()).isEqualTo(Decision.GO);
        assertThat(result.override()).contains(override);
        assertThat(result.reasons()).hasSize(1);
        assertThat(result.event().override()).isEqualTo("grace");
        assertThat(result.event().overrideReason()).isEqualTo("the outage costs more");
    }

    /** T6: one that was given before the evidence counted for whatever came after. */
    @Test
    void anOverrideCountsForWhatWasKnownAndNoLongerThanADay() {
        Evidence failed = evidence("DEP-002", "tests", Status.FAIL);
        GateOverride given = new GateOverride("grace", "known", NOW, List.of(GateOverride.finding(failed)));

        assertThat(overruled(given, NOW, failed)).isTrue();
        assertThat(overruled(given, NOW, evidence("DEP-002", "tests", Status.UNKNOWN)))
                .as("another outcome")
                .isFalse();
        assertThat(overruled(
                        given,
                        NOW,
                        failed,
                        PolicyEvidence.demands(
                                        new Policy(
                                                "here",
                                                Set.of(EntryType.STEP),
                                                List.of(),
                                                null,
                                                Set.of(),
                                                Set.of(),
                                                Set.of(),
                                                null,
                                                null,
                                                Double.NaN,
                                                true),
                                        contract(TESTS),
                                        "production",
                                        NOW)
                                .get(0)))
                .as("a demand that came later")
                .isFalse();
        assertThat(overruled(new GateOverride("grace", "early", NOW, List.of()), NOW, failed))
                .as("before the gate has said anything")
                .isFalse();
        assertThat(overruled(given, NOW.plus(GateOverride.HOLDS), failed)).isFalse();
    }

    private static boolean overruled(GateOverride override, Instant now, Evidence... evidence) {
        GateResult result =
                Gate.decide(contract(TESTS), "production", List.of(evidence), Policy.NONE, Optional.of(override), now);
        return result.decision() == Decision.GO;
    }

    @Test
    void anOverrideThatChangesNothingIsNotSpoken() {
        GateResult result = Gate.decide(
                contract(TESTS),
                "production",
                List.of(evidence("DEP-002", "tests", Status.PASS)),
                Policy.NONE,
                Optional.of(new GateOverride("grace", "why not", NOW, List.of())),
                NOW);

        assertThat(result.override()).isEmpty();
    }

    @Test
    void anOverrideNamesAPersonAndAReason() {
        assertThatThrownBy(() -> new GateOverride("", "because", NOW, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GateOverride("grace", " ", NOW, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void evidenceForTheJournalCarriesAll() {
        var event = evidence("DEP-002", "tests", Status.FAIL)
                .event(contract(TESTS).entry("DEP-002").orElseThrow());

        assertThat(event.entryType()).isEqualTo("Criteria");
        assertThat(event.status()).isEqualTo(EvidenceStatus.FAIL);
        assertThat(event.origin()).isEqualTo(Origin.ARCHIVE.text());
        assertThat(event.seconds()).isEqualTo(0.003);
    }
}
