// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whether what the simulation finds in {@link PlantedBugsTest} comes from what is planted: an engine with nothing in it breaks no rule. */
class NothingPlantedTest {
    @Test
    void nothingIsFoundWhereNothingIsPlanted() throws Exception {
        try (Planter planter = new Planter()) {
            assertThat(PlantedBugsTest.search(planter, Planted.bug("nothing", ""), 300))
                    .isEmpty();
        }
    }
}
