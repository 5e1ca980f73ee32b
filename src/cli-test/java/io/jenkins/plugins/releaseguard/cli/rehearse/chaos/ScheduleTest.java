// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a seed draws. */
class ScheduleTest {
    private static final int SEEDS = 5000;

    private static final Target TARGET = Target.of(Sample.contract(), Sample.PACE);

    private static List<Schedule> many(Target target) {
        return LongStream.range(0, SEEDS)
                .mapToObj(seed -> Schedule.of(seed, target))
                .toList();
    }

    @Test
    void theSameSeedAndContractHaveTheSameFaults() {
        Set<List<Fault>> different = new HashSet<>();
        for (Schedule schedule : many(TARGET)) {
            assertThat(Schedule.of(schedule.seed(), Target.of(Sample.contract(), Sample.PACE)))
                    .isEqualTo(schedule);
            different.add(schedule.faults());
        }
        assertThat(different).hasSizeGreaterThan(SEEDS * 9 / 10);
    }

    @Test
    void aFewFaultsEachWithItsMomentAndLength() {
        for (Schedule schedule : many(TARGET)) {
            assertThat(schedule.faults()).hasSizeBetween(1, 5);
            assertThat(schedule.faults()).as("seed %s", schedule.seed()).allSatisfy(fault -> {
                assertThat(fault.in().isOfPhases()).isEqualTo(fault.phase() >= 0);
                assertThat(fault.phase()).isLessThan(TARGET.phases().size());
                assertThat(fault.after()).isBetween(Duration.ZERO, Sample.PACE);
                assertThat(fault.lasts().isZero()).isEqualTo(fault.kind().isMoment());
                assertThat(fault.toString()).startsWith(fault.kind().toString());
            });
            assertThat(schedule.faults().stream().map(Fault::kind).filter(k -> k != FaultKind.KILL))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void everyFaultAndEveryMomentIsDrawn() {
        Set<FaultKind> kinds = EnumSet.noneOf(FaultKind.class);
        Set<Moment> moments = EnumSet.noneOf(Moment.class);
        many(TARGET)
                .forEach(schedule -> schedule.faults().forEach(fault -> {
                    kinds.add(fault.kind());
                    moments.add(fault.in());
                }));
        assertThat(kinds).containsExactlyInAnyOrder(FaultKind.values());
        assertThat(moments)
                .contains(
                        Moment.ARMED,
                        Moment.SHIFTING,
                        Moment.BAKING,
                        Moment.WATCHING,
                        Moment.ROLLING_BACK,
                        Moment.RECOVERING);
    }

    @Test
    void aBadVersionMeetsUsersAndNothingIsDrawnForBehindIt() {
        for (Schedule schedule : many(TARGET)) {
            schedule.faults().stream().filter(f -> f.kind().isHarm()).forEach(harm -> {
                if (harm.in() == Moment.BAKING) {
                    RolloutSpec.Phase phase = TARGET.phases().get(harm.phase());
                    assertThat(phase.weight()).isPositive();
                    assertThat(schedule.faults())
                            .as("seed %s", schedule.seed())
                            .allSatisfy(f -> assertThat(f.phase()).isLessThanOrEqualTo(harm.phase()));
                }
            });
        }
    }

    @Test
    void whatAContractDoesNotHaveCanNotFail() {
        Target bare = new Target(TARGET.phases(), Sample.PACE, false, false);
        for (Schedule schedule : many(bare)) {
            assertThat(schedule.faults())
                    .allSatisfy(f -> assertThat(f.kind().port).isNotIn(FaultKind.Port.CHECK, FaultKind.Port.ACTION));
        }
        // the example has both
        assertThat(TARGET.validated()).isTrue();
        assertThat(TARGET.acts()).isTrue();
    }

    @Test
    void aContractWithoutPhasesIsWatched() {
        Target none = new Target(List.of(), Sample.PACE, true, true);
        for (Schedule schedule : many(none)) {
            assertThat(schedule.faults()).allSatisfy(f -> assertThat(f.phase()).isEqualTo(-1));
        }
    }
}
