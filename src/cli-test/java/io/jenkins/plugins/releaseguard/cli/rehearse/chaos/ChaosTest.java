// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Track;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.VirtualClock;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.World;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.lane.ThreadTimer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One fault at a time: when it strikes, what it does, and that it is told. */
class ChaosTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final ThreadTimer timer = new ThreadTimer("chaos-test");
    private final VirtualClock clock = new VirtualClock(Sample.BEGIN, 1);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Controller controller = new Controller();
    private final Router real = new Router();
    private World world;
    private Chaos chaos;

    @TempDir
    private Path folder;

    @BeforeEach
    void begin() throws IOException {
        world = new World(Scenario.HEALTHY, clock, Sample.PACE, 0);
    }

    @AfterEach
    void end() throws IOException {
        if (chaos != null) {
            chaos.close();
        }
        world.close();
        timer.close();
    }

    private static final class Controller implements Chaos.Controller {
        final List<String> done = new CopyOnWriteArrayList<>();

        @Override
        public void kill() {
            done.add("killed");
        }

        @Override
        public void startAgain() {
            done.add("started");
        }
    }

    private static final class Router implements TrafficRouter {
        final List<Double> shifts = new ArrayList<>();

        @Override
        public synchronized void shift(double weight) {
            shifts.add(weight);
        }

        @Override
        public RouterReading read() {
            return new RouterReading(5, 10, 190, 0, true);
        }
    }

    private static final Executor HERE = Runnable::run;

    private TrafficRouter with(FaultKind kind, Duration lasts) {
        Fault fault = new Fault(kind, Moment.ARMED, -1, "", Duration.ZERO, lasts);
        chaos = new Chaos(
                new Schedule(1, List.of(fault)),
                world,
                clock,
                timer,
                Instant::now,
                (at, text) -> told.add(text),
                controller);
        return new ChaoticRouter(real, chaos, () -> {});
    }

    @Test
    void strikesWhenTheReleaseFirstStandsThereAndOnlyOnce() throws Exception {
        TrafficRouter router = with(FaultKind.ROUTER_REFUSED, SHORT);
        router.shiftAsync(5, HERE).get();
        chaos.observe(Sample.shifting(0));
        router.shiftAsync(6, HERE).get();
        chaos.observe(Sample.armed());
        assertThat(told.get(0)).contains("the router refuses every call", "[armed");
        await().atMost(PATIENCE).until(() -> told.size() == 2);
        assertThat(told.get(1)).contains("over: the router refuses every call");
        chaos.observe(Sample.armed());
        router.shiftAsync(7, HERE).get();
        assertThat(real.shifts).containsExactly(5.0, 6.0, 7.0);
        assertThat(chaos.strikes())
                .singleElement()
                .satisfies(s -> assertThat(s.to()).isAfter(s.from()));
    }

    @Test
    void refusesInTheRoutersOwnWords() {
        TrafficRouter router = with(FaultKind.ROUTER_REFUSED, LONG);
        chaos.observe(Sample.armed());
        assertThatThrownBy(() -> router.shiftAsync(5, HERE).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(EffectException.class);
        assertThat(real.shifts).isEmpty();
    }

    @Test
    void aCallThatHangsArrivesAtTheEndUnlessItWasGivenUp() throws Exception {
        TrafficRouter router = with(FaultKind.ROUTER_HANGING, Duration.ofSeconds(8));
        chaos.observe(Sample.armed());
        CompletableFuture<Void> waitedFor = router.shiftAsync(5, HERE);
        CompletableFuture<Void> givenUp = router.shiftAsync(50, HERE);
        givenUp.cancel(true);
        waitedFor.get();
        assertThat(real.shifts).containsExactly(5.0);
        assertThat(givenUp).isCancelled();
    }

    @Test
    void everyOtherCallIsRefusedWhereItFlaps() {
        TrafficRouter router = with(FaultKind.ROUTER_FLAPPING, LONG);
        chaos.observe(Sample.armed());
        List<Boolean> failed = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            failed.add(router.shiftAsync(i, HERE).isCompletedExceptionally());
        }
        assertThat(failed).containsExactly(true, false, true, false);
    }

    @Test
    void aRouterThatLiesSaysDoneAndIsNot() throws Exception {
        TrafficRouter router = with(FaultKind.ROUTER_WRONG, LONG);
        chaos.observe(Sample.armed());
        router.shiftAsync(5, HERE).get();
        assertThat(real.shifts).isEmpty();
    }

    @Test
    void whatIsNotThereFailsAsNobodyExpects() {
        TrafficRouter router = with(FaultKind.ROUTER_GONE, LONG);
        chaos.observe(Sample.armed());
        for (int i = 0; i < 20; i++) {
            CompletableFuture<Void> answer = null;
            try {
                answer = router.shiftAsync(5, HERE);
            } catch (NoClassDefFoundError | IllegalStateException e) {
                assertThat(e).hasMessageContaining("chaos");
            }
            assertThat(answer == null || answer.isCompletedExceptionally()).isTrue();
        }
        assertThat(real.shifts).isEmpty();
    }

    @Test
    void theProcessIsKilledAndStartedAgain() {
        with(FaultKind.KILL, SHORT);
        chaos.observe(Sample.armed());
        await().atMost(PATIENCE).until(() -> controller.done.size() == 2);
        assertThat(controller.done).containsExactly("killed", "started");
    }

    @Test
    void theServiceHarmsItsUsersAndItsRouterIsReloaded() {
        with(FaultKind.CANARY_BAD, LONG);
        chaos.observe(Sample.armed());
        await().atMost(PATIENCE).until(() -> failures(Track.CANARY) > 200);
        assertThat(failures(Track.BASELINE)).isLessThan(100);
        chaos.close();

        world.proxy().backend(Track.CANARY).weight(50);
        with(FaultKind.ROUTER_RELOADED, Duration.ZERO);
        chaos.observe(Sample.armed());
        await().atMost(PATIENCE).until(() -> world.proxy().canaryShare() == 0);
        assertThat(chaos.strikes())
                .singleElement()
                .satisfies(s -> assertThat(s.to()).isEqualTo(s.from()));
    }

    /** Of a thousand requests. */
    private int failures(Track track) {
        int failed = 0;
        for (int i = 0; i < 1000; i++) {
            failed += world.faults().answer(track).status() == 500 ? 1 : 0;
        }
        return failed;
    }

    @Test
    void whatStruckBeforeAnInterruptionDoesNotStrikeAgain() throws Exception {
        TrafficRouter router = with(FaultKind.ROUTER_REFUSED, LONG);
        chaos.skip(Sample.plan(), Sample.record(new Event.Armed(Map.of(), false, null, null)));
        chaos.observe(Sample.armed());
        router.shiftAsync(5, HERE).get();
        assertThat(told).isEmpty();
    }

    // --- the record ---

    private ChaoticJournal journal() throws IOException {
        return new ChaoticJournal(JournalFile.openUnforced(folder.resolve("journal.jsonl")), chaos);
    }

    private static Event note(String text) {
        return new Event.Noted(NoteKind.ISSUE, text);
    }

    private List<Event> written() throws IOException {
        return JournalReader.read(folder.resolve("journal.jsonl")).events().stream()
                .map(Stamped::event)
                .toList();
    }

    @Test
    void aFullDiskTakesNothing() throws IOException {
        with(FaultKind.DISK_FULL, LONG);
        try (ChaoticJournal journal = journal()) {
            journal.append(Instant.now(), Instant.now(), note("before"));
            chaos.observe(Sample.armed());
            await().atMost(PATIENCE).until(() -> !told.isEmpty());
            assertThatThrownBy(() -> journal.append(Instant.now(), Instant.now(), note("behind")))
                    .isInstanceOf(IOException.class);
            journal.force();
        }
        assertThat(written()).containsExactly(note("before"));
    }

    @Test
    void aDiskThatFailsKeepsNothingThatWasNotForced() throws IOException {
        with(FaultKind.DISK_FAILING, LONG);
        try (ChaoticJournal journal = journal()) {
            journal.append(Instant.now(), Instant.now(), note("kept"));
            journal.force();
            journal.append(Instant.now(), Instant.now(), note("lost"));
            chaos.observe(Sample.armed());
            await().atMost(PATIENCE).until(() -> !told.isEmpty());
            assertThatThrownBy(journal::force).isInstanceOf(IOException.class);
        }
        assertThat(written()).containsExactly(note("kept"));
    }

    @Test
    void aKillTakesWhatWasNotForcedAndTheNextGoesOn() throws IOException {
        with(FaultKind.KILL, LONG);
        ChaoticJournal killed = journal();
        killed.append(Instant.now(), Instant.now(), note("kept"));
        killed.force();
        killed.append(Instant.now(), Instant.now(), note("lost"));
        killed.cut();
        assertThatThrownBy(() -> killed.append(Instant.now(), Instant.now(), note("late")))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(killed::force).isInstanceOf(IOException.class);
        killed.close();
        try (ChaoticJournal next = journal()) {
            next.append(Instant.now(), Instant.now(), note("next"));
            next.force();
        }
        assertThat(written()).containsExactly(note("kept"), note("next"));
    }

    @Test
    void aDiskThatHangsKeepsItsWriterUntilItIsOver() throws Exception {
        with(FaultKind.DISK_HANGING, Duration.ofMillis(300));
        try (ChaoticJournal journal = journal()) {
            chaos.observe(Sample.armed());
            await().atMost(PATIENCE).until(() -> !told.isEmpty());
            journal.append(Instant.now(), Instant.now(), note("late"));
            assertThat(Duration.between(chaos.strikes().get(0).from(), Instant.now()))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(290));
        }
    }
}
