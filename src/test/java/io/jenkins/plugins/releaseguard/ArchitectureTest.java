// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom. */
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.releaseguard";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            // ArchUnit's own option knows target/test-classes only, not the engine's build directory
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);

    @Test
    void onlyThePackageJenkinsKnowsJenkins() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".jenkins..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..")
                .check(CLASSES);
    }

    /**
     * Each room, and the rooms that it may know: the picture of docs/architecture.md. A room whose own folders have an order, a
     * row for each. What stands in no row may know nothing of ours.
     */
    private static final Map<String, List<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("text", List.of()),
            Map.entry("secret", List.of()),
            Map.entry("async", List.of()),
            Map.entry("http", List.of("async", "secret", "text")),
            Map.entry("lane", List.of("text")),
            Map.entry("journal", List.of("text")),
            Map.entry("ledger", List.of("journal", "text")),
            Map.entry("contract", List.of("text")),
            Map.entry("contract.schema", List.of("contract")),
            Map.entry("contract.grammar", List.of("contract", "text")),
            Map.entry("contract.promql", List.of("contract", "text")),
            Map.entry("contract.fill", List.of("contract.schema", "contract.grammar", "text")),
            Map.entry(
                    "contract.read",
                    List.of("contract", "contract.schema", "contract.grammar", "contract.fill", "text")),
            Map.entry(
                    "contract.lint",
                    List.of(
                            "contract",
                            "contract.schema",
                            "contract.grammar",
                            "contract.promql",
                            "contract.read",
                            "secret",
                            "text")),
            Map.entry(
                    "contract.write",
                    List.of("contract", "contract.schema", "contract.grammar", "contract.read", "text")),
            Map.entry("contract.carry", List.of("contract", "contract.grammar", "contract.promql")),
            Map.entry("contract.policy", List.of("contract", "text")),
            Map.entry("judge", List.of("text")),
            Map.entry("judge.rank", List.of("judge", "text")),
            Map.entry("judge.sequential", List.of("judge", "judge.rank", "text")),
            Map.entry("judge.oneshot", List.of("judge", "judge.rank", "text")),
            Map.entry("judge.kayenta", List.of("judge", "judge.rank", "text")),
            Map.entry("metric..", List.of("metric..", "async", "contract..", "journal", "http", "secret", "text")),
            Map.entry("effect..", List.of("effect..", "async", "contract..", "http", "secret", "text")),
            Map.entry("evidence", List.of("contract..", "effect..", "journal", "http", "text")),
            Map.entry("evidence.read", List.of("evidence", "contract..", "text")),
            Map.entry("evidence.read.sbom", List.of("evidence.read", "text")),
            Map.entry("evidence.read.tests", List.of("evidence", "evidence.read", "text")),
            Map.entry("evidence.local", List.of("evidence", "journal", "ledger", "text")),
            Map.entry(
                    "evidence.check.source",
                    List.of(
                            "evidence",
                            "evidence.read",
                            "evidence.read.tests",
                            "contract..",
                            "effect..",
                            "http",
                            "text")),
            Map.entry("evidence.check", List.of("evidence", "contract", "text")),
            Map.entry(
                    "evidence.check.report",
                    List.of(
                            "evidence",
                            "evidence.check",
                            "evidence.check.source",
                            "evidence.read",
                            "evidence.read.sbom",
                            "evidence.read.tests",
                            "contract..",
                            "text")),
            Map.entry(
                    "evidence.check.people",
                    List.of(
                            "evidence",
                            "evidence.check",
                            "evidence.check.source",
                            "evidence.read",
                            "contract..",
                            "journal",
                            "text")),
            Map.entry(
                    "evidence.check.release",
                    List.of(
                            "evidence",
                            "evidence.check",
                            "evidence.check.source",
                            "contract..",
                            "effect..",
                            "journal",
                            "text")),
            Map.entry(
                    "evidence.check.operation",
                    List.of(
                            "evidence",
                            "evidence.check",
                            "evidence.check.source",
                            "evidence.read",
                            "contract..",
                            "effect..",
                            "journal",
                            "http",
                            "text")),
            Map.entry("gate", List.of("evidence", "contract..", "journal", "secret", "text")),
            Map.entry("rollout.trigger", List.of("judge", "contract", "journal", "text")),
            Map.entry("rollout.sample", List.of("judge", "contract", "journal", "text")),
            Map.entry(
                    "rollout",
                    List.of(
                            "rollout.trigger",
                            "rollout.sample",
                            "judge..",
                            "metric",
                            "effect..",
                            "contract..",
                            "journal",
                            "text")),
            Map.entry(
                    "rollout.runner",
                    List.of(
                            "rollout",
                            "rollout.trigger",
                            "async",
                            "judge",
                            "metric",
                            "evidence",
                            "effect..",
                            "contract..",
                            "journal",
                            "lane",
                            "text")),
            Map.entry("forecast", List.of("rollout", "rollout.sample", "judge..", "contract..", "journal", "text")),
            Map.entry("forecast.past", List.of("forecast", "journal", "text")),
            Map.entry("report", List.of("journal", "ledger", "text")),
            Map.entry("report.view", List.of("report", "journal", "ledger", "text")),
            Map.entry("catalog", List.of("evidence..", "effect..", "contract..")));

    /** The same in the package jenkins, below the rooms of the engine. */
    private static final Map<String, List<String>> MAY_KNOW_IN_JENKINS = Map.ofEntries(
            Map.entry("catalog", List.of()),
            Map.entry("credential", List.of()),
            Map.entry("policy", List.of("catalog", "credential")),
            Map.entry("config..", List.of("config..", "policy", "credential")),
            Map.entry("scope", List.of("config")),
            Map.entry("forecast", List.of("scope")),
            Map.entry("ownership", List.of("scope", "config")),
            Map.entry("waiver", List.of("scope")),
            Map.entry("evidence", List.of("ownership", "scope", "config", "policy", "catalog")),
            Map.entry("effect", List.of("scope", "config")),
            Map.entry("page", List.of("config")),
            Map.entry(
                    "service",
                    List.of(
                            "catalog",
                            "ownership",
                            "waiver",
                            "scope",
                            "forecast",
                            "evidence",
                            "effect",
                            "page",
                            "config")),
            Map.entry("checks", List.of("service")),
            Map.entry("step", List.of("catalog", "ownership", "scope", "forecast", "evidence", "service")));

    static Stream<String> rooms() {
        return MAY_KNOW.keySet().stream().sorted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rooms")
    void eachRoomKnowsOnlyWhatStandsBelowIt(String room) {
        // the root itself has but the mark Beta
        String[] known = Stream.concat(
                        Stream.of(ROOT, ROOT + "." + room),
                        MAY_KNOW.get(room).stream().map(other -> ROOT + "." + other))
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(ROOT + "." + room)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(known)))
                .check(CLASSES);
    }

    static Stream<String> jenkinsRooms() {
        return MAY_KNOW_IN_JENKINS.keySet().stream().sorted();
    }

    @ParameterizedTest(name = "jenkins.{0}")
    @MethodSource("jenkinsRooms")
    void eachRoomOfJenkinsKnowsOnlyWhatStandsBelowIt(String room) {
        String jenkins = ROOT + ".jenkins";
        String[] known = Stream.concat(Stream.of(room), MAY_KNOW_IN_JENKINS.get(room).stream())
                .map(other -> jenkins + "." + other)
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(jenkins + "." + room)
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(jenkins + "..").or(resideInAnyPackage(known)))
                // the engine is built without them
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyRoomHasARow() {
        Set<String> rows = new TreeSet<>();
        MAY_KNOW.keySet().forEach(room -> rows.add(ROOT + "." + room));
        MAY_KNOW_IN_JENKINS.keySet().forEach(room -> rows.add(ROOT + ".jenkins." + room));
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT, ROOT + ".cli..")
                .should()
                .resideOutsideOfPackages(rows.toArray(String[]::new))
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".cli..", ROOT + ".jenkins..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".cli..", ROOT + ".jenkins..")
                .check(CLASSES);
    }

    /** Neither between rooms nor between the folders inside one: a folder and what lies in it count apart. */
    @Test
    void noCircles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return type.getPackageName().startsWith(ROOT + ".")
                                ? SliceIdentifier.of(type.getPackageName())
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "each package";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void onlyTheRolloutTheForecastAndTheCommandLineEnterTheJudgesRooms() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".judge..", ROOT + ".rollout..", ROOT + ".forecast", ROOT + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".judge.*..")
                .check(CLASSES);
    }

    @Test
    void decisionsHaveNoClockThreadOrInputOutput() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".judge..",
                        ROOT + ".rollout",
                        ROOT + ".rollout.trigger",
                        ROOT + ".rollout.sample",
                        ROOT + ".gate")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io", "java.nio..", "java.net..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.Clock.class)
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(CLASSES);
    }
}
