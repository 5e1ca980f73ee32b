// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.testing.ContractMistakesFixture;
import io.jenkins.plugins.releaseguard.testing.FixFollower;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every fix that lint proposes is done to the contract that it was proposed for, and the result is linted: what was found is gone, and
 * nothing new of the same rule, of the language or about checks and who signs is there. What a fix says in words only stands in
 * fixes-by-hand.tsv with the reason. Each rule is broken in LintTest or in the mistakes of newcomers, so that a new rule's fixes are
 * followed here, too.
 */
class FollowedFixTest {
    private static final Path BY_HAND =
            Path.of("src/test/resources/io/jenkins/plugins/releaseguard/contract/fixes-by-hand.tsv");
    private static final Variables VARIABLES = new Variables(
            Map.of("VERSION", "2.4.0", "GIT_COMMIT", "abc", "ARTIFACT_SHA256", "a".repeat(64)), Set.of("DB_PASSWORD"));
    private static final Set<String> LANGUAGE =
            Arrays.stream(ReadRule.values()).map(ReadRule::id).collect(Collectors.toSet());

    /** What a value, a shell, an address, a header or an expression may not be. */
    private static final String CHECKS = """
            command: "echo ${VERSION}"
            backup: {run: "cosign ${VERSION}"}
            capacity: {query: "a * ${VERSION}", source: p, limit: "< 1"}
            http: {url: "https://${VERSION}/x"}
            http: {endpoint: e, path: "..%2fadmin"}
            http: {endpoint: e, path: "..;/admin"}
            http: {endpoint: e, headers: {Host: a.example}}
            http: {endpoint: e, headers: {"X: y": z}}
            http: {endpoint: e, headers: {X-Team: "a\\nb"}}
            http: {endpoint: e, body: "v=${VERSION}"}
            changes: "(.*a){12}(?=c)"
            changes: "(a"
            approval: {of: ["user:${VERSION}"]}
            tests: {results: a.xml}, artifact: {file: x.jar, sha256: short}
            tests: {passRate: "> ${VERSION}"}
            """;

    private static final String LINES = """
              strategy: rolling
              strategy: blue-green
              strategy: flag
              strategy: auto
              strategy: !!java.lang.Object canary
              alpha: 5
              interval: 10ms
              blastRadius: -1
            """;

    private static final Map<String, List<Problem>> LINTED = new LinkedHashMap<>();

    /** A fix that is said in words. */
    private record ByHand(String rule, String begin, String reason) {
        boolean about(Problem problem) {
            return problem.rule().equals(rule) && problem.fix().startsWith(begin);
        }
    }

    private static List<ByHand> byHand() throws IOException {
        return Files.readAllLines(BY_HAND).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .map(cells -> new ByHand(cells[0], cells[1], cells[2]))
                .toList();
    }

    private static List<Problem> lint(String contract) {
        return LINTED.computeIfAbsent(
                contract,
                text -> LintResult.of(text, "release.yaml", VARIABLES, Catalog.STANDARD.reader())
                        .problems());
    }

    private static List<String> contracts() {
        return Stream.concat(
                        Stream.concat(
                                LintTest.broken().map(a -> (String) a.get()[2]),
                                ContractMistakesFixture.mistakes().map(a -> (String) a.get()[1])),
                        Stream.concat(
                                CHECKS.lines()
                                        .map(check -> ContractMistakesFixture.BASE
                                                + "  - {id: DEP-002, type: Criteria, owner: qa, verify: {" + check
                                                + "}}\n"),
                                LINES.lines().map(line -> ContractMistakesFixture.BASE.replace("  bake: 15m", line))))
                .distinct()
                .toList();
    }

    private record Proposed(String contract, Problem problem) {}

