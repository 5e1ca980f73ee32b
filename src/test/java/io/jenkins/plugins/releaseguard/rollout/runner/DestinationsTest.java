// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.lane.Lane;
import io.jenkins.plugins.releaseguard.lane.LaneLimits;
import io.jenkins.plugins.releaseguard.lane.Place;
import io.jenkins.plugins.releaseguard.lane.Timer;
import io.jenkins.plugins.releaseguard.lane.Workers;
import io.jenkins.plugins.releaseguard.testing.VirtualTimer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DestinationsTest {
    private final VirtualTimer timer = new VirtualTimer();
    private final Queue<Runnable> asked = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private Error poor;
    private Destinations destinations;

    @BeforeEach
    void make() throws Exception {
        Timer memory = new Timer() {
            @Override
            public long nanos() {
                return timer.nanos();
            }

            @Override
            public Scheduled schedule(Duration after, Runnable work) {
                if (poor != null) {
                    throw poor;
                }
                return timer.schedule(after, work);
            }
        };
        Lane lane = new Lane("set-ups", new LaneLimits(8, 8, 1), new Workers(4, asked::add, timer).share(1, 2), timer);
        destinations =
                new Destinations("shop#1", new RunnerWorld("a"), RunnerWorld.plan(RunnerWorld.CONTRACT), lane, memory);
    }

    private void answer() {
        for (Runnable next = asked.poll(); next != null; next = asked.poll()) {
            next.run();
            timer.settle();
        }
    }

    @Test
    void whatIsCalledIsKnownWhenItHasSaidSo() {
        assertThat(destinations.known()).isFalse();
        assertThat(destinations.router()).isEqualTo(new Place("shop#1", "router of shop#1"));
        assertThat(destinations.sources())
                .extracting(LookingSources.Part::place)
                .containsExactly(new Place("shop#1", "source of shop#1"));
        destinations.learn(() -> told.add("first"));
        destinations.learn(() -> told.add("second"));
        timer.settle();
        assertThat(asked).as("who is asked already").hasSize(1);
        assertThat(told).isEmpty();
        answer();
        assertThat(told).containsExactly("first", "second");
        assertThat(destinations.known()).isTrue();
        assertThat(destinations.router()).isEqualTo(new Place("shop#1", "router a"));
        assertThat(destinations.sources())
                .extracting(LookingSources.Part::place)
                .containsExactly(new Place("shop#1", "source a"));
        timer.pass(Duration.ofMinutes(1));
        assertThat(told).hasSize(2);
        destinations.learn(() -> told.add("anew"));
        answer();
        assertThat(told).hasSize(3);
    }

    /** C1: a set-up that hung when it was asked held up its release for ever. */
    @Test
    void whatDoesNotSayItsNameInTimeIsNobodyElses() {
        destinations.learn(() -> told.add("went on"));
        timer.pass(Duration.ofMillis(7900));
        assertThat(told).isEmpty();
        timer.pass(Duration.ofMillis(200));
        assertThat(told).containsExactly("went on");
        assertThat(destinations.known()).isTrue();
        assertThat(destinations.router()).isEqualTo(new Place("shop#1", "router of shop#1"));
    }

    @Test
    void whatCouldNotBeAskedIsAskedAgain() {
        poor = new OutOfMemoryError("for a test");
        assertThatThrownBy(() -> destinations.learn(() -> told.add("first"))).isSameAs(poor);
        poor = null;
        destinations.learn(() -> told.add("second"));
        timer.settle();
        answer();
        assertThat(told).containsExactly("first", "second");
    }

    /** What hangs in one of them holds up none of the others. */
    @Test
    void peopleBodiesAndTheRestHaveSharesOfTheirOwn() {
        assertThat(List.of(
                        destinations.people(),
                        destinations.body(),
                        destinations.own("action-0"),
                        destinations.own("names"),
                        destinations.router()))
                .doesNotHaveDuplicates()
                .doesNotContainNull();
        assertThat(List.of(destinations.people().release(), destinations.body().release(), "shop#1"))
                .doesNotHaveDuplicates();
        assertThat(destinations.own("action-0").release()).isEqualTo("shop#1");
    }
}
