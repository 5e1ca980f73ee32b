// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import static io.jenkins.plugins.releaseguard.testing.GateFixture.NOW;
import static io.jenkins.plugins.releaseguard.testing.GateFixture.evidence;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** T5, T6: a waiver is a person's act for one finding, under one contract, until an end. */
class FindingWaiverTest {
    private static final String CONTRACT = "c".repeat(64);
    private static final Instant END = NOW.plus(Duration.ofDays(1));
    private static final Evidence FAILED = evidence("DEP-002", "tests", Status.FAIL);

    private static FindingWaiver waiver(Evidence of) {
        return new FindingWaiver(FindingWaiver.finding(of), CONTRACT, "grace", "flaky network", NOW, END);
    }

    private static Evidence applied(Evidence evidence, Instant now, String... authors) {
        return FindingWaiver.apply(List.of(waiver(FAILED)), evidence, CONTRACT, Set.of(authors), now);
    }

    @Test
    void whatWasWaivedIsWaivedAndSaysSo() {
        Evidence waived = applied(FAILED, NOW);
        assertThat(waived.status()).isEqualTo(Status.WAIVED);
        assertThat(waived.reason()).contains("waived by grace until " + END, "flaky network", "was fail");
    }

    @Test
    void anythingNewWantsANewOne() {
        for (Evidence other : List.of(
                evidence("DEP-003", "tests", Status.FAIL),
                evidence("DEP-002", "sarif", Status.FAIL),
                evidence("DEP-002", "tests", Status.UNKNOWN),
                FAILED.showing("7 failed", FAILED.limit()))) {
            assertThat(applied(other, NOW).status())
                    .as(FindingWaiver.finding(other))
                    .isEqualTo(other.status());
        }
        assertThat(FindingWaiver.apply(List.of(waiver(FAILED)), FAILED, "d".repeat(64), Set.of(), NOW)
                        .status())
                .as("another contract")
                .isEqualTo(Status.FAIL);
    }

    @Test
    void whatHasEndedIsAFailure() {
        Evidence unknown = evidence("DEP-002", "tests", Status.UNKNOWN);
        Evidence ended = FindingWaiver.apply(List.of(waiver(unknown)), unknown, CONTRACT, Set.of(), END);
        assertThat(ended.status()).isEqualTo(Status.FAIL);
        assertThat(ended.reason()).contains("has ended");
        FindingWaiver anew = new FindingWaiver(
                FindingWaiver.finding(unknown), CONTRACT, "ada", "still", END, END.plus(Duration.ofDays(7)));
        assertThat(FindingWaiver.apply(List.of(waiver(unknown), anew), unknown, CONTRACT, Set.of(), END)
                        .status())
                .isEqualTo(Status.WAIVED);
    }

    @Test
    void aShorterOneGivenLaterDoesNotEndALongerOne() {
        FindingWaiver longer = new FindingWaiver(
                FindingWaiver.finding(FAILED), CONTRACT, "ada", "known", NOW, NOW.plus(Duration.ofDays(7)));
        Instant between = END.plusSeconds(1);
        Evidence judged = FindingWaiver.apply(List.of(longer, waiver(FAILED)), FAILED, CONTRACT, Set.of(), between);
        assertThat(judged.status()).isEqualTo(Status.WAIVED);
        assertThat(judged.reason()).contains("waived by ada");
        assertThat(FindingWaiver.apply(List.of(longer, waiver(FAILED)), FAILED, CONTRACT, Set.of(), NOW)
                        .reason())
                .as("the last of those that run")
                .contains("waived by grace");
    }

    @Test
    void anAuthorsWaiverDoesNotCount() {
        assertThat(applied(FAILED, NOW, "Grace").status()).isEqualTo(Status.FAIL);
        assertThat(applied(FAILED, NOW, "dana").status()).isEqualTo(Status.WAIVED);
    }

    @Test
    void whatPassesIsNotTouched() {
        Evidence passed = evidence("DEP-002", "tests", Status.PASS);
        assertThat(FindingWaiver.apply(List.of(waiver(passed)), passed, CONTRACT, Set.of(), NOW))
                .isSameAs(passed);
    }

    @Test
    void itNamesAPersonAReasonAndAnEndThatIsNear() {
        assertThatThrownBy(() -> new FindingWaiver("f", CONTRACT, " ", "r", NOW, END))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FindingWaiver("f", CONTRACT, "grace", "", NOW, END))
                .isInstanceOf(IllegalArgumentException.class);
        for (Instant end : List.of(NOW, NOW.plus(FindingWaiver.LONGEST).plusSeconds(1))) {
            assertThatThrownBy(() -> new FindingWaiver("f", CONTRACT, "grace", "r", NOW, end))
                    .hasMessageContaining("within 7 days");
        }
    }
}
