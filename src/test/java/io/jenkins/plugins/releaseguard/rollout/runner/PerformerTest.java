// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.metric.MetricSource;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** What a release does to the world, and what of its answers stands in the record; in virtual time. */
class PerformerTest {
    private static final String VALIDATED = RunnerWorld.CONTRACT
            + "  - {id: DEP-004, type: Validation, stage: Post-deploy, title: Smoke, check: answers, method: Automated,"
            + " verify: {http: {url: 'https://shop.example/health'}}, owner: team}\n";
    private static final String PROBED = RunnerWorld.CONTRACT
            + "  - {id: DEP-100, type: Rollback, stage: Post-deploy, title: Integrity, trigger: lost data,"
            + " check: {command: {run: ./integrity}}, procedure: [{traffic: 0}], owner: team}\n";

    /** A world whose calls fail, or don't end, when told to. */
    private static final class World extends RunnerWorld {
        private EffectException shiftFails;
        private EffectException readFails;
        private EffectException actFails;
        private EffectException bodyFails;
        private EffectException callFails;
        private SourceException sourceFails;
        private CompletableFuture<Event.Validated> validation;
        private CompletableFuture<Void> shifting;
        private CompletableFuture<RouterReading> reading;
        private CompletableFuture<List<Event.Sample>> looking;
        private CompletableFuture<Void> acting;
        private int asked;
        private int acts;
        private int validations;
        private int named;

        World() {
            super("a");
            // one thread does all: what a call keeps waiting must not keep it
            holdsNoThread = true;
        }

        @Override
        public MetricSource source() {
            MetricSource usual = super.source();
            return new MetricSource() {
                @Override
                public List<Event.Sample> read(List<Metric> metrics, Instant from, Instant to) {
                    throw new AssertionError("it can be asked without a thread");
                }

                @Override
                public CompletableFuture<List<Event.Sample>> readAsync(
                        List<Metric> metrics, Instant from, Instant to, Executor blocking) {
                    asked++;
                    if (looking != null) {
                        return looking;
                    }
                    return sourceFails == null
                            ? usual.readAsync(metrics, from, to, blocking)
                            : CompletableFuture.failedFuture(sourceFails);
                }

                @Override
                public String destination() {
                    return "source a";
                }
            };
        }

        @Override
        public TrafficRouter router() {
            TrafficRouter usual = super.router();
            return new TrafficRouter() {
                @Override
                public void shift(double wanted) {
                    throw new AssertionError("it can be asked without a thread");
                }

                @Override
                public RouterReading read() {
                    throw new AssertionError("it can be asked without a thread");
                }

                @Override
                public CompletableFuture<Void> shiftAsync(double wanted, Executor blocking) {
                    if (shifting != null && wanted > 0) {
                        return shifting;
                    }
                    return shiftFails != null
                            ? CompletableFuture.failedFuture(shiftFails)
                            : usual.shiftAsync(wanted, Runnable::run);
                }

                @Override
                public CompletableFuture<RouterReading> readAsync(Executor blocking) {
                    if (reading != null) {
                        return reading;
                    }
                    return readFails != null
                            ? CompletableFuture.failedFuture(readFails)
                            : usual.readAsync(Runnable::run);
                }

                @Override
                public String destination() {
                    named++;
                    return usual.destination();
                }
            };
        }

        @Override
        public void runBody(Runner runner, Effect.RunBody body) {
            if (bodyFails != null) {
                throw new IllegalStateException(bodyFails.getMessage());
            }
            super.runBody(runner, body);
        }

        @Override
        public CompletableFuture<Void> actAsync(String key, String entry, ActionSpec action, Executor blocking) {
            acts++;
            return acting != null
                    ? acting
                    : actFails == null
                            ? CompletableFuture.completedFuture(null)
                            : CompletableFuture.failedFuture(actFails);
        }

        @Override
        public CompletableFuture<Event.Validated> validateAsync(ValidationEntry entry, Executor blocking) {
            validations++;
            return validation != null ? validation : super.validateAsync(entry, Runnable::run);
        }

        @Override
        public CompletableFuture<Void> callAsync(String key, String text, Executor blocking) {
            calls.add(text);
            return callFails == null
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(callFails);
        }
    }

    private final World world = new World();

    private VirtualRelease release(String contract) throws Exception {
        return VirtualRelease.of(world, RunnerWorld.plan(contract));
    }

    private static void rollBack(Runner runner) {
        runner.rollBack(BreachCause.OPERATOR, "ann", "looks bad");
    }

