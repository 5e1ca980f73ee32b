// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A phase's body is a step with an end, like the shift before it. */
class BodyActionTest {
    private static final Instant START = ReportFixture.START;

    @Test
    void aBodyThatEndedIsDone() {
        Report.Action body = body(new Event.BodyEnded(1, 1, null));
        assertThat(body.error()).isNull();
        assertThat(body.seconds()).isEqualTo(7);
    }

    @Test
    void aBodyThatFailedSaysWhy() {
        assertThat(body(new Event.BodyEnded(1, 1, "smoke tests failed")).error())
                .isEqualTo("smoke tests failed");
    }

    @Test
    void anotherPhasesBodyIsNotItsEnd() {
        assertThat(body(new Event.BodyEnded(0, 1, null)).seconds()).isNull();
    }

    private static Report.Action body(Event.BodyEnded ended) {
        Report report = Report.of(List.of(
                new Stamped(1, START, START, new Event.Intended("body-1", "body", "phase 5%")),
                new Stamped(2, START.plusSeconds(7), START.plusSeconds(7), ended)));
        return report.actions().get(0);
    }
}
