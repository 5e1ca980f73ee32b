// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A source that answers, but not the truth: what can't be is never a reason to go on, and the outcome says what it was. */
class LyingSourceTest {
    @TempDir
    Path dir;

    private static final Map<String, UnaryOperator<Event.Sample>> LIES = Map.of(
            "errors above total", s -> counts(s, s.canaryTotal() + 5, s.canaryTotal(), s.baselineTotal()),
            "negative errors", s -> counts(s, -1.0, s.canaryTotal(), s.baselineTotal()),
            "negative total", s -> counts(s, 0.0, -s.canaryTotal() - 1, s.baselineTotal()),
            "no number", s -> counts(s, Double.NaN, s.canaryTotal(), s.baselineTotal()),
            "total is no number", s -> counts(s, 0.0, Double.NaN, s.baselineTotal()),
            "infinite", s -> counts(s, 0.0, Double.POSITIVE_INFINITY, s.baselineTotal()),
            "null", s -> counts(s, null, null, null),
            "canary without requests", s -> counts(s, 0.0, 0.0, s.baselineTotal()),
            "baseline negative", s -> counts(s, 0.0, s.canaryTotal(), -1.0),
            "another metric", s -> new Event.Sample("MON-999", 0.0, 100.0, 0.0, 100.0, null, null, null, null, null));

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "errors above total, NO_DATA, can't be believed: canary has 280 errors among 275 requests",
        "negative errors, NO_DATA, canary errors are -1",
        "negative total, NO_DATA, canary requests are -276",
        "no number, NO_DATA, canary errors are NaN",
        "total is no number, NO_DATA, canary requests are NaN",
        "infinite, NO_DATA, canary requests are Infinity",
        "null, NO_DATA, the canary has no counts",
        "baseline negative, NO_DATA, baseline requests are -1",
        "another metric, NO_DATA, MON-001: no sample",
        "canary without requests, PHASE, 'the canary gets 0 % of the requests over 9 min 55 s, not 5 %'"
    })
    void whatCannotBeNeverPromotes(String lie, BreachCause cause, String said) throws Exception {
        FakeRolloutWorld world = new FakeRolloutWorld(41).start().runUntilPhase(1);
        world.tells = LIES.get(lie);
        world.run(Duration.ofHours(3));
        assertThat(world.outcome().verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
        assertThat(world.outcome().confirmed()).isTrue();
        assertThat(world.weight).isZero();
        assertThat(world.events(Event.Breached.class)).singleElement().satisfies(b -> {
            assertThat(b.cause()).isEqualTo(cause);
            assertThat(b.reason()).contains(said);
        });
        assertThat(reread(world)).isEqualTo(ReleaseOutcome.ROLLED_BACK);
    }

    /** The verdict that the written journal gives: what a source says must not keep its record from being read. */
    private ReleaseOutcome reread(FakeRolloutWorld world) throws Exception {
        Path file = dir.resolve("journal.jsonl");
        try (JournalWriter journal = JournalFile.open(file)) {
            for (Stamped stamped : world.journal) {
                journal.append(stamped.at(), stamped.wall(), stamped.event());
            }
        }
        State state = State.NEW;
        for (Stamped stamped : JournalReader.read(file).events()) {
            state = Fold.apply(world.plan, state, stamped);
        }
        return state.outcome().verdict();
    }

    private static Event.Sample counts(Event.Sample s, Double errors, Double canary, Double baseline) {
        return new Event.Sample(s.metric(), errors, canary, s.baselineErrors(), baseline, null, null, null, null, null);
    }
}