    @Test
    void aValidationAnswersAndHasEnded() throws Exception {
        VirtualRelease release = release(VALIDATED);
        Runner runner = release.started();
        release.pass(90);
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(release.recorded(Event.Validated.class))
                .containsExactly(new Event.Validated("DEP-004", "Smoke", EvidenceStatus.PASS, null, null, "well"));
        assertThat(ends(release, "validate-DEP-004-")).containsOnly((String) null);
    }

    @Test
    void aValidationThatFailsToAnswerIsUnknownAndSaysWhy() throws Exception {
        VirtualRelease release = release(VALIDATED);
        world.validation = CompletableFuture.failedFuture(new IllegalStateException("refused"));
        release.started();
        release.pass(90);
        assertThat(release.recorded(Event.Validated.class))
                .isNotEmpty()
                .containsOnly(new Event.Validated("DEP-004", "Smoke", EvidenceStatus.UNKNOWN, null, null, "refused"));
    }

    /** C1: its checks had one minute together where they take turns, and slow ones that passed were unknown. */
    @Test
    void eachCheckOfAValidationHasItsTime() throws Exception {
        VirtualRelease release = release(VALIDATED.replace("health'}", "health'}, command: {run: ./smoke}"));
        world.validation = new CompletableFuture<>();
        Runner runner = release.started();
        release.passUntil(w -> world.validations > 0);
        release.pass(90);
        assertThat(release.recorded(Event.Validated.class)).isEmpty();
        world.validation.complete(new Event.Validated("DEP-004", "Smoke", EvidenceStatus.PASS, null, null, "well"));
        release.pass(90);
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
    }

