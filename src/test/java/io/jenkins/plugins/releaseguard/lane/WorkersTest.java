// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.testing.VirtualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** C1: who may hold a thread, and how many that are. */
class WorkersTest {
    private final VirtualTimer timer = new VirtualTimer();
    private final Workers all = new Workers(6, timer, timer);

    /** Three of twelve are kept for each of two lanes; five work at once, one of them for what begins and one for the urgent. */
    private final Workers few = new Workers(12, 5, timer, timer);

    private static List<Workers.Hold> takeAll(Supplier<Workers.Hold> from) {
        List<Workers.Hold> taken = new ArrayList<>();
        for (Workers.Hold hold = from.get(); hold != null; hold = from.get()) {
            taken.add(hold);
        }
        return taken;
    }

    private static void giveBack(List<Workers.Hold> holds) {
        holds.forEach(Workers.Hold::giveBack);
    }

    /** Calls that hold no thread, but whose beginning hangs, took the threads that were kept for other lanes. */
    @Test
    void aBeginningThatHangsTakesNoThreadThatIsKeptForAnotherLane() {
        Workers.Share greedy = all.share(1, 2);
        Workers.Share modest = all.share(2, 3);
        List<Workers.Hold> taken = takeAll(greedy::takeBriefly);
        assertThat(taken).as("its own, a common one, and the one left over").hasSize(3);
        assertThat(modest.takeBriefly()).isNotNull();
        assertThat(modest.take()).isNotNull();
        giveBack(taken);
        assertThat(modest.take()).isNotNull();
        assertThat(modest.take()).isNull();
        assertThat(modest.takeBriefly()).isNotNull();
        assertThat(greedy.takeBriefly()).isNotNull();
    }

    @Test
    void whatIsKeptForALaneNobodyElseGets() {
        Workers.Share greedy = all.share(1, 6);
        Workers.Share modest = all.share(2, 3);
        List<Workers.Hold> taken = takeAll(greedy::take);
        assertThat(taken).hasSize(3);
        assertThat(modest.take()).isNotNull();
        assertThat(modest.take()).isNotNull();
        assertThat(modest.take()).isNull();
        // one is left over for calls that hold none
        assertThat(modest.takeBriefly()).isNotNull();
        assertThat(modest.takeBriefly()).isNull();
        taken.get(0).giveBack();
        assertThat(modest.take()).isNotNull();
    }

    @Test
    void fewAreAtWorkWhileNoneIsHeldForLong() {
        Workers.Share one = few.share(3, 4);
        Workers.Share other = few.share(3, 4);
        Workers.Share back = few.share(Pace.URGENT, 2, 3);
        List<Workers.Hold> taken = takeAll(one::take);
        // two lanes have work, and each gets some
        taken.addAll(takeAll(other::take));
        assertThat(taken).hasSize(3);
        assertThat(back.take()).as("it waits for nobody").isNotNull();
        assertThat(back.take()).isNull();
        assertThat(one.takeBriefly()).as("the one left over").isNotNull();
        assertThat(other.takeBriefly()).isNull();
        assertThat(few.needed()).isEqualTo(5);
    }

    /** One that hangs, whatever it is, keeps others from nothing for longer than a second. */
    @Test
    void whoHoldsAThreadForLongHasAnotherBesideIt() {
        Workers.Share one = few.share(3, 4);
        Workers.Share other = few.share(3, 4);
        Workers.Share back = few.share(Pace.URGENT, 2, 3);
        List<Workers.Hold> hanging = takeAll(one::take);
        hanging.add(other.take());
        hanging.add(back.take());
        List<Workers.Hold> next = new ArrayList<>();
        other.whenFree(() -> next.addAll(takeAll(other::take)));
        back.whenFree(() -> next.addAll(takeAll(back::take)));
        assertThat(other.take()).isNull();
        timer.pass(Duration.ofMillis(900));
        assertThat(next).isEmpty();
        timer.pass(Duration.ofMillis(200));
        assertThat(next).as("as many as before any was late").hasSize(4);
        assertThat(few.needed()).isEqualTo(5 + hanging.size());

        other.whenFree(() -> {});
        back.whenFree(() -> {});
        giveBack(hanging);
        giveBack(next);
        assertThat(few.needed()).isEqualTo(5);
        assertThat(takeAll(one::take)).hasSize(2);
    }

    /** M1: a check may take its seconds, and that many wait for theirs is no reason for more threads. */
    @Test
    void whatMayTakeItsTimeHasNoThreadBesideItAtOnce() {
        Workers.Share checks = few.share(Pace.PATIENT, 2, 4);
        Workers.Share others = few.share(Pace.PATIENT, 1, 2);
        Workers.Share looks = few.share(1, 3);
        List<Workers.Hold> slow = takeAll(checks::take);
        assertThat(slow).hasSize(2);
        assertThat(takeAll(others::take))
                .as("one sort of checks leaves others one")
                .hasSize(1);
        assertThat(takeAll(looks::take)).as("checks leave one to what is short").hasSize(1);
        timer.pass(Duration.ofSeconds(9));
        assertThat(checks.take()).isNull();
        assertThat(others.take()).isNull();
        assertThat(few.needed()).isEqualTo(5);
        assertThat(looks.take()).as("beside the one that isn't short after all").isNotNull();
        assertThat(few.needed()).isEqualTo(6);
    }

