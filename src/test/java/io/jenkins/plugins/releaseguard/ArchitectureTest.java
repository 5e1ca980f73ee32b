// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

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

    @Test
    void dependenciesPointDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("jenkins")
                .definedBy(ROOT + ".jenkins..")
                .layer("cli")
                .definedBy(ROOT + ".cli..")
                .layer("catalog")
                .definedBy(ROOT + ".catalog..")
                .layer("gate")
                .definedBy(ROOT + ".gate..")
                .layer("rollout")
                .definedBy(ROOT + ".rollout..")
                .layer("evidence")
                .definedBy(ROOT + ".evidence..")
                .layer("report")
                .definedBy(ROOT + ".report..")
                .layer("judge")
                .definedBy(ROOT + ".judge..")
                .layer("metric")
                .definedBy(ROOT + ".metric..")
                .layer("effect")
                .definedBy(ROOT + ".effect..")
                .layer("journal")
                .definedBy(ROOT + ".journal..")
                .layer("contract")
                .definedBy(ROOT + ".contract..")
                .whereLayer("jenkins")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("catalog")
                .mayOnlyBeAccessedByLayers("jenkins", "cli")
                .whereLayer("gate")
                .mayOnlyBeAccessedByLayers("jenkins", "cli")
                .whereLayer("rollout")
                .mayOnlyBeAccessedByLayers("jenkins", "cli")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("jenkins", "cli")
                .whereLayer("evidence")
                .mayOnlyBeAccessedByLayers("jenkins", "cli", "gate", "catalog")
                .whereLayer("judge")
                .mayOnlyBeAccessedByLayers("jenkins", "cli", "gate", "rollout", "evidence")
                .check(CLASSES);
    }

    /** The ground floor: what every room needs, and which needs no room; the root itself has but the mark Beta. */
    @Test
    void theGroundFloorKnowsNoOtherRoom() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".text..")
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(ROOT, ROOT + ".text..")))
                .check(CLASSES);
        classes()
                .that()
                .resideInAPackage(ROOT + ".http..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(ROOT + "..")
                        .or(resideInAnyPackage(ROOT, ROOT + ".http..", ROOT + ".text..")))
                .check(CLASSES);
    }

    @Test
    void noCircles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theReportReadsOnlyTheJournal() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".report..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(ROOT + "..")
                        .or(resideInAnyPackage(ROOT + ".report..", ROOT + ".journal..", ROOT + ".text..")))
                .check(CLASSES);
    }

    @Test
    void theReportDoesNotKnowHowItIsShown() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".report")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".report.view..")
                .check(CLASSES);
    }

    @Test
    void theJudgesRoomsKnowItsModelAndNeverBack() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("model")
                .definedBy(ROOT + ".judge")
                .layer("rank")
                .definedBy(ROOT + ".judge.rank")
                .layer("sequential")
                .definedBy(ROOT + ".judge.sequential")
                .layer("oneshot")
                .definedBy(ROOT + ".judge.oneshot")
                .layer("kayenta")
                .definedBy(ROOT + ".judge.kayenta")
                .whereLayer("model")
                .mayNotAccessAnyLayer()
                .whereLayer("rank")
                .mayOnlyAccessLayers("model")
                .whereLayer("sequential")
                .mayOnlyAccessLayers("model", "rank")
                .whereLayer("oneshot")
                .mayOnlyAccessLayers("model", "rank")
                .whereLayer("kayenta")
                .mayOnlyAccessLayers("model", "rank")
                .check(CLASSES);
        slices().matching(ROOT + ".judge.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheRolloutAndTheCommandLineEnterTheJudgesRooms() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".judge..", ROOT + ".rollout..", ROOT + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".judge.*..")
                .check(CLASSES);
    }

    @Test
    void decisionsHaveNoClockThreadOrInputOutput() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".judge..", ROOT + ".rollout", ROOT + ".gate")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io", "java.nio..", "java.net..", "java.util.concurrent..")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(CLASSES);
    }
}