    /** C3: a validation may change the world, a probe only looks at it. */
    @Test
    void aValidationWaitsForTheDiskAndAProbeDoesNot() throws Exception {
        VirtualRelease release = release(VALIDATED.replace("after: 1s", "after: 2m"));
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 100);
        release.diskHangs = true;
        release.pass(30);
        assertThat(world.validations).isZero();
        release.diskAnswers();
        release.pass(200);
        assertThat(world.validations).isPositive();
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);

        PerformerTest other = new PerformerTest();
        VirtualRelease probed = other.release(PROBED.replace("after: 1s", "after: 2m"));
        probed.started();
        probed.passUntil(w -> w.weight == 100);
        probed.diskHangs = true;
        int before = other.world.validations;
        probed.pass(30);
        assertThat(other.world.validations).isGreaterThan(before);
    }

    @Test
    void aProbeAnswersAndHasNoEndOfItsOwn() throws Exception {
        VirtualRelease release = release(PROBED);
        Runner runner = release.started();
        release.pass(90);
        assertThat(runner.ended().getNow(null).verdict()).isEqualTo(ReleaseOutcome.PROMOTED);
        assertThat(release.recorded(Event.Validated.class)).isNotEmpty();
        assertThat(ends(release, "probe-")).isEmpty();
    }

    @Test
    void aShiftThatIsRefusedSaysSoIsTriedAgainAndTheRouterIsNamedAnew() throws Exception {
        VirtualRelease release = release(RunnerWorld.CONTRACT);
        world.shiftFails = new EffectException("refused");
        release.started();
        release.pass(20);
        assertThat(world.named).isGreaterThan(1);
        assertThat(ends(release, "shift-")).hasSizeGreaterThan(1).containsOnly("refused");
    }

    @Test
    void howLongAShiftTookIsRecorded() throws Exception {
        VirtualRelease release = release(RunnerWorld.CONTRACT);
        world.shifting = new CompletableFuture<>();
        release.started();
        release.pass(10);
        world.shifting = new CompletableFuture<>();
        release.pass(12);
        List<Event.Done> shifts = release.recorded(Event.Done.class).stream()
                .filter(done -> done.key().startsWith("shift-1-"))
                .toList();
        assertThat(shifts).first().satisfies(done -> {
            assertThat(done.error()).isEqualTo("no answer within 8.0 s");
            assertThat(done.seconds()).isBetween(7.9, 8.1);
        });
    }

    @Test
    void aRouterThatCanNotBeReadSaysWhyAndIsNamedAnew() throws Exception {
        VirtualRelease release = release(RunnerWorld.CONTRACT);
        release.started();
        release.passUntil(w -> w.weight == 50);
        int named = world.named;
        world.readFails = new EffectException("refused");
        release.pass(5);
        assertThat(world.named).isGreaterThan(named);
        world.readFails = null;
        release.pass(1);
        named = world.named;
        world.routerSilent = true;
        release.pass(3);
        assertThat(world.named).isEqualTo(named);
        assertThat(release.world.events.stream()
                        .filter(e -> e instanceof Event.RouterRead read && read.error() != null)
                        .map(e -> ((Event.RouterRead) e).error()))
                .containsOnly("refused", "the router answered nothing");
        assertThat(release.world.events.stream()
                        .filter(e -> e instanceof Event.RouterRead read && read.error() != null))
                .allSatisfy(e -> assertThat(((Event.RouterRead) e).weight()).isNaN());
    }

    @Test
    void aBodyThatCanNotBeBegunHasFailed() throws Exception {
        VirtualRelease release = VirtualRelease.of(world, RunnerWorld.planWithBodies(RunnerWorld.CONTRACT));
        world.bodyFails = new EffectException("no executor");
        release.started();
        release.pass(60);
        assertThat(release.recorded(Event.BodyEnded.class))
                .isNotEmpty()
                .allSatisfy(ended -> assertThat(ended.error()).isEqualTo("no executor"));
        assertThat(release.recorded(Event.Breached.class)).hasSize(1);
    }

    private static VirtualRelease acting(PerformerTest test, String settings) throws Exception {
        VirtualRelease release = test.release(RunnerWorld.CONTRACT.replace(
                "[{traffic: 0}]", "[{traffic: 0}, {http: {endpoint: hooks, path: /undo" + settings + "}}]"));
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        rollBack(runner);
        release.pass(90);
        return release;
    }

    @Test
    void anActionThatFailsSaysWhichAndWhy() throws Exception {
        world.actFails = new EffectException("refused");
        VirtualRelease release = acting(this, "");
        assertThat(world.acts).isEqualTo(1);
        assertThat(ends(release, "action-")).containsExactly("the action 'http': refused");
    }

    /** Its own part of the objective; all of it where it names none, or more than there is. */
    @Test
    void anActionHasItsOwnDeadline() throws Exception {
        for (String[] one : new String[][] {
            {"", "5.0"}, {", deadline: 2s", "2.0"}, {", deadline: 5s", "5.0"}, {", deadline: 1h", "5.0"}
        }) {
            PerformerTest test = new PerformerTest();
            test.world.acting = new CompletableFuture<>();
            assertThat(ends(acting(test, one[0]), "action-"))
                    .as(one[0])
                    .containsExactly("the action 'http': no answer within " + one[1] + " s");
        }
    }

    @Test
    void aCallThatNobodyTookIsMadeAgain() throws Exception {
        VirtualRelease release = release(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        world.callFails = new EffectException("no channel");
        world.readFails = new EffectException("refused");
        rollBack(runner);
        release.pass(300);
        assertThat(ends(release, "call-rollback-")).isNotEmpty().containsOnly("no channel");
        world.callFails = null;
        release.pass(3600);
        assertThat(ends(release, "call-rollback-")).endsWith((String) null);
        assertThat(world.calls)
                .hasSizeGreaterThan(2)
                .allSatisfy(text -> assertThat(text).contains("refused"));
    }

    /** What was asked to move traffic forward must not land after the order to bring it back. */
    @Test
    void theWayBackDropsWhatStillMovesTrafficForward() throws Exception {
        VirtualRelease release = release(RunnerWorld.CONTRACT);
        world.shifting = new CompletableFuture<>();
        Runner runner = release.started();
        for (int i = 0; i < 100 && runner.state().phaseIndex() < 1; i++) {
            release.pass(1);
        }
        release.pass(1);
        CompletableFuture<Void> forward = world.shifting;
        release.pass(2);
        rollBack(runner);
        release.pass(1);
        assertThat(forward).isCancelled();
        assertThat(ends(release, "back-")).containsExactly((String) null);
        assertThat(ends(release, "shift-1-")).isEmpty();
    }

    @Test
    void theWayBackDoesNotWaitForAReadingThatDoesNotCome() throws Exception {
        VirtualRelease release = release(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        CompletableFuture<RouterReading> before = new CompletableFuture<>();
        world.reading = before;
        release.pass(2);
        rollBack(runner);
        release.pass(1);
        assertThat(before).isCancelled();
    }

    /** What was asked before a gap in our own time says nothing of the time after it. */
    @Test
    void aLookFromBeforeAGapIsNotHeardAfterIt() throws Exception {
        VirtualRelease release = release(RunnerWorld.CONTRACT.replace("noData: 8s", "noData: 10m"));
        release.started();
        release.passUntil(w -> w.weight == 50);
        CompletableFuture<List<Event.Sample>> before = new CompletableFuture<>();
        world.looking = before;
        release.pass(3);
        release.ahead = Duration.ofSeconds(61);
        release.pass(2);
        assertThat(release.recorded(Event.Resumed.class)).hasSize(1);
        assertThat(before).isCancelled();
        world.looking = null;
        int looks = release.recorded(Event.Looked.class).size();
        release.pass(20);
        assertThat(release.recorded(Event.Looked.class).size()).isGreaterThan(looks);
    }

    @Test
    void whoLetsGoAsksNothingMore() throws Exception {
        VirtualRelease release = release(RunnerWorld.CONTRACT);
        Runner runner = release.started();
        release.passUntil(w -> w.weight == 50);
        CompletableFuture<List<Event.Sample>> look = new CompletableFuture<>();
        world.looking = look;
        release.pass(3);
        runner.detach();
        release.pass(1);
        assertThat(look).isCancelled();
        int asked = world.asked;
        release.pass(60);
        assertThat(world.asked).isEqualTo(asked);
    }

    /** Three tries, half a second apart; then the watch goes on without. */
    @Test
    void aBaselineThatCanNotBeReadIsTriedThreeTimesAndToldOf() throws Exception {
        VirtualRelease release = release(RunnerWorld.CONTRACT);
        world.sourceFails = new SourceException("refused");
        Runner runner = release.runner();
        runner.arm();
        release.timer.pass(Duration.ofMillis(400));
        assertThat(world.asked).isEqualTo(1);
        release.timer.pass(Duration.ofMillis(500));
        assertThat(world.asked).isEqualTo(2);
        assertThat(runner.armed()).isNotDone();
        release.timer.pass(Duration.ofMillis(500));
        assertThat(world.asked).isEqualTo(3);
        release.timer.settle();
        assertThat(runner.armed()).isDone();
        assertThat(release.notes()).containsExactly("The baseline before the deployment is unknown: refused");
        assertThat(release.recorded(Event.Armed.class))
                .singleElement()
                .satisfies(armed -> assertThat(armed.baseline()).isEmpty());
    }

    /** F1: what the source has nothing of is said before anybody gets the new version. */
    @Test
    void aMetricWithoutDataIsToldBeforeTrafficMoves() throws Exception {
        VirtualRelease release = release(RunnerWorld.CONTRACT);
        world.looking = CompletableFuture.completedFuture(List.of(Event.Sample.none("MON-001", "no series t")));
        Runner runner = release.runner();
        runner.arm();
        release.timer.settle();
        assertThat(runner.armed()).isDone();
        assertThat(release.notes())
                .containsExactly("Before any traffic moves: no data for MON-001 (no series t): unknown is never green");
    }

    @Test
    void aBaselineThatIsReadTheSecondTimeIsWell() throws Exception {
        VirtualRelease release = release(RunnerWorld.CONTRACT);
        world.sourceFails = new SourceException("refused");
        Runner runner = release.runner();
        runner.arm();
        release.timer.settle();
        world.sourceFails = null;
        release.pass(2);
        assertThat(runner.armed()).isDone();
        assertThat(release.notes()).isEmpty();
        assertThat(release.recorded(Event.Armed.class)).singleElement().satisfies(armed -> {
            assertThat(armed.baseline()).containsOnlyKeys("MON-001");
            assertThat(armed.totals()).containsEntry("MON-001", 1000.0);
        });
    }

    /** Limits by the baseline need one: it is asked for again while there is still something to compare with. */
    @Test
    void aBaselineThatIsMissingIsAskedForAgainBeforeTheTrafficMoves() throws Exception {
        VirtualRelease release = release(RunnerWorld.CONTRACT
                .replace(">10% of requests for 1 second", "> 1.5x baseline")
                .replace("bake: 1s", "bake: 20s"));
        world.sourceFails = new SourceException("refused");
        Runner runner = release.started();
        release.pass(3);
        assertThat(runner.armed()).isDone();
        world.sourceFails = null;
        release.pass(20);
        assertThat(release.recorded(Event.Armed.class))
                .hasSize(2)
                .last()
                .satisfies(armed -> assertThat(armed.baseline()).containsOnlyKeys("MON-001"));
    }

    private static List<String> ends(VirtualRelease release, String key) {
        List<String> errors = new ArrayList<>();
        release.world.events.forEach(event -> {
            if (event instanceof Event.Done done && done.key().startsWith(key)) {
                errors.add(done.error());
            }
        });
        return errors;
    }
}
