// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.NOTE;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.Artifact;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What environments owe: documented, built from code, alike. */
final class EnvironmentRules {
    private static final int MOST_KEYS = 40;

    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-ENVIRONMENT-PRESENT",
                    ERROR,
                    Category.OPERATIONAL,
                    AntiPattern.SNOWFLAKE_ENVIRONMENTS,
                    "The contract has an Environment entry",
                    EnvironmentRules::present),
            new LintRule(
                    "RG-ENVIRONMENT-DOCUMENTED",
                    WARNING,
                    Category.DOCUMENTATION,
                    AntiPattern.SNOWFLAKE_ENVIRONMENTS,
                    "Every environment says what it is for, where and on what it runs, and what data it holds",
                    LintRule.each(EnvironmentEntry.class, EnvironmentRules::documented)),
            new LintRule(
                    "RG-ENVIRONMENT-AS-CODE",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.SNOWFLAKE_ENVIRONMENTS,
                    "Every environment is built from code",
                    LintRule.each(EnvironmentEntry.class, EnvironmentRules::asCode)),
            new LintRule(
                    "RG-ENVIRONMENT-PARITY",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.ENVIRONMENT_DRIFT,
                    "Environments have the same configuration keys",
                    EnvironmentRules::parity),
            new LintRule(
                    "RG-ENVIRONMENT-PROGRESSION",
                    NOTE,
                    Category.OPERATIONAL,
                    AntiPattern.ENVIRONMENT_DRIFT,
                    "Production is not the first environment that a release sees",
                    EnvironmentRules::progression),
            new LintRule(
                    "RG-ENVIRONMENT-SPRAWL",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.CONFIGURATION_SPRAWL,
                    "An environment has at most 40 configuration keys, none of them twice in another spelling",
                    LintRule.each(EnvironmentEntry.class, EnvironmentRules::sprawl)),
            new LintRule(
                    "RG-ENVIRONMENT-DATA",
                    WARNING,
                    Category.SECURITY,
                    AntiPattern.OVER_PERMISSIONED_ACCESS,
                    "Production's data stays in production",
                    LintRule.each(EnvironmentEntry.class, EnvironmentRules::data)),
            new LintRule(
                    "RG-ENVIRONMENT-ARTIFACT",
                    WARNING,
                    Category.FUNCTIONAL,
                    AntiPattern.ENVIRONMENT_SPECIFIC_BUILDS,
                    "One artifact serves all environments",
                    EnvironmentRules::oneArtifact));

    private EnvironmentRules() {}

    static boolean production(EnvironmentEntry e) {
        String name = e.name().toLowerCase(Locale.ROOT);
        return name.startsWith("prod") || name.equals("live") || name.contains("-prod");
    }

    private static void present(ContractFacts facts, LintFindings out) {
        if (facts.entries(EnvironmentEntry.class).isEmpty()) {
            out.add(
                    facts.contract().release().at(),
                    "the contract has no Environment entry",
                    "add one for each environment that the release passes through");
        }
    }

    private static void documented(EnvironmentEntry e, ContractFacts facts, LintFindings out) {
        List<String> missing = Missing.of(
                "purpose", e.purpose(), "url", e.url(), "infrastructure", e.infrastructure(), "data", e.data());
        if (!missing.isEmpty()) {
            out.add(e, "has no " + Missing.words(missing), "add it, so that a newcomer could find the environment");
        }
    }

    private static void asCode(EnvironmentEntry e, ContractFacts facts, LintFindings out) {
        if (e.code().isBlank()) {
            out.add(
                    e,
                    "does not say where its infrastructure as code is",
                    "add code: the path or repository it is built from");
        }
    }

    private static void parity(ContractFacts facts, LintFindings out) {
        List<EnvironmentEntry> all = facts.entries(EnvironmentEntry.class).stream()
                .filter(e -> !e.configuration().isEmpty())
                .toList();
        Map<String, Long> users = all.stream()
                .flatMap(e -> e.configuration().keySet().stream())
                .collect(Collectors.groupingBy(k -> k, TreeMap::new, Collectors.counting()));
        for (EnvironmentEntry e : all) {
            Set<String> missing = new TreeSet<>(users.keySet());
            missing.removeAll(e.configuration().keySet());
            if (!missing.isEmpty()) {
                out.add(
                        e,
                        "lacks configuration that other environments have: " + first(missing),
                        "set it here too, or take it out there");
            }
        }
    }

    private static String first(Set<String> keys) {
        return keys.stream().limit(5).collect(Collectors.joining(", "))
                + (keys.size() > 5 ? " and " + (keys.size() - 5) + " more" : "");
    }

    private static void progression(ContractFacts facts, LintFindings out) {
        List<EnvironmentEntry> all = facts.entries(EnvironmentEntry.class);
        if (!all.isEmpty() && all.stream().allMatch(EnvironmentRules::production)) {
            out.add(
                    all.get(0),
                    "is the only kind of environment: the release is tried on its users",
                    "add the environment before it, and a criterion {progression: staging}");
        }
    }

    private static void sprawl(EnvironmentEntry e, ContractFacts facts, LintFindings out) {
        if (e.configuration().size() > MOST_KEYS) {
            out.add(
                    e,
                    "has " + e.configuration().size() + " configuration keys, more than " + MOST_KEYS,
                    "keep what does not differ between environments in the code's defaults");
        }
        Map<String, String> seen = new TreeMap<>();
        for (String key : e.configuration().keySet()) {
            String other = seen.put(key.toLowerCase(Locale.ROOT).replaceAll("[-_.]", ""), key);
            if (other != null) {
                out.add(e, "has both " + other + " and " + key, "keep one of the two");
            }
        }
    }

    private static void data(EnvironmentEntry e, ContractFacts facts, LintFindings out) {
        String data = e.data().strip().toLowerCase(Locale.ROOT);
        if (!production(e) && (data.equals("production") || data.equals("copy of production"))) {
            out.add(
                    e,
                    "holds production's data but is not production",
                    "mask or make up the data, and say so: data: masked copy of production");
        }
    }

    private static void oneArtifact(ContractFacts facts, LintFindings out) {
        for (Artifact artifact : facts.contract().release().artifacts()) {
            for (EnvironmentEntry e : facts.entries(EnvironmentEntry.class)) {
                String name = e.name().toLowerCase(Locale.ROOT);
                if (!name.isEmpty()
                        && artifact.file()
                                .toLowerCase(Locale.ROOT)
                                .matches(".*(^|[-_./])" + Pattern.quote(name) + "([-_./].*|$)")) {
                    out.add(
                            artifact.at(),
                            "the artifact " + artifact.file() + " is named after the environment " + e.name(),
                            "build once, and give each environment its configuration at start");
                }
            }
        }
        boolean sameFile = facts.hasCheck("artifact") || facts.hasCheck("progression") || facts.hasCheck("provenance");
        if (!sameFile && !facts.entries(CriteriaEntry.class).isEmpty()) {
            out.add(
                    facts.contract().release().at(),
                    "no criterion checks that the artifact is the one that was tried",
                    "add a criterion with verify: {artifact: {file: …, sha256: …}} or {progression: staging}");
        }
    }
}
