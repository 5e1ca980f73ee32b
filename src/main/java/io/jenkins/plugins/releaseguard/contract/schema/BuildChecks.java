// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.schema;

import static io.jenkins.plugins.releaseguard.contract.schema.CheckCatalog.kind;
import static io.jenkins.plugins.releaseguard.contract.schema.CheckCatalog.limit;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.choice;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.list;
import static io.jenkins.plugins.releaseguard.contract.schema.Field.text;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.BOOLEAN;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.MAP;
import static io.jenkins.plugins.releaseguard.contract.schema.FieldType.NUMBER;

import java.util.List;

/** Checks of what was built: its tests, its analysis, its artifact, its configuration and migrations. */
final class BuildChecks {
    private BuildChecks() {}

    static List<SpecKind> kinds() {
        return List.of(
                kind(
                        "tests",
                        "Test results in JUnit's XML.",
                        "results",
                        list("results", "paths or patterns of result files").standard("**/TEST-*.xml"),
                        text("build", "take the junit plugin's record instead: this, or job or job#number"),
                        limit("passRate", "passed of all that ran").standard(">= 100%"),
                        limit("failures", "number of failed tests"),
                        limit("skipped", "number of skipped tests, or share of all"),
                        Field.of("minimum", NUMBER, "fewer tests than this are no evidence")
                                .standard("1"),
                        list("suites", "only suites whose name holds one of these")),
                kind(
                        "sarif",
                        "Findings of static analysis and security scans, SARIF 2.1.0.",
                        "results",
                        list("results", "paths or patterns of result files").standard("**/*.sarif"),
                        limit("errors", "number of findings of level error").standard("<= 0"),
                        limit("warnings", "number of findings of level warning"),
                        limit("notes", "number of findings of level note"),
                        Field.of("rules", MAP, "limits by rule id: {java/sql-injection: \"<= 0\"}"),
                        list("tools", "tools that must each have a run in the results"),
                        text("reference", "results to compare with: a file, or job or job#number"),
                        Field.of("onlyNew", BOOLEAN, "count only what the reference does not have")
                                .standard("no"),
                        Field.of("suppressed", BOOLEAN, "count suppressed findings too")
                                .standard("no")),
                kind(
                        "coverage",
                        "Coverage from JaCoCo's or Cobertura's XML.",
                        "report",
                        list("report", "paths or patterns of reports")
                                .standard("**/jacoco*.xml, **/cobertura*.xml, **/coverage.xml"),
                        choice("format", List.of("auto", "jacoco", "cobertura"), "the report's format")
                                .standard("auto"),
                        limit("line", "covered lines"),
                        limit("branch", "covered branches"),
                        limit("instruction", "covered instructions (JaCoCo)"),
                        limit("method", "covered methods (JaCoCo)"),
                        text("reference", "report to compare with: a file, or job or job#number"),
                        limit("drop", "how far line coverage may fall below the reference, in points")),
                kind(
                        "artifact",
                        "The artifact is the one that was named, built and tried before.",
                        "file",
                        text("file", "path of the artifact; else all of release.artifacts"),
                        text("sha256", "its SHA-256; else that of release.artifacts"),
                        text("environment", "the same digest was promoted in this environment (ledger)"),
                        Field.of("fingerprint", BOOLEAN, "Jenkins has a fingerprint of it")
                                .standard("no")),
                kind(
                        "provenance",
                        "A verifier's word on signature, provenance or policy (cosign, slsa-verifier, conftest).",
                        "run",
                        text("run", "the command line: exit 0 is pass, 1 is fail, anything else unknown")
                                .must(),
                        text("directory", "where it runs, relative to the workspace"),
                        Field.of("env", MAP, "further environment variables")),
                kind(
                        "reproducible",
                        "Two builds of one revision give one digest.",
                        "",
                        text("first", "path of the artifact, or its SHA-256").must(),
                        text("second", "path of the second build's artifact, or its SHA-256")
                                .must()),
                kind(
                        "parity",
                        "Two environments have the same configuration keys and versions; values are compared by"
                                + " digest.",
                        "between",
                        list("between", "the names of two environments of the contract")
                                .must(),
                        Field.of("files", MAP, "configuration file of each environment; else the contract's own keys"),
                        choice("format", List.of("auto", "env", "properties", "yaml", "json"), "the files' format")
                                .standard("auto"),
                        list("equal", "keys or patterns whose values must be equal too, such as versions"),
                        list("ignore", "keys or patterns that may differ")),
                kind(
                        "migrations",
                        "Every database migration has its way back.",
                        "directory",
                        text("directory", "folder of the migrations").must(),
                        text("up", "pattern of migrations forward").standard("*.up.sql"),
                        text("down", "pattern of migrations back").standard("*.down.sql"),
                        Field.of("compensation", MAP, "for a migration without a way back: what makes good for it")));
    }
}
