// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;

/** Whatever goes wrong, and whenever the controller dies: what a release may never do. */
@Tag("slow")
class RolloutPropertyTest {
    private static final Duration LIMIT = Duration.ofHours(4);
    private static final Duration PATIENCE = Duration.ofSeconds(32);

    @Property(tries = 150)
    void faultsAndRestartsNeverBreakTheRules(@ForAll @LongRange(min = 0, max = 1_000_000_000) long seed) {
        Random random = new Random(seed);
        FakeRolloutWorld world = new FakeRolloutWorld(seed).start();
        liveWithFaults(world, random);
        Event.Ended ended = world.outcome();
        assertThat(ended).as("ended").isNotNull();
        assertThat(Fold.all(world.plan, world.journal)).isEqualTo(world.state);
        noPhaseIsSkipped(world);
        if (ended.verdict() == ReleaseOutcome.PROMOTED) {
            assertThat(world.events(Event.PhaseEnded.class))
                    .hasSize(4)
                    .noneMatch(p -> p.verdict() == PhaseVerdict.FAIL);
            assertThat(world.events(Event.Breached.class)).isEmpty();
            theRouterSaysSoAtTheEnd(world);
        } else if (ended.verdict() == ReleaseOutcome.ROLLED_BACK) {
            aRollbackEndsConfirmedOrClosed(world, ended);
        }
        intentComesBeforeEveryShift(world);
        onlyTimeThatWasLookedAtCounts(world);
        nothingPassesUnseen(world);
    }

    // H2, H7: an answer later than the next look keeps no release from its end, and promotes none by itself
    @Property(tries = 50)
    void aRouterThatAnswersSlowlyIsWaitedFor(@ForAll @LongRange(min = 0, max = 1_000_000_000) long seed) {
        Random random = new Random(seed);
        FakeRolloutWorld world = new FakeRolloutWorld(seed).start();
        world.routerTakes = Duration.ofSeconds(1 + random.nextInt(12));
        liveWithFaults(world, random);
        assertThat(world.outcome()).as("ended").isNotNull();
        noPhaseIsSkipped(world);
        onlyTimeThatWasLookedAtCounts(world);
        if (world.outcome().verdict() == ReleaseOutcome.PROMOTED) {
            List<Event.RouterRead> reads = world.events(Event.RouterRead.class);
            assertThat(reads.get(reads.size() - 1).weight()).isEqualTo(100);
        }
    }

    private static void liveWithFaults(FakeRolloutWorld world, Random random) {
        for (int second = 0; second < LIMIT.toSeconds() && world.state.life() != Lifecycle.ENDED; second++) {
            world.second();
            fault(world, random);
            somethingHappensNext(world);
        }
    }

    /** H3 */
    private static void nothingPassesUnseen(FakeRolloutWorld world) {
        boolean seen = false;
        for (Stamped stamped : world.journal) {
            Event event = stamped.event();
            if (event instanceof Event.PhaseStarted) {
                seen = false;
            } else if (event instanceof Event.Looked look && look.error() == null) {
                seen |= look.samples().stream().anyMatch(s -> s.canaryTotal() > 0);
            } else if (event instanceof Event.PhaseEnded phase && phase.verdict() == PhaseVerdict.PASS) {
                assertThat(seen).as("%s", phase).isTrue();
            }
        }
    }

    /** H2 */
    private static void theRouterSaysSoAtTheEnd(FakeRolloutWorld world) {
        Event.RouterRead last = null;
        for (Stamped stamped : world.journal) {
            if (stamped.event() instanceof Event.RouterRead read) {
                last = read;
            } else if (stamped.event() instanceof Event.Looked looked && looked.error() == null) {
                // what was read before the last look is no word about the end; FakeRolloutWorld reads after it looks
                last = null;
            }
        }
        assertThat(last).as("reading after the last look").isNotNull();
        assertThat(last.error()).isNull();
        assertThat(last.weight()).isEqualTo(100);
        assertThat(world.weight).isEqualTo(100);
    }

    /** H1: each phase that passed, and the last bake, have as many seconds of looks with data as they had to bake. */
    private static void onlyTimeThatWasLookedAtCounts(FakeRolloutWorld world) {
        Duration looked = Duration.ZERO;
        for (Stamped stamped : world.journal) {
            Event event = stamped.event();
            if (event instanceof Event.PhaseStarted || event instanceof Event.CanaryEnded) {
                looked = Duration.ZERO;
            } else if (event instanceof Event.Looked look && look.error() == null) {
                looked = looked.plus(Duration.between(look.from(), look.to()));
            } else if (event instanceof Event.PhaseEnded phase && phase.verdict() == PhaseVerdict.PASS
                    || event instanceof Event.Ended ended && ended.verdict() == ReleaseOutcome.PROMOTED) {
                assertThat(looked).as("%s", event).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
            }
        }
    }

