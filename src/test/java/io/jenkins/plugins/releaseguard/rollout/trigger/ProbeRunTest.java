// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.trigger;

import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.START;
import static io.jenkins.plugins.releaseguard.rollout.trigger.TriggerFixture.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeRunTest {
    private static final Probe PROBE = new Probe(null, seconds(60), List.of());

    private static TriggerState asked(EvidenceStatus... answers) {
        TriggerState state = TriggerState.QUIET;
        for (int i = 0; i < answers.length; i++) {
            state = PROBE.next(
                    state, new Event.Validated("DEP-004", "t", answers[i], "", "", ""), START.plusSeconds(30L * i));
        }
        return state;
    }

    @Test
    void aCheckBreaksOnceItHasFailedAsLongAsItSays() {
        assertThat(asked(EvidenceStatus.FAIL, EvidenceStatus.FAIL).complete()).isNull();
        TriggerState broken = asked(EvidenceStatus.FAIL, EvidenceStatus.FAIL, EvidenceStatus.FAIL, EvidenceStatus.FAIL);
        assertThat(broken.complete()).isEqualTo(START.plusSeconds(60));
        assertThat(broken.since()).isEqualTo(START);
        assertThat(broken.until()).isEqualTo(START.plusSeconds(90));
    }

    @Test
    void aCheckThatCannotTellNeitherBreaksItNorQuietsIt() {
        assertThat(asked(EvidenceStatus.FAIL, EvidenceStatus.UNKNOWN).since()).isEqualTo(START);
        assertThat(asked(EvidenceStatus.FAIL, EvidenceStatus.UNKNOWN, EvidenceStatus.UNKNOWN)
                        .complete())
                .isNull();
        assertThat(asked(EvidenceStatus.FAIL, EvidenceStatus.UNKNOWN, EvidenceStatus.FAIL)
                        .complete())
                .isNotNull();
    }

    @Test
    void aCheckThatPassesBeginsTheRunAnew() {
        TriggerState passed = asked(EvidenceStatus.FAIL, EvidenceStatus.FAIL, EvidenceStatus.PASS);
        assertThat(passed.quiet()).isTrue();
        assertThat(passed.until()).isEqualTo(START.plusSeconds(60));
        assertThat(asked(EvidenceStatus.FAIL, EvidenceStatus.FAIL, EvidenceStatus.FAIL, EvidenceStatus.PASS)
                        .complete())
                .as("what was complete stays so")
                .isNotNull();
    }
}
