// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some schedules of the many that bin/test runs. */
class SimulationTest {
    private static final int SEEDS = 1000;
    private static final long FROM = 10_000_000;

    @Test
    void noRuleIsBroken() {
        Simulate simulate = Simulate.run(new Simulate.Options(FROM, SEEDS, 0, Duration.ofHours(1), 1));
        assertThat(simulate.failures)
                .as(() -> simulate.failures.stream().map(Simulate::text).collect(Collectors.joining("\n")))
                .isEmpty();
        assertThat(simulate.done.get()).isEqualTo(SEEDS);
    }

    /** Beside other work it would otherwise find nothing, and say that nothing is wrong. */
    @Test
    void theLeastIsDoneHoweverLittleTimeThereIs() {
        assertThat(Simulate.run(new Simulate.Options(FROM, 30, 20, Duration.ZERO, 1))
                        .done
                        .get())
                .isEqualTo(20);
        assertThat(Simulate.run(new Simulate.Options(FROM, 10, 20, Duration.ZERO, 1))
                        .done
                        .get())
                .isEqualTo(10);
    }

    /** A failing seed can be looked at again. */
    @Test
    void theSameSeedGoesTheSameWay(@TempDir Path folder) {
        for (long seed = FROM; seed < FROM + 50; seed++) {
            Schedule schedule = Schedule.of(seed);
            List<String> first = Simulation.trace(schedule, folder);
            assertThat(first).hasSizeGreaterThan(5);
            assertThat(Simulation.trace(schedule, folder)).as("%s", schedule).isEqualTo(first);
        }
    }
}