    /** Each fix with the contracts that it was proposed for. */
    private static Map<String, List<Proposed>> proposed() {
        Map<String, List<Proposed>> fixes = new TreeMap<>();
        for (String contract : contracts()) {
            for (Problem problem : lint(contract)) {
                if (problem.fix() != null && !problem.fix().isEmpty()) {
                    fixes.computeIfAbsent(problem.rule() + ": " + problem.fix(), key -> new ArrayList<>())
                            .add(new Proposed(contract, problem));
                }
            }
        }
        return fixes;
    }

    @Test
    void whatIsProposedMendsWhatWasFound() throws IOException {
        List<ByHand> byHand = byHand();
        Set<ByHand> used = new HashSet<>();
        Map<String, String> wrong = new TreeMap<>();
        proposed().forEach((fix, places) -> {
            List<ByHand> said = byHand.stream()
                    .filter(hand -> hand.about(places.get(0).problem()))
                    .toList();
            used.addAll(said);
            if (said.isEmpty()) {
                String outcome = best(places);
                if (!outcome.isEmpty()) {
                    wrong.put(fix, outcome);
                }
            }
        });

        assertThat(wrong)
                .as("mend the fix, or say in %s why nothing can be done by rote", BY_HAND)
                .isEmpty();
        assertThat(byHand.stream().filter(hand -> !hand.begin().equals("*")))
                .as("fixes that are no longer proposed")
                .allMatch(used::contains);
        assertThat(byHand).allMatch(hand -> !hand.reason().isBlank());
    }

    /** Where a fix offers several things, each of them does. */
    @Test
    void everyAlternativeMendsIt() throws IOException {
        List<ByHand> byHand = byHand();
        Set<String> wrong = new TreeSet<>();
        proposed().forEach((fix, places) -> {
            Proposed place = places.get(0);
            List<String> fragments = FixFollower.fragments(place.problem());
            if (fragments.size() > 1 && byHand.stream().noneMatch(hand -> hand.about(place.problem()))) {
                for (String fragment : fragments) {
                    if (!FixFollower.follow(
                            place.contract(),
                            place.problem(),
                            fragment,
                            text -> wrong(place, text).isEmpty())) {
                        wrong.add(fix + " with " + fragment);
                    }
                }
            }
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void everyRuleProposesSomethingHereOrIsBrokenElsewhere() throws IOException {
        Set<String> rules = contracts().stream()
                .flatMap(contract -> lint(contract).stream())
                .map(Problem::rule)
                .collect(Collectors.toSet());
        Set<String> elsewhere = byHand().stream()
                .filter(hand -> hand.begin().equals("*"))
                .map(ByHand::rule)
                .collect(Collectors.toSet());

        assertThat(Lint.rules()).extracting(LintRule::id).allMatch(rules::contains);
        assertThat(LANGUAGE.stream().filter(rule -> !rules.contains(rule))).isSubsetOf(elsewhere);
    }

    /** Empty where it works out in one of the contracts; else what went wrong last. */
    private static String best(List<Proposed> places) {
        String[] wrong = {"nothing in it can be done by rote"};
        for (Proposed place : places.subList(0, Math.min(3, places.size()))) {
            if (FixFollower.follow(
                    place.contract(), place.problem(), text -> (wrong[0] = wrong(place, text)).isEmpty())) {
                return "";
            }
        }
        return wrong[0];
    }

    private static String wrong(Proposed place, String followed) {
        Problem problem = place.problem();
        List<String> before = new ArrayList<>(
                lint(place.contract()).stream().map(FollowedFixTest::said).toList());
        List<String> fresh = new ArrayList<>();
        for (Problem p : lint(followed)) {
            boolean ours = p.rule().equals(problem.rule())
                    || LANGUAGE.contains(p.rule())
                    || p.rule().startsWith("RG-SIGNER")
                    || p.rule().startsWith("RG-CHECK");
            if (!before.remove(said(p)) && ours && p.severity() != Severity.NOTE) {
                fresh.add(said(p));
            }
        }
        return !before.contains(said(problem)) ? "it is still there" : fresh.isEmpty() ? "" : fresh.toString();
    }

    private static String said(Problem p) {
        return p.rule() + " " + p.message();
    }
}
