// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.lint.LintResult;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.evidence.Status;
import io.jenkins.plugins.releaseguard.testing.CheckCase;
import io.jenkins.plugins.releaseguard.testing.CheckCaseFixture;
import io.jenkins.plugins.releaseguard.testing.CheckFixture;
import io.jenkins.plugins.releaseguard.testing.ContractMistakesFixture;
import io.jenkins.plugins.releaseguard.testing.FixFollower;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * F10: each field that evidence proposes in its fix, of every check in every world that doesn't pass, is written where it belongs, and lint
 * takes it. Whether the world is better then only the world can tell.
 */
class FollowedEvidenceFixTest {
    private static final Variables VARIABLES = new Variables(Map.of("VERSION", "2.4.0"), Set.of());
    /** Words of a sentence before a colon. */
    private static final Set<String> WORDS = Set.of("anew", "day", "it", "same");

    private static final Set<String> LANGUAGE =
            Arrays.stream(ReadRule.values()).map(ReadRule::id).collect(Collectors.toSet());

    @Test
    void whatEvidenceProposesIsTakenByLint() {
        Map<String, String> wrong = new TreeMap<>();
        Set<String> followed = new TreeSet<>();
        for (CheckCase sample : CheckCaseFixture.all()) {
            if (sample.says() != Status.PASS) {
                String fix = CheckFixture.at(sample.check(), sample.context()).fix();
                FixFollower.fields(fix).forEach((key, value) -> {
                    boolean fresh = !WORDS.contains(key) && followed.add(key + ": " + value + " of " + fix);
                    if (fresh && !isTaken(sample.check(), key, value)) {
                        wrong.put(fix, key + ": " + value + " in " + sample.check());
                    }
                });
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(followed).isNotEmpty();
    }

    private static boolean isTaken(String check, String key, String value) {
        String line = "  - {id: DEP-002, type: Criteria, owner: qa, verify: {" + check + "}}";
        String contract = ContractMistakesFixture.BASE + line + "\n";
        Position at = new Position(
                "release.yaml",
                (int) ContractMistakesFixture.BASE.lines().count() + 1,
                line.indexOf(check) + check.indexOf(':') + 4);
        List<String> before = said(contract);
        return FixFollower.withField(contract, at, key, value).stream().anyMatch(changed -> {
            List<String> fresh = new ArrayList<>(said(changed));
            before.forEach(fresh::remove);
            return fresh.isEmpty();
        });
    }

    /** Of the language, and of checks. */
    private static List<String> said(String contract) {
        return LintResult.of(contract, "release.yaml", VARIABLES, Catalog.STANDARD.reader()).problems().stream()
                .filter(p -> LANGUAGE.contains(p.rule()) || p.rule().startsWith("RG-CHECK"))
                .filter(p -> p.severity() != Severity.NOTE)
                .map(p -> p.rule() + " " + p.message())
                .toList();
    }
}
