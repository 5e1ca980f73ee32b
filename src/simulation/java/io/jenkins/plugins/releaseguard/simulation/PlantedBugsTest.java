// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether the simulation finds what it is for: faults that were, and some that might have been, are planted into the engine as it is
 * today, one at a time, and it has to break the rule that each is against.
 */
class PlantedBugsTest {
    private static final int LEAST = 20;

    private static Planter planter;

    @BeforeAll
    static void begin() {
        planter = new Planter();
    }

    @AfterAll
    static void end() throws Exception {
        planter.close();
    }

    static Stream<Planted> all() {
        return Stream.of(PlantedInRunner.all(), PlantedInRecord.all(), PlantedInRules.all())
                .flatMap(List::stream);
    }

    /** The seed, how many were tried before, and what was broken. */
    @SuppressWarnings("unchecked")
    static List<String> search(Planter planter, Planted bug, int most) throws ReflectiveOperationException {
        Class<?> search = planter.plant(bug).loadClass(Search.class.getName());
        Object found = search.getConstructor(int.class).newInstance(most);
        return ((BiFunction<List<String>, String, List<String>>) found).apply(bug.meeting(), bug.rule());
    }

    @ParameterizedTest
    @MethodSource("all")
    void isFound(Planted bug) throws ReflectiveOperationException {
        assertThat(bug.rule()).isNotEmpty();
        List<String> found = search(planter, bug, 3000);
        assertThat(found).as("a schedule that breaks '%s'", bug.rule()).isNotEmpty();
        System.out.println(
                bug.name() + ": seed " + found.get(0) + ", the " + found.get(1) + ". tried: " + found.get(2));
    }

    @Test
    void eachIsAnotherAndThereAreEnough() {
        assertThat(all().map(Planted::name)).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(LEAST);
    }
}
