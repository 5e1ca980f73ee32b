// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.testing.Deeds;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No word without a deed: whatever a contract may say has a test that sees what it does, or is refused. The list is {@code
 * deeds/contract.tsv}; a word that is new must come with its line.
 */
class DeedsTest {
    private static final Map<String, Boolean> WORDS = ContractWords.all(Catalog.STANDARD.specs());

    @Test
    void everyWordHasItsDeed() throws IOException {
        assertThat(Deeds.read("contract.tsv").against(WORDS.keySet())).isEmpty();
    }

    @Test
    void whatIsRefusedIsListedSo() throws IOException {
        Map<String, String> lines = Deeds.read("contract.tsv").lines();
        WORDS.forEach((word, refused) -> assertThat(lines.getOrDefault(word, "").startsWith(Deeds.REFUSED))
                .as(word)
                .isEqualTo(refused));
    }

    static Stream<String> refused() throws IOException {
        return Deeds.read("contract.tsv").lines().entrySet().stream()
                .filter(line -> line.getValue().startsWith(Deeds.REFUSED))
                .map(line -> line.getKey() + "\t" + line.getValue().substring(Deeds.REFUSED.length()));
    }

    /** A contract with nothing but the word is refused by the rule that the list names, at the word, with what to write. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void aRefusedWordIsRefused(String line) {
        String[] parts = line.split("[.=\t]");
        String field = parts[1] + ": " + parts[2];
        String contract = "apiVersion: release-guard/v1\nrelease: {service: s, version: '2'}\n"
                + (parts[0].equals("rollout")
                        ? "rollout: {" + field + "}\n"
                        : "entries: [{id: DEP-1, type: " + parts[0] + ", name: n, " + field + "}]\n");
        ContractException refused = catchThrowableOfType(
                ContractException.class,
                () -> Catalog.STANDARD.reader().parse(contract, "release.yaml", Variables.none()));
        assertThat(refused).as(contract).isNotNull();
        assertThat(refused.problems()).anySatisfy(problem -> {
            assertThat(problem.isError()).isTrue();
            assertThat(problem.rule()).isEqualTo(parts[3]);
            assertThat(problem.message()).startsWith(field + " is not carried out");
            assertThat(problem.fix()).isNotBlank();
            assertThat(problem.at().line()).isEqualTo(3);
            assertThat(problem.at().column())
                    .isEqualTo(contract.lines().toList().get(2).indexOf(field) + parts[1].length() + 3);
        });
    }
}
