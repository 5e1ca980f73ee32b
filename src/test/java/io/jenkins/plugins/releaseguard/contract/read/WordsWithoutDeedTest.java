// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.testing.ContractMistakesFixture;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a contract may say and nothing carries out is refused, with the place and what to write; it was taken without a word. */
class WordsWithoutDeedTest {
    private static String said(String contract) {
        ContractException refused = catchThrowableOfType(
                ContractException.class,
                () -> Catalog.STANDARD.reader().parse(contract, "release.yaml", Variables.unresolved(Map.of())));
        assertThat(refused).as(contract).isNotNull();
        return refused.problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    private static String with(String from, String to) {
        assertThat(ContractMistakesFixture.BASE).contains(from);
        return ContractMistakesFixture.BASE.replace(from, to);
    }

    private static String entry(String fields) {
        return ContractMistakesFixture.BASE + "  - {id: DEP-002, owner: team, " + fields + "}\n";
    }

    @ParameterizedTest(name = "strategy: {0}")
    @CsvSource({
        "blue-green, no router is switched over by it",
        "rolling, nothing replaces instances one by one",
        "flag, no flag service moves users phase by phase",
        "auto, nothing chooses a strategy by risk and reach"
    })
    void aStrategyOtherThanTheCanary(String strategy, String why) {
        assertThat(said(with("bake: 15m", "strategy: " + strategy)))
                .startsWith("release.yaml:8:13: error: strategy: " + strategy + " is not carried out: " + why
                        + " [RG-DEED]")
                .contains("take it out");
    }

    @Test
    void theCanaryIsCarriedOut() throws ContractException {
        String canary = with("bake: 15m", "strategy: canary");
        assertThat(Catalog.STANDARD
                        .reader()
                        .parse(canary, "release.yaml", Variables.unresolved(Map.of()))
                        .rollout()
                        .notInPhases())
                .isEmpty();
    }

    /** The gate decided by the last of them: one that failed before it let the release go. */
    @Test
    void twoChecksOfOneKindInACriterion() throws ContractException {
        assertThat(
                        said(
                                entry(
                                        "type: Criteria, verify: [{tests: {results: a.xml}}, {artifact: x.jar, tests: {results: b.xml}}]")))
                .contains(
                        "error: DEP-002 has the check tests twice, and only one of them would count [RG-DEED] -> make an"
                                + " entry for each");
        // a validation goes by the worst of all its checks
        String both = entry(
                "type: Validation, verify: [{http: {url: \"https://a.example\"}}, {http: {url: \"https://b.example\"}}]");
        assertThat(Catalog.STANDARD
                        .reader()
                        .parse(both, "release.yaml", Variables.unresolved(Map.of()))
                        .entries())
                .hasSize(2);
    }

    @Test
    void whatIsIncludedBelongsToTheContract() throws ContractException {
        String shared = "apiVersion: release-guard/v1\nflags: [{id: shared-flag}]\n";
        assertThat(Catalog.STANDARD
                        .reader()
                        .parse(
                                ContractMistakesFixture.BASE + "include: [shared.yaml]\n",
                                "release.yaml",
                                Variables.unresolved(Map.of()),
                                path -> shared)
                        .flags())
                .singleElement()
                .satisfies(flag -> assertThat(flag.id()).isEqualTo("shared-flag"));
    }

    @Test
    void aStrategyThatAVariableStandsFor() {
        ContractException refused = catchThrowableOfType(
                ContractException.class,
                () -> Catalog.STANDARD
                        .reader()
                        .parse(
                                with("bake: 15m", "strategy: ${HOW}"),
                                "release.yaml",
                                Variables.of(Map.of("VERSION", "1", "HOW", "rolling"))));
        assertThat(refused).hasMessageContaining("strategy: rolling is not carried out");
    }

    @Test
    void anAudienceThatARouterCantTell() {
        String phases = "phases: [internal, {weight: 5, audience: beta}, 100]";
        assertThat(said(with("bake: 15m", "router: r\n  " + phases)))
                .startsWith("release.yaml:9:44: error: audience: beta is not carried out: a router moves a share of all"
                        + " users, and can't tell these [RG-DEED]")
                .contains("CANARY_AUDIENCE");
        // a body is told it, and chooses the users itself
        assertThatCode(() -> Catalog.STANDARD
                        .reader()
                        .parse(with("bake: 15m", phases), "release.yaml", Variables.unresolved(Map.of())))
                .doesNotThrowAnyException();
        assertThatCode(() -> Catalog.STANDARD
                        .reader()
                        .parse(
                                with("bake: 15m", "router: r\n  phases: [{weight: internal, audience: internal}, 100]"),
                                "release.yaml",
                                Variables.unresolved(Map.of())))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "Criteria, Deploy, never again",
        "Criteria, Post-deploy, never again",
        "Criteria, Rollback, never again",
        "Validation, Pre-deploy, at no other time",
        "Validation, Deploy, at no other time",
        "Validation, Rollback, at no other time",
        "Rollback, Pre-deploy, nothing is rolled back before traffic moves",
        "Environment, Rollback, no environment is passed through"
    })
    void anEntryInAStageWhereNothingLooksAtIt(String type, String stage, String why) {
        String name = type.equals("Environment") ? ", name: n" : "";
        assertThat(said(entry("type: " + type + name + ", stage: " + stage)))
                .contains("error: stage: " + stage + " is not carried out: ", why, "[RG-DEED]", "take it out");
        String plain = "---\nrelease: {service: checkout, version: '1', owner: team}\n---\nDEP-002: A title\nType: "
                + type + "\nStage: " + stage + "\nOwner: team\nName: n\n";
        assertThat(catchThrowableOfType(
                        ContractException.class,
                        () -> Catalog.STANDARD.reader().parse(plain, "release.md", Variables.none())))
                .hasMessageContaining("stage: " + stage + " is not carried out");
    }