    // C2, H7, H2: it was tried; and it ended because the router said so of late, or because a person said so
    private static void aRollbackEndsConfirmedOrClosed(FakeRolloutWorld world, Event.Ended ended) {
        assertThat(world.events(Event.Done.class))
                .anyMatch(done -> EffectKey.parse(done.key()).kind() == EffectKey.Kind.BACK);
        boolean closed = world.events(Event.Operated.class).stream()
                .anyMatch(operated -> operated.command() == OperatorCommand.CLOSE);
        if (!closed) {
            assertThat(ended.confirmed()).isTrue();
        }
        if (ended.confirmed()) {
            assertThat(world.weightWhenConfirmed()).isZero();
            assertThat(world.weightLastRead).isZero();
        }
    }

    // H7: whatever it waits for, it asks again soon, and where it goes back it tries or reads within half a minute
    private static void somethingHappensNext(FakeRolloutWorld world) {
        if (world.state.life() == Lifecycle.ENDED) {
            return;
        }
        assertThat(Rollout.react(world.plan, world.state, world.now, world.now).wake())
                .isLessThanOrEqualTo(Duration.ofSeconds(1));
        if (world.state.life() == Lifecycle.ROLLING_BACK && world.rollingFor().compareTo(PATIENCE) > 0) {
            assertThat(Duration.between(world.lastTried, world.now)).isLessThanOrEqualTo(PATIENCE);
        }
    }

    private static void fault(FakeRolloutWorld world, Random random) {
        int dice = random.nextInt(6000);
        if (dice == 0) {
            world.sourceUp = !world.sourceUp;
        } else if (dice == 1) {
            world.routerUp = !world.routerUp;
        } else if (dice == 2) {
            world.canaryErrors = random.nextBoolean() ? 0.3 : 0.001;
        } else if (dice == 3) {
            world.weight = random.nextInt(101);
        } else if (dice <= 6) {
            restart(world, random);
        } else if (dice == 7) {
            world.accept(new Event.Operated(
                    random.nextBoolean() ? OperatorCommand.PAUSE : OperatorCommand.RESUME, "ann", null));
        } else if (dice == 8 && !world.state.isRollingBack()) {
            world.accept(new Event.Breached(BreachCause.ABORT, null, null, null, null, "stopped by ann", null));
        }
        if (dice == 9) {
            world.channelUp = !world.channelUp;
        } else if (dice <= 12 && world.state.isUnconfirmed()) {
            world.accept(new Event.Operated(
                    random.nextBoolean() ? OperatorCommand.TAKE : OperatorCommand.CLOSE, "ann", "I see to it"));
        }
        if (world.state.life() == Lifecycle.ROLLING_BACK && random.nextInt(20) == 0) {
            world.routerUp = false;
        }
        if (!world.sourceUp && random.nextInt(60) == 0) {
            world.sourceUp = true;
        }
        if (!world.routerUp && random.nextInt(120) == 0) {
            world.routerUp = true;
        }
        if (world.state.holds().containsKey(HoldCause.PAUSED) && random.nextInt(600) == 0) {
            world.accept(new Event.Operated(OperatorCommand.RESUME, "ann", null));
        }
    }

    /** The controller dies: all that lives is the journal. */
    private static void restart(FakeRolloutWorld world, Random random) {
        int down = random.nextInt(300);
        world.now = world.now.plusSeconds(down);
        world.state = Fold.all(world.plan, world.journal);
        world.forget();
        world.accept(new Event.Resumed(down, "restart"));
    }

    private static void noPhaseIsSkipped(FakeRolloutWorld world) {
        List<Integer> ended = world.events(Event.PhaseEnded.class).stream()
                .map(Event.PhaseEnded::phase)
                .toList();
        assertThat(ended).isEqualTo(IntStream.range(0, ended.size()).boxed().toList());
    }

    private static void intentComesBeforeEveryShift(FakeRolloutWorld world) {
        for (int i = 0; i < world.journal.size(); i++) {
            Event event = world.journal.get(i).event();
            if (event instanceof Event.Done done && !done.key().startsWith("validate")) {
                assertThat(world.journal.subList(0, i))
                        .extracting(Stamped::event)
                        .anyMatch(e -> e instanceof Event.Intended intended
                                && intended.key().equals(done.key()));
            }
        }
    }
}
