// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private static final String CONTRACT = FakeRolloutWorld.CONTRACT + """
                - id: DEP-004
                  type: Rollback
                  stage: Post-deploy
                  title: Orphaned rows
                  trigger: rows without an order appear
                  check: {command: {run: ./integrity}}
                  procedure: [{traffic: 0}, {notify: dba}]
                  owner: team
              """.replaceAll("(?m)^ {14}", "");

    private static FakeRolloutWorld world() {
        return new FakeRolloutWorld(1, CONTRACT, PlanOptions.ALONE).start().runUntilPhase(1);
    }

    @Test
    void failingCheckBringsTheBaselineBackWithItsOwnProcedure() {
        FakeRolloutWorld world = world();
        world.checkStatus = EvidenceStatus.FAIL;
        world.run(Duration.ofHours(1));
        Event.Breached breach = world.events(Event.Breached.class).get(0);
        assertThat(breach.entry()).isEqualTo("DEP-004");
        assertThat(breach.reason()).contains("Orphaned rows", "3 rows are orphaned");
        assertThat(world.outcome().confirmed()).isTrue();
    }

    @Test
    void checkThatCannotTellBreaksNothing() {
        FakeRolloutWorld world = world();
        world.checkStatus = EvidenceStatus.UNKNOWN;
        world.run(Duration.ofHours(2));
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    @Test
    void passingCheckIsAskedAgainAndAgain() {
        FakeRolloutWorld world = world();
        world.run(Duration.ofMinutes(3));
        assertThat(world.events(Event.Validated.class)).hasSizeGreaterThan(5);
        int before = world.events(Event.Validated.class).size();
        world.run(Duration.ofMinutes(3));
        assertThat(world.events(Event.Validated.class).size() - before)
                .as("every half minute and no oftener")
                .isBetween(5, 6);
    }
}