    /** M11: checks that hang for ever keep nobody waiting for long. */
    @Test
    void whatTakesItsTimeForTooLongHasAnotherBesideIt() {
        Workers.Share checks = few.share(Pace.PATIENT, 3, 3);
        Workers.Share others = few.share(Pace.PATIENT, 1, 2);
        assertThat(takeAll(checks::take)).hasSize(2);
        assertThat(takeAll(others::take)).hasSize(1);
        List<Workers.Hold> next = new ArrayList<>();
        checks.whenFree(() -> next.addAll(takeAll(checks::take)));
        others.whenFree(() -> next.addAll(takeAll(others::take)));
        assertThat(others.take()).isNull();
        timer.pass(Duration.ofSeconds(9));
        assertThat(next).isEmpty();
        timer.pass(Duration.ofSeconds(2));
        assertThat(next).as("one more of each, and no more than each may have").hasSize(2);
        assertThat(few.late()).isEqualTo(3);
        assertThat(few.needed()).isEqualTo(8);
    }

    @Test
    void whatIsShortWaitsForNoCheckThatTakesItsTime() {
        Workers.Share checks = few.share(Pace.PATIENT, 3, 3);
        Workers.Share looks = few.share(3, 4);
        takeAll(checks::take);
        timer.pass(Duration.ofSeconds(5));
        assertThat(checks.take()).as("it waits for the tenth second").isNull();
        assertThat(takeAll(looks::take)).hasSize(2);
        List<Workers.Hold> next = new ArrayList<>();
        looks.whenFree(() -> next.addAll(takeAll(looks::take)));
        assertThat(looks.take()).isNull();
        timer.pass(Duration.ofMillis(1100));
        assertThat(next).hasSize(2);
    }

    /** C1: a check that waited for other checks, beside a short call that was late, was asked for again and again at once. */
    @Test
    void whoWaitsForChecksIsNotWokenByWhatIsInNobodysWay() {
        Workers.Share checks = few.share(Pace.PATIENT, 3, 3);
        Workers.Share looks = few.share(3, 4);
        takeAll(checks::take);
        looks.take();
        List<Workers.Hold> next = new ArrayList<>();
        List<Long> woken = new ArrayList<>();
        checks.whenFree(() -> {
            assertThat(woken).hasSizeLessThan(100);
            woken.add(timer.nanos());
            next.addAll(takeAll(checks::take));
        });
        timer.pass(Duration.ofSeconds(2));
        assertThat(checks.take()).isNull();
        timer.pass(Duration.ofSeconds(7));
        assertThat(woken).isEmpty();
        timer.pass(Duration.ofSeconds(2));
        assertThat(next).hasSize(1);
    }

    /** C1: what is done beside the releases needs no thread more, and what of it hangs takes none of theirs. */
    @Test
    void aLaneThatComesLaterBringsItsOwnForWhatHangs() {
        int before = few.mayBeLate();
        Workers.Share looks = few.share(11, 11);
        Workers.Share directory = few.further(Pace.USUAL, 2);
        assertThat(few.needed()).isEqualTo(5);
        assertThat(few.mayBeLate()).isEqualTo(before + 2);
        assertThat(takeAll(directory::take)).hasSize(2);
        List<Workers.Hold> own = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            timer.pass(Duration.ofSeconds(2));
            own.addAll(takeAll(looks::take));
        }
        assertThat(own).hasSize(11);
        assertThat(directory.take()).isNull();
    }

    /** C1: whoever stops a build waits for no disk, directory or gate; that is one thread more, and no place of others. */
    @Test
    void anUrgentLaneThatComesLaterBringsTheThreadThatIsItsOwn() {
        Workers.Share one = few.share(3, 12);
        Workers.Share other = few.share(3, 12);
        Workers.Share stopping = few.further(Pace.URGENT, 2);
        assertThat(few.needed()).isEqualTo(6);
        assertThat(takeAll(one::take)).hasSize(3);
        assertThat(takeAll(other::take)).hasSize(1);
        assertThat(takeAll(stopping::take)).hasSize(1);
    }

    /** Without an end: what is kept for a lane it gets, whatever hangs. */
    @Test
    void whateverHangsALaneGetsWhatIsKeptForIt() {
        Workers.Share greedy = few.share(1, 12);
        Workers.Share modest = few.share(2, 3);
        for (int i = 0; i < 10; i++) {
            takeAll(greedy::take);
            timer.pass(Duration.ofSeconds(2));
        }
        assertThat(few.needed()).isLessThanOrEqualTo(14);
        assertThat(modest.take()).isNotNull();
        assertThat(modest.take()).isNotNull();
        assertThat(greedy.take()).isNull();
    }

    @Test
    void lanesTakeTurnsAtWhatIsFreed() {
        List<String> asked = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            few.share(0, 1).whenFree(() -> asked.add(name));
        }
        Workers.Share any = few.share(0, 1);
        List<String> first = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            asked.clear();
            any.take().giveBack();
            first.add(asked.get(0));
            assertThat(asked).containsExactlyInAnyOrder("a", "b", "c");
        }
        assertThat(first).contains("a", "b", "c");
    }

    @Test
    void moreCannotBeKeptThanThereIs() {
        few.share(6, 6);
        assertThatThrownBy(() -> few.share(6, 6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Workers(3, 4, timer, timer)).isInstanceOf(IllegalArgumentException.class);
    }
}
