// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A release and its record in virtual time: what waits for the disk, and what a record can't hold. */
class VirtualRecordTest {
    private static final String FAILURE = "the journal can't be written: Input/output error";

    /** M11, H9: found twice, it leads back; what happened meanwhile is written as soon as there is room. */
    @Test
    void aRecordThatCanNotBeWrittenLeadsBackOnce() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        release.diskFails = true;
        release.passUntil(w -> w.weight == 0);
        release.pass(60);
        assertThat(runner.ended().getNow(null).confirmed()).isTrue();
        assertThat(release.world.events.stream().filter(Event.Breached.class::isInstance))
                .containsExactly(Event.Breached.of(BreachCause.JOURNAL, FAILURE));
        release.diskFails = false;
        release.pass(60);
        assertThat(runner.written()).isDone();
        assertThat(release.recorded(Event.Gap.class)).isNotEmpty();
        assertThat(release.recorded(Event.Breached.class)).hasSize(1);
        assertThat(release.record).last().isInstanceOf(Event.Ended.class);
    }

    @Test
    void aDiskThatFailsOnceLeadsNowhere() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.runner();
        runner.arm();
        release.pass(3);
        release.diskFails = true;
        runner.record(new Event.Noted(NoteKind.NOTE, "tried twice"));
        release.timer.settle();
        release.diskFails = false;
        runner.startCanary();
        release.pass(90);
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(release.notes()).containsExactly("tried twice");
    }

    /** H9: such a release never ended, and its service stayed taken. */
    @Test
    void beforeAnythingHasMovedItEnds() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.runner();
        release.diskFails = true;
        runner.record(new Event.Noted(NoteKind.NOTE, "wanted"));
        release.pass(60);
        assertThat(runner.ended().getNow(null)).isEqualTo(new Event.Ended(ReleaseOutcome.HALTED, true, FAILURE));
        release.diskFails = false;
        release.pass(60);
        assertThat(release.notes()).containsExactly("wanted");
        assertThat(release.record).last().isInstanceOf(Event.Ended.class);
    }

    /** C3: what goes forward waits for the disk, and watching doesn't. */
    @Test
    void nothingGoesForwardWhileTheDiskHangs() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT.replace("noData: 8s", "noData: 10m"));
        Runner runner = release.runner();
        runner.arm();
        release.pass(3);
        release.diskHangs = true;
        runner.startCanary();
        release.pass(60);
        assertThat(release.world.weight).isZero();
        release.diskAnswers();
        release.passUntil(w -> w.weight == 50);
        release.diskHangs = true;
        int looks = looks(release);
        release.pass(20);
        assertThat(release.world.weight).isEqualTo(50);
        assertThat(looks(release)).isGreaterThan(looks + 10);
        release.diskAnswers();
        release.pass(60);
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(release.recorded(Event.Breached.class)).isEmpty();
    }

    private static int looks(VirtualRelease release) {
        return (int) release.world.events.stream()
                .filter(Event.Looked.class::isInstance)
                .count();
    }

    /** C3: the way back waits for no disk. */
    @Test
    void theWayBackDoesNotWaitForTheDisk() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        release.diskHangs = true;
        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
        release.pass(3);
        assertThat(release.world.weight).isZero();
    }

    @Test
    void noBodyBeginsWhileTheDiskHangs() throws Exception {
        VirtualRelease release = VirtualRelease.withBodies(RunnerWorld.CONTRACT.replace("noData: 8s", "noData: 10m"));
        Runner runner = release.runner();
        runner.arm();
        release.pass(3);
        release.diskHangs = true;
        runner.startCanary();
        release.pass(30);
        assertThat(release.world.bodies).isZero();
        release.diskAnswers();
        release.pass(120);
        assertThat(release.world.bodies).isPositive();
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    /** M8: such an event was journalled before it was folded, and the record was damaged for good. */
    @Test
    void anEventThatCanNotBeFoldedIsToldOnceAndLeftOut() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        runner.record(new Event.Held(null, "no cause"));
        runner.record(new Event.Held(null, "no cause"));
        release.pass(60);
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(release.recorded(Event.Held.class)).noneMatch(held -> held.cause() == null);
        assertThat(release.notes())
                .singleElement()
                .asString()
                .startsWith("an event 'Held' was left out, since nothing can follow from it: java.lang.NullPointer");
    }

    /** It counts as one that said nothing, or the sources would be asked again at once. */
    @Test
    void aLookThatCanNotBeFoldedIsOneThatSaidNothing() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        release.pass(2);
        Event.Looked last = release.world.events.stream()
                .filter(Event.Looked.class::isInstance)
                .map(Event.Looked.class::cast)
                .reduce((a, b) -> b)
                .orElseThrow();
        List<Event.Sample> none = new java.util.ArrayList<>();
        none.add(null);
        runner.record(new Event.Looked(last.phase(), last.to(), last.to().plusSeconds(1), none, null));
        release.pass(60);
        String text = "an event 'Looked' was left out, since nothing can follow from it: ";
        assertThat(release.world.events)
                .filteredOn(e -> e instanceof Event.Looked look && look.error() != null)
                .singleElement()
                .satisfies(look -> {
                    assertThat(((Event.Looked) look).error()).startsWith(text);
                    assertThat(((Event.Looked) look).to()).isEqualTo(last.to().plusSeconds(1));
                });
        assertThat(release.notes()).singleElement().asString().startsWith(text);
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    /** H10: an event over the size limit kept all after it from the disk. */
    @Test
    void anEventThatIsTooLargeIsCutAndSaysSo() throws Exception {
        VirtualRelease release = VirtualRelease.of(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        runner.record(new Event.Noted(NoteKind.NOTE, "x".repeat(2 << 20)));
        release.pass(60);
        assertThat(release.notes())
                .containsExactly(
                        "x".repeat(10_000) + "… (cut, of 2097152 characters)",
                        "an event 'Noted' was larger than the record takes, and was cut");
    }
}
