// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.Stage;
import io.jenkins.plugins.releaseguard.contract.StepEntry;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.contract.Waiver;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every entry owes, whatever its type. */
final class EntryRules {
    private static final Pattern DEP = Pattern.compile("DEP-\\d{1,6}");
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\[[A-Z][^\\]=:{}\"]{2,80}\\]|\\b(?:TODO|TBD|FIXME|XXX)\\b|<[a-z][a-z _-]{2,40}>");

    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-ENTRY-OWNER",
                    ERROR,
                    Category.OPERATIONAL,
                    AntiPattern.UNCLEAR_OWNERSHIP,
                    "Every entry has an owner",
                    EntryRules::owner),
            new LintRule(
                    "RG-ENTRY-TITLE",
                    WARNING,
                    Category.DOCUMENTATION,
                    AntiPattern.HALF_WRITTEN,
                    "Every entry has a title",
                    EntryRules::title),
            new LintRule(
                    "RG-ENTRY-REFERENCE",
                    ERROR,
                    Category.FUNCTIONAL,
                    AntiPattern.HALF_WRITTEN,
                    "An entry that is referred to exists",
                    EntryRules::references),
            new LintRule(
                    "RG-ENTRY-PLACEHOLDER",
                    ERROR,
                    Category.DOCUMENTATION,
                    AntiPattern.HALF_WRITTEN,
                    "No placeholder is left unfilled",
                    EntryRules::placeholders),
            new LintRule(
                    "RG-ENTRY-WAIVER",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.UNCLEAR_OWNERSHIP,
                    "Nobody waives an entry of their own",
                    EntryRules::waivers),
            new LintRule(
                    "RG-ENTRY-WAIVED-CHECK",
                    ERROR,
                    Category.OPERATIONAL,
                    AntiPattern.HALF_WRITTEN,
                    "A waiver names one check of a criterion before the deploy",
                    EntryRules::waivedChecks));

    private EntryRules() {}

    private static void owner(ContractFacts facts, LintFindings out) {
        for (Entry entry : facts.contract().entries()) {
            if (entry.owner().isBlank()) {
                out.add(entry, "has no owner", "add owner: the team or person who answers for it");
            }
        }
    }

    private static void title(ContractFacts facts, LintFindings out) {
        for (Entry entry : facts.contract().entries()) {
            if (entry.title().isBlank()) {
                out.add(entry, "has no title", "add title: a few words that stand in report and page");
            }
        }
    }

    private static void references(ContractFacts facts, LintFindings out) {
        for (Entry entry : facts.contract().entries()) {
            List<String> named = new ArrayList<>();
            entry.head().linkedIds().stream()
                    .filter(id -> id.startsWith("DEP-"))
                    .forEach(named::add);
            if (entry instanceof ValidationEntry validation) {
                named.addAll(ids(validation.escalation()));
            }
            if (entry instanceof StepEntry step) {
                named.addAll(ids(step.onFailure()));
            }
            for (String id : named) {
                if (DEP.matcher(id).matches() && !facts.hasEntry(id)) {
                    out.add(
                            entry,
                            "refers to " + id + ", which the contract does not have",
                            "add " + id + ", or name an entry that exists");
                }
            }
            if (entry instanceof RollbackEntry rollback
                    && !rollback.metric().isEmpty()
                    && facts.metric(rollback.metric()).isEmpty()) {
                out.add(
                        entry,
                        "watches " + rollback.metric() + ", which is no metric of the contract",
                        "add it under metrics, or name one of those");
            }
        }
    }

    private static List<String> ids(String text) {
        return DEP.matcher(text).results().map(r -> r.group()).toList();
    }

    private static void placeholders(ContractFacts facts, LintFindings out) {
        Texts.visit(facts.contract(), (at, text) -> {
            Matcher matcher = PLACEHOLDER.matcher(text);
            if (text.length() < 5000 && matcher.find() && !text.contains("=~")) {
                out.add(
                        at,
                        "'" + matcher.group() + "' is a placeholder",
                        "write what it stands for, or take the line out");
            }
        });
    }

    private static void waivedChecks(ContractFacts facts, LintFindings out) {
        for (Entry entry : facts.contract().entries()) {
            Waiver waiver = entry.head().waiver();
            if (waiver == null) {
                continue;
            }
            if (!(entry instanceof CriteriaEntry criterion) || entry.stage() != Stage.PRE_DEPLOY) {
                out.add(
                        waiver.at(),
                        entry.id()
                                + " is waived, which has no effect: the gate looks at criteria before the deploy alone",
                        "take the waiver out");
                continue;
            }
            List<String> kinds =
                    criterion.verify().stream().map(CheckSpec::kind).toList();
            String names = String.join(", ", kinds);
            if (waiver.check().isEmpty() && kinds.size() > 1) {
                out.add(
                        waiver.at(),
                        entry.id() + " has the checks " + names + ", and its waiver says of none that it is meant,"
                                + " so it waives none",
                        "add check: " + kinds.get(0) + " to the waiver");
            } else if (!waiver.check().isEmpty() && !kinds.contains(waiver.check())) {
                out.add(
                        waiver.at(),
                        entry.id() + " has no check '" + waiver.check() + "' that could be waived",
                        kinds.isEmpty() ? "take check out of the waiver" : "one of " + names);
            }
        }
    }

    private static void waivers(ContractFacts facts, LintFindings out) {
        for (Entry entry : facts.contract().entries()) {
            Waiver waiver = entry.head().waiver();
            String author = facts.contract().release().author();
            if (waiver != null
                    && (waiver.by().equalsIgnoreCase(author) && !author.isEmpty()
                            || waiver.by().equalsIgnoreCase(entry.owner()))) {
                out.add(
                        waiver.at(),
                        entry.id() + " is waived by " + waiver.by() + ", who owns it or wrote the change",
                        "let someone waive it who is neither");
            }
        }
    }
}
