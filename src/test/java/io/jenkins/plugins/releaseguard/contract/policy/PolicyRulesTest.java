// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.EntryType;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.grammar.ThresholdParser;
import io.jenkins.plugins.releaseguard.contract.policy.Policy.RequiredApproval;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.text.Glob;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyRulesTest {
    private static final Policy POLICY = policy(true);

    @Test
    void oneMoreEnvironmentTakesNoDemandAway() throws Exception {
        Policy all = new Policy(
                "all",
                POLICY.entries(),
                POLICY.checks(),
                POLICY.approval(),
                POLICY.protectedEnvironments(),
                POLICY.branches(),
                POLICY.ledgers(),
                POLICY.longestObjective(),
                POLICY.shortestBake(),
                POLICY.largestFirstWeight(),
                true,
                true);
        Policy more = all.alsoProtecting("sandbox");
        assertThat(more.protects("sandbox")).isTrue();
        for (RecordComponent component : Policy.class.getRecordComponents()) {
            if (!component.getName().equals("protectedEnvironments")) {
                assertThat(component.getAccessor().invoke(more))
                        .as(component.getName())
                        .isEqualTo(component.getAccessor().invoke(all));
            }
        }
        assertThat(more.protectedEnvironments()).containsAll(all.protectedEnvironments());
    }

    private static Policy policy(boolean waivers) {
        return new Policy(
                "payments",
                Set.of(EntryType.ENVIRONMENT, EntryType.ROLLBACK, EntryType.VALIDATION),
                List.of(
                        new RequiredCheck("tests", Map.of("passRate", threshold(">= 95%"))),
                        new RequiredCheck("artifact", Map.of())),
                new RequiredApproval(1, Set.of("group:release-managers")),
                Set.of("prod*"),
                Set.of("main", "release/*"),
                Set.of("payments/*"),
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                5,
                waivers);
    }

    private static Threshold threshold(String text) {
        try {
            return ThresholdParser.parse(text, new Position("test", 1, 1));
        } catch (ContractException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Contract sample(String from, String to) throws ContractException, IOException {
        String text =
                Files.readString(Path.of("src/test/resources/io/jenkins/plugins/releaseguard/contract/whole.yaml"));
        assertThat(text).contains(from);
        return Catalog.STANDARD.reader().parse(text.replace(from, to), "release.yaml", Variables.unresolved(Map.of()));
    }

    private static Contract none() throws ContractException {
        return Catalog.STANDARD
                .reader()
                .parse(
                        "apiVersion: release-guard/v1\nrelease: {service: s, version: '1'}\n",
                        "release.yaml",
                        Variables.none());
    }

    private static List<String> rules(Policy policy, String from, String to) throws ContractException, IOException {
        return PolicyRules.check(sample(from, to), policy).stream()
                .map(Problem::rule)
                .toList();
    }

    @Test
    void theSampleHoldsIt() throws ContractException, IOException {
        assertThat(PolicyRules.check(sample("", ""), POLICY)).isEmpty();
        assertThat(PolicyRules.check(sample("", ""), Policy.NONE)).isEmpty();
    }

    @Test
    void tighteningIsAllowed() throws ContractException, IOException {
        assertThat(rules(POLICY, "passRate: \">95%\"", "passRate: \"= 100%\"")).isEmpty();
        assertThat(rules(POLICY, "objective: 60s", "objective: 30s")).isEmpty();
        assertThat(rules(POLICY, "  bake: 15m", "  bake: 25m")).isEmpty();
        assertThat(rules(POLICY, "count: 1", "count: 2")).isEmpty();
    }

    @Test
    void droppingIsNot() throws ContractException, IOException {
        assertThat(rules(POLICY, "passRate: \">95%\"", "passRate: \">90%\"")).containsExactly("RG-POLICY-CHECK");
        assertThat(rules(POLICY, "passRate: \">95%\"", "failures: \"<= 5\", passRate: \"> 94.9%\""))
                .containsExactly("RG-POLICY-CHECK");
        assertThat(rules(
                        POLICY,
                        "artifact: {file: dist/checkout.tar.gz, sha256: \"${ARTIFACT_SHA256}\"}",
                        "command: ./x"))
                .containsExactly("RG-POLICY-CHECK");
        assertThat(rules(POLICY, "requirement: The file to", "blocker: no\n    requirement: The file to"))
                .containsExactly("RG-POLICY-CHECK");
        assertThat(rules(POLICY, "of: [group:release-managers]", "of: [group:release-managers, interns]"))
                .containsExactly("RG-POLICY-APPROVAL");
        // a policy's group is no user of that name, and a bare name may come to mean one
        for (String other : List.of("user:release-managers", "release-managers", "Group:release-managers")) {
            assertThat(rules(POLICY, "of: [group:release-managers]", "of: [\"" + other + "\"]"))
                    .as(other)
                    .contains("RG-POLICY-APPROVAL");
        }
        assertThat(rules(POLICY, "count: 1", "author: yes, count: 1")).containsExactly("RG-POLICY-APPROVAL");
        assertThat(rules(POLICY, "count: 1", "otherwise: conditional, count: 1"))
                .containsExactly("RG-POLICY-APPROVAL");
        assertThat(rules(POLICY, "objective: 60s", "objective: 5m")).containsExactly("RG-POLICY-OBJECTIVE");
        assertThat(rules(POLICY, "  bake: 15m", "  bake: 14m")).containsOnly("RG-POLICY-ROLLOUT");
        assertThat(rules(POLICY, "phases: [internal, 1, 5,", "phases: [internal,"))
                .containsExactly("RG-POLICY-ROLLOUT");
        Policy steps = new Policy(
                "x",
                Set.of(EntryType.STEP),
                List.of(),
                null,
                Set.of(),
                Set.of(),
                Set.of(),
                null,
                null,
                Double.NaN,
                true);
        assertThat(PolicyRules.check(none(), steps)).extracting(Problem::rule).containsExactly("RG-POLICY-ENTRY");
    }

    @Test
    void protectionStaysWhereTheContractDropsIt() throws ContractException, IOException {
        Contract open = sample("    protected: yes\n", "");

        assertThat(PolicyRules.isProtected(open, POLICY, "production")).isTrue();
        assertThat(PolicyRules.isProtected(open, Policy.NONE, "production")).isFalse();
        assertThat(PolicyRules.branch(open, POLICY, "production", "feature/x"))
                .get()
                .extracting(Problem::rule)
                .isEqualTo("RG-POLICY-BRANCH");
        assertThat(PolicyRules.branch(open, POLICY, "production", "release/2.4"))
                .isEmpty();
        assertThat(PolicyRules.branch(open, POLICY, "staging", "feature/x")).isEmpty();
    }

    @Test
    void contractsWaiveNothingThatIsDemanded() throws ContractException, IOException {
        String from = "title: Tests pass\n";
        String to = from + "    waived: {by: cto, reason: hurry, until: 2026-12-01}\n";

        assertThat(rules(policy(false), from, to)).containsExactly("RG-POLICY-WAIVER");
        assertThat(rules(policy(true), from, to)).containsExactly("RG-POLICY-WAIVER");
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource({
        "release/*, release/2.4, true", "*, anything, true", "main, main, true", "main, maine, false",
                "a*b*c, aXbYc, true",
        "a*b*c, aXbY, false", "*x, xx, true", "'', '', true", "'', a, false", "**, a, true"
    })
    void wildcards(String pattern, String text, boolean matches) {
        assertThat(Glob.matchesText(pattern, text)).isEqualTo(matches);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "> 95%  | >= 95% | true",
                ">= 95% | > 95% | false",
                "> 95.1% | > 95% | true",
                "= 100% | > 95% | true",
                "< 5 | <= 5 | true",
                "<= 5 | < 5 | false",
                "<= 4 | < 5 | true",
                "<= 0 | = 0 | false",
                "> 95% | <= 5 | false",
                "<= 1h | <= 24h | true",
                "> 95 | > 95% | false"
            })
    void strictness(String own, String demanded, boolean strict) {
        assertThat(RequiredCheck.asStrict(threshold(own), threshold(demanded))).isEqualTo(strict);
    }
}