    @Test
    void anAgeOfWhatIsLookedAtAnew() {
        assertThat(said(entry("type: Validation, verify: {command: {run: ./smoke, maxAge: 1h}}")))
                .contains("maxAge does nothing in the check command of DEP-002", "[RG-DEED]", "take it out");
        assertThat(said(entry(
                        "type: Rollback, procedure: [{traffic: 0}], check: {command: {run: ./smoke, maxAge: 1h}}")))
                .contains("maxAge does nothing in the check command of DEP-002", "[RG-DEED]");
    }

    @Test
    void aThresholdBesideACheck() {
        String check = "type: Rollback, procedure: [{traffic: 0}], check: {command: ./integrity}, threshold: ";
        assertThat(said(entry(check + "'> 2% for 5m'")))
                .contains(
                        "the threshold of DEP-002 is not held against anything: its check says itself when it fails"
                                + " [RG-DEED]",
                        "write here only how long it must fail: \"> 0 for 2 minutes\"");
        assertThat(said(entry(check + "'> 0'"))).contains("[RG-DEED]");
        assertThatCode(() -> Catalog.STANDARD
                        .reader()
                        .parse(entry(check + "'> 0 for 2 minutes'"), "release.yaml", Variables.unresolved(Map.of())))
                .doesNotThrowAnyException();
    }

    /** A release in motion, begun by a version that took the word, must be taken up again. */
    @Test
    void whatWasTakenBeforeIsReadAgain() {
        for (String contract : List.of(
                with("bake: 15m", "strategy: rolling\n  router: r\n  phases: [{weight: 5, audience: beta}, 100]"),
                entry("type: Validation, stage: Deploy, verify: {command: {run: ./smoke, maxAge: 1h}}"))) {
            assertThatCode(() -> Catalog.STANDARD
                            .reader()
                            .withKindsGone()
                            .parse(contract, "release.yaml", Variables.unresolved(Map.of())))
                    .doesNotThrowAnyException();
        }
    }
}
