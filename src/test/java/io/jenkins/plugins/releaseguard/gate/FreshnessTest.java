// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Finding;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.evidence.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** E1: gathered once is not believed for days. */
class FreshnessTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static Evidence evidence(String check, Status status, String awaits) {
        Finding finding = new Finding(
                status, "", "", "", "r", "f", Origin.CONTROLLER, "", NOW.minus(Duration.ofHours(2)), awaits);
        return Evidence.of("DEP-002", check, true, finding, Duration.ofDays(7), Duration.ZERO);
    }

    @ParameterizedTest(name = "{0} {1}, looked at {2} s ago: {3}")
    @CsvSource({
        "artifact, PASS, 9, false",
        "artifact, PASS, 10, true",
        "freeze, PASS, 3600, true",
        "freeze, PASS, -5, true",
        "tests, PASS, 3600, false",
        "tests, FAIL, 59, false",
        "tests, FAIL, 60, true",
        "tests, UNKNOWN, 60, true"
    })
    void whatChangesOrFailedIsLookedAtAgain(String check, Status status, int seconds, boolean due) {
        assertThat(Freshness.isDue(evidence(check, status, ""), NOW.minusSeconds(seconds), NOW))
                .isEqualTo(due);
    }

    @Test
    void whatNobodyLookedAtAndWhatIsStaleIsDue() {
        assertThat(Freshness.isDue(null, null, NOW)).isTrue();
        assertThat(Freshness.isDue(evidence("tests", Status.PASS, ""), NOW, NOW.plus(Duration.ofDays(7))))
                .isTrue();
        // a record of an older version doesn't say when it was looked at
        assertThat(Freshness.isDue(evidence("artifact", Status.PASS, ""), null, NOW))
                .isTrue();
        assertThat(Freshness.isDue(evidence("tests", Status.PASS, ""), null, NOW))
                .isFalse();
    }

    @Test
    void aGateThatWaitsForMoreThanPeopleLooksAgain() {
        Evidence signOff = evidence("approval", Status.UNKNOWN, "1 of qa");
        assertThat(Freshness.next(List.of(signOff, evidence("tests", Status.PASS, "")), NOW))
                .isEmpty();
        assertThat(Freshness.next(List.of(signOff, evidence("tests", Status.FAIL, "")), NOW))
                .contains(NOW.plus(Freshness.AGAIN));
    }
}
