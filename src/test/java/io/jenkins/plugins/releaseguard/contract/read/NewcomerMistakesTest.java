// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.testing.ContractMistakesFixture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mistakes that people make with their first contract, and what they are told. The whole line is compared: it is the
 * product.
 */
class NewcomerMistakesTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.jenkins.plugins.releaseguard.testing.ContractMistakesFixture#mistakes")
    void tellsWhatIsWrongAndWhatToDo(String mistake, String contract, String message) {
        assertThat(lines(contract)).contains(message);
    }

    @Test
    void thereAreFortyAndMore() {
        assertThat(ContractMistakesFixture.mistakes()
                        .map(a -> a.get()[1])
                        .distinct()
                        .count())
                .isGreaterThanOrEqualTo(40);
        assertThat(lines(ContractMistakesFixture.BASE))
                .noneMatch(l -> l.contains("error:") && !l.contains("RG-R") && !l.contains("-PRESENT"));
    }

    private static List<String> lines(String contract) {
        Variables variables = new Variables(Map.of("VERSION", "2.4.0"), Set.of("DB_PASSWORD"));
        try {
            return Catalog.STANDARD.lint(Catalog.STANDARD.reader().parse(contract, "release.yaml", variables)).stream()
                    .map(Problem::toString)
                    .toList();
        } catch (ContractException e) {
            return e.getMessage().lines().toList();
        }
    }
}
