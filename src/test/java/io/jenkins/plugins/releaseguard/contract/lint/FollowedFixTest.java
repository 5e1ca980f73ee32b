// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.catalog.Catalog;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Problem;
import io.jenkins.plugins.releaseguard.contract.Severity;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.contract.write.ContractText;
import io.jenkins.plugins.releaseguard.testing.ContractMistakesFixture;
import io.jenkins.plugins.releaseguard.testing.FixFollower;
import io.jenkins.plugins.releaseguard.testing.TextFixFollower;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every fix that lint proposes is done to the contract that it was proposed for, and the result is linted: what was found is gone, and
 * nothing new of the same rule, of the language or about checks and who signs is there. What a fix says in words only stands in
 * fixes-by-hand.tsv with the reason. Each rule is broken in LintTest or in the mistakes of newcomers, so that a new rule's fixes are
 * followed here, too: in YAML, and in the text form, which has what can be written in both and mistakes of its own.
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

    /** Queries that are of something else than their field, or of nobody knows what. */
    private static final String QUERIES = """
            kind: rate, errors: 'sum(rate(e_total{track="$track"}[5m]))', total: 'sum(increase(t_total{track="$track"}[$window]))'
            kind: rate, errors: 'sum(increase(e_total{track="$track"}[$window]))', total: 'sum(rate(t_total{track="$track"}[5m])) / 2'
            kind: rate, errors: 'sum(increase(e_total{track="$track"}[5m]))', total: 'sum(increase(t_total{track="$track"}[5m]))'
            kind: rate, errors: 'sum(e_total{track="$track"})', total: 'sum(t_total{track="$track"})'
            kind: rate, errors: 'sum(rate(e_total{track="$track"}[5m])) + sum(increase(f_total{track="$track"}[$window]))', total: 'sum(increase(t_total{track="$track"}[$window]))'
            kind: rate, errors: 'sum(increase(e_total[$window]))', total: 'sum(increase(t_total[$window]))'
            kind: rate, errors: 'sum(increase(e_total{track="$track"}[$window])) / sum(increase(t_total{track="$track"}[$window]))', total: 'sum(increase(t_total{track="$track"}[$window]))'
            kind: rate, errors: 'sum(', total: 'sum(increase(t_total{track="$track"}[$window]))'
            kind: latency, unit: ms, histogram: 'd_seconds_sum{track="$track"}'
            kind: latency, unit: ms, histogram: 'd_bucket{track="$track"}'
            kind: latency, unit: ms, histogram: 'histogram_quantile(0.99, sum by (le) (rate(d_seconds_bucket{track="$track"}[5m])))'
            kind: latency, unit: ms, values: 'd_seconds_bucket{track="$track"}'
            kind: gauge, values: 'e_total{track="$track"}'
            kind: gauge, values: 'up{track="$track"} > 1'
            kind: count, values: 'level{track="$track"}'
            """;

    private static final Map<String, List<Problem>> LINTED = new ConcurrentHashMap<>();

    private static final String TEXT = """
            ---
            release: {service: shop, version: "1", owner: team}
            metrics:
              - {id: MON-001, kind: rate, source: p, errors: 'sum(increase(e{track="$track"}[$window]))', total: 'sum(increase(t{track="$track"}[$window]))'}
            rollout: {router: r, phases: [10, 100], bake: 15m}
            ---

            DEP-001: Production
            Type: Environment
            Name: production
            Owner: ops

            DEP-002: Security scan clean
            Type: Criteria
            Owner: sec
            Verify: {sarif: {errors: "<= 0"}}

            DEP-004: Errors
            Type: Rollback
            Owner: ops
            Metric: MON-001
            Threshold: "> 2% of requests for 5 minutes"
            Procedure: [{traffic: 0}]
            """;

    /** What goes wrong in the text form: what stands there, and what people write instead. */
    private static final List<List<String>> TEXT_MISTAKES = List.of(
            List.of("DEP-002: Security", "DEP–002: Security"),
            List.of("DEP-002: Security scan clean\n", "Security scan clean\n"),
            List.of("\nDEP-002: Security scan clean\n", "\n---\n## Security scan clean\n"),
            List.of("Type: Criteria\n", ""),
            List.of("Type: Criteria", "Type: Criterium"),
            List.of("Type: Criteria", "Type:"),
            List.of("Owner: sec\n", ""),
            List.of("Owner: sec", "Owner: sec\nOwner: ops"),
            List.of("Owner: sec", "Ower: sec"),
            List.of("Owner: sec", "Owner:"),
            List.of("Verify: {sarif: {errors: \"<= 0\"}}", "Verify: {sarif: {eror: \"<= 0\"}}"),
            List.of("Verify: {sarif: {errors: \"<= 0\"}}", "Verify: {sarf: {errors: \"<= 0\"}}"),
            List.of("Verify: {sarif: {errors: \"<= 0\"}}", "Verify: {sarif: {errors: none}}"),
            List.of("Verify: {sarif: {errors: \"<= 0\"}}", "Verify: {tests: \"> 95%\"}"),
            List.of("Verify: {sarif: {errors: \"<= 0\"}}", "Verify: {sarif: {errors: \"<= 0\"}"),
            List.of("Threshold: \"> 2% of requests for 5 minutes\"", "Threshold: > 2 percents"),
            List.of("Threshold: \"> 2% of requests for 5 minutes\"", "Threshold: < 99.9%"),
            List.of("Threshold: \"> 2% of requests for 5 minutes\"\n", ""),
            List.of("Metric: MON-001", "Metric: MON-009"),
            List.of("Procedure: [{traffic: 0}]", "Procedure: [{trafic: 0}]"),
            List.of("Procedure: [{traffic: 0}]\n", ""),
            List.of("Name: production\n", ""),
            List.of("bake: 15m", "bake: 15"),
            List.of("bake: 15m", "baek: 15m"),
            List.of("kind: rate", "kind: ratio"),
            List.of("DEP-002: Security", "DEP-001: Security"),
            List.of("\nDEP-002: Security scan clean\n", "\n<!-- DEP-002: Security scan clean\n"),
            List.of("Owner: sec\n", "Owner: sec\n-->\n<!-- DEP-003: More -->\n"),
            List.of("\nDEP-001: Production\n", "\nLinked IDs: ARC-001\n\nDEP-001: Production\n"),
            List.of("Owner: ops\n\nDEP-002", "Owner: ops\n- [ ] Backup done\n\nDEP-002"),
            List.of("\nDEP-004", "\n| ID | Title | Type |\n|---|---|---|\n| | Scan | Criteria |\n\nDEP-004"),
            List.of("\nDEP-004", "\n## Before\n- [ ] Backup done\n\n---\n\nDEP-004"));

    /** The two ways to write a contract. */
    enum Form {
        YAML("release.yaml"),
        TEXT("release.md");

        private final String file;

        Form(String file) {
            this.file = file;
        }

        boolean follow(String contract, Problem problem, Predicate<String> works) {
            return this == YAML
                    ? FixFollower.follow(contract, problem, works)
                    : TextFixFollower.follow(contract, problem, works);
        }

        List<String> contracts() {
            return this == YAML ? inYaml() : inText();
        }
    }

    /** A fix that is said in words. */
    record ByHand(String rule, String begin, String reason, boolean inTextOnly) {
        boolean about(Form form, Problem problem) {
            return problem.rule().equals(rule) && problem.fix().startsWith(begin) && (!inTextOnly || form == Form.TEXT);
        }
    }

    static List<ByHand> byHand() throws IOException {
        return Files.readAllLines(BY_HAND).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("\t", -1))
                .map(cells -> new ByHand(cells[0], cells[1], cells[2], cells.length > 3))
                .toList();
    }

    private static List<Problem> lint(Form form, String contract) {
        List<Problem> known = LINTED.get(form.file + contract);
        if (known == null) {
            known = LintResult.of(contract, form.file, VARIABLES, Catalog.STANDARD.reader())
                    .problems();
            LINTED.put(form.file + contract, known);
        }
        return known;
    }

    /** What can be read of those in YAML, written as text, and what goes wrong in text alone. */
    private static List<String> inText() {
        ContractText writer = new ContractText(Catalog.STANDARD.reader());
        List<String> written = inYaml().parallelStream()
                .map(yaml -> {
                    try {
                        return writer.of(Catalog.STANDARD.reader().parse(yaml, "release.yaml", VARIABLES));
                    } catch (ContractException e) {
                        return "";
                    }
                })
                .filter(text -> !text.isEmpty())
                .toList();
        assertThat(written).hasSizeGreaterThan(40);
        List<String> all = new ArrayList<>(written);
        for (List<String> mistake : TEXT_MISTAKES) {
            assertThat(TEXT).contains(mistake.get(0));
            all.add(TEXT.replace(mistake.get(0), mistake.get(1)));
        }
        return all;
    }

    private static List<String> inYaml() {
        return Stream.concat(
                        Stream.concat(
                                LintTest.broken().map(a -> (String) a.get()[2]),
                                ContractMistakesFixture.mistakes().map(a -> (String) a.get()[1])),
                        Stream.concat(
                                CHECKS.lines()
                                        .map(check -> ContractMistakesFixture.BASE
                                                + "  - {id: DEP-002, type: Criteria, owner: qa, verify: {" + check
                                                + "}}\n"),
                                Stream.concat(
                                        QUERIES.lines()
                                                .map(query -> ContractMistakesFixture.BASE.replace(
                                                        "kind: rate, source: prometheus, errors: e, total: t",
                                                        "source: prometheus, " + query)),
                                        LINES.lines()
                                                .map(line ->
                                                        ContractMistakesFixture.BASE.replace("  bake: 15m", line)))))
                .distinct()
                .toList();
    }

    record Proposed(Form form, String contract, Problem problem) {
        boolean follow(Predicate<String> works) {
            return form.follow(contract, problem, works);
        }
    }

    /** Each fix with the contracts that it was proposed for. */
    static Map<String, List<Proposed>> proposed(Form form) {
        List<String> contracts = form.contracts();
        contracts.parallelStream().forEach(contract -> lint(form, contract));
        Map<String, List<Proposed>> fixes = new TreeMap<>();
        for (String contract : contracts) {
            for (Problem problem : lint(form, contract)) {
                if (problem.fix() != null && !problem.fix().isEmpty()) {
                    fixes.computeIfAbsent(problem.rule() + ": " + problem.fix(), key -> new ArrayList<>())
                            .add(new Proposed(form, contract, problem));
                }
            }
        }
        return fixes;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsProposedMendsWhatWasFound(Form form) throws IOException {
        List<ByHand> byHand = byHand();
        Map<String, String> wrong = new ConcurrentSkipListMap<>();
        proposed(form).entrySet().parallelStream().forEach(fix -> {
            List<Proposed> places = fix.getValue();
            if (byHand.stream().noneMatch(hand -> hand.about(form, places.get(0).problem()))) {
                String outcome = best(places);
                if (!outcome.isEmpty()) {
                    wrong.put(fix.getKey(), outcome);
                }
            }
        });

        assertThat(wrong)
                .as("mend the fix, or say in %s why nothing can be done by rote", BY_HAND)
                .isEmpty();
    }

    @Test
    void whatIsSaidByHandIsProposedStill() throws IOException {
        List<ByHand> byHand = byHand();
        List<Proposed> all = Stream.of(Form.values())
                .flatMap(form -> proposed(form).values().stream())
                .flatMap(List::stream)
                .toList();

        assertThat(byHand.stream().filter(hand -> !hand.begin().equals("*")))
                .as("fixes that are no longer proposed")
                .allMatch(hand -> all.stream().anyMatch(place -> hand.about(place.form(), place.problem())));
        assertThat(byHand).allMatch(hand -> !hand.reason().isBlank());
    }

    /** Where a fix offers several things, each of them does. */
    @Test
    void everyAlternativeMendsIt() throws IOException {
        List<ByHand> byHand = byHand();
        Set<String> wrong = new ConcurrentSkipListSet<>();
        proposed(Form.YAML).entrySet().parallelStream().forEach(fix -> {
            Proposed place = fix.getValue().get(0);
            List<String> fragments = FixFollower.fragments(place.problem());
            if (fragments.size() > 1 && byHand.stream().noneMatch(hand -> hand.about(place.form(), place.problem()))) {
                for (String fragment : fragments) {
                    if (!FixFollower.follow(
                            place.contract(),
                            place.problem(),
                            fragment,
                            text -> wrong(place, text).isEmpty())) {
                        wrong.add(fix.getKey() + " with " + fragment);
                    }
                }
            }
        });

        assertThat(wrong).isEmpty();
    }

    @Test
    void everyRuleProposesSomethingHereOrIsBrokenElsewhere() throws IOException {
        Set<String> rules = inYaml().stream()
                .flatMap(contract -> lint(Form.YAML, contract).stream())
                .map(Problem::rule)
                .collect(Collectors.toSet());
        Set<String> elsewhere = byHand().stream()
                .filter(hand -> hand.begin().equals("*"))
                .map(ByHand::rule)
                .collect(Collectors.toSet());

        assertThat(Lint.rules().stream().map(LintRule::id)).isSubsetOf(rules);
        assertThat(LANGUAGE.stream().filter(rule -> !rules.contains(rule))).isSubsetOf(elsewhere);
    }

    /** Empty where it works out in one of the contracts; else what went wrong last. */
    private static String best(List<Proposed> places) {
        String[] wrong = {"nothing in it can be done by rote"};
        for (Proposed place : places.subList(0, Math.min(3, places.size()))) {
            if (place.follow(text -> (wrong[0] = wrong(place, text)).isEmpty())) {
                return "";
            }
        }
        return wrong[0];
    }

    static String wrong(Proposed place, String followed) {
        Problem problem = place.problem();
        List<String> before = new ArrayList<>(lint(place.form(), place.contract()).stream()
                .map(FollowedFixTest::said)
                .toList());
        List<String> fresh = new ArrayList<>();
        for (Problem p : lint(place.form(), followed)) {
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
