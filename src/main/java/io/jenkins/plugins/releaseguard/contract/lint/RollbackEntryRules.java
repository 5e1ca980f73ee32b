// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.lint;

import static io.jenkins.plugins.releaseguard.contract.Severity.ERROR;
import static io.jenkins.plugins.releaseguard.contract.Severity.NOTE;
import static io.jenkins.plugins.releaseguard.contract.Severity.WARNING;

import io.jenkins.plugins.releaseguard.contract.ActionSpec;
import io.jenkins.plugins.releaseguard.contract.ChangeImpact;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import io.jenkins.plugins.releaseguard.contract.StepEntry;
import java.util.List;
import java.util.Locale;

/** What the way back owes: a procedure that starts with the traffic, people told, data thought of, rehearsed. */
final class RollbackEntryRules {
    static final List<LintRule> RULES = List.of(
            new LintRule(
                    "RG-ROLLBACK-PRESENT",
                    ERROR,
                    Category.OPERATIONAL,
                    AntiPattern.NO_ROLLBACK_PLAN,
                    "The contract has a Rollback entry",
                    RollbackEntryRules::present),
            new LintRule(
                    "RG-ROLLBACK-PROCEDURE",
                    ERROR,
                    Category.OPERATIONAL,
                    AntiPattern.NO_ROLLBACK_PLAN,
                    "Every Rollback entry has a procedure of actions",
                    LintRule.each(RollbackEntry.class, RollbackEntryRules::procedure)),
            new LintRule(
                    "RG-ROLLBACK-TRAFFIC-FIRST",
                    ERROR,
                    Category.OPERATIONAL,
                    AntiPattern.NO_ROLLBACK_PLAN,
                    "The first action moves the traffic and needs no agent",
                    LintRule.each(RollbackEntry.class, RollbackEntryRules::trafficFirst)),
            new LintRule(
                    "RG-ROLLBACK-ROUTER",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.NO_ROLLBACK_PLAN,
                    "A router moves the traffic; what only a pipeline's body can move has no promise of time",
                    RollbackEntryRules::router),
            new LintRule(
                    "RG-ROLLBACK-LAST-BAKE",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.NO_ROLLBACK_PLAN,
                    "Without a router, every procedure can bring the old version back without the pipeline's body",
                    LintRule.each(RollbackEntry.class, RollbackEntryRules::lastBake)),
            new LintRule(
                    "RG-ROLLBACK-NOTIFY",
                    WARNING,
                    Category.OPERATIONAL,
                    AntiPattern.SILENT_FAILURE,
                    "Someone is told of a rollback",
                    LintRule.each(RollbackEntry.class, RollbackEntryRules::told)),
            new LintRule(
                    "RG-ROLLBACK-DATA",
                    WARNING,
                    Category.FUNCTIONAL,
                    AntiPattern.IRREVERSIBLE_MIGRATION,
                    "Where data changes, every Rollback entry says what becomes of the database",
                    RollbackEntryRules::data),
            new LintRule(
                    "RG-MIGRATION-REVERSIBLE",
                    ERROR,
                    Category.FUNCTIONAL,
                    AntiPattern.IRREVERSIBLE_MIGRATION,
                    "A change that can't be undone has a compensation",
                    RollbackEntryRules::reversible),
            new LintRule(
                    "RG-MIGRATION-CHECKED",
                    NOTE,
                    Category.FUNCTIONAL,
                    AntiPattern.IRREVERSIBLE_MIGRATION,
                    "A check shows that each migration has its way back",
                    RollbackEntryRules::migrationsChecked),
            new LintRule(
                    "RG-ROLLBACK-DRILL",
                    NOTE,
                    Category.OPERATIONAL,
                    AntiPattern.UNTESTED_ROLLBACK,
                    "The rollback has been rehearsed, and a criterion checks it",
                    RollbackEntryRules::drill));

    private RollbackEntryRules() {}

    private static void present(ContractFacts facts, LintFindings out) {
        if (facts.entries(RollbackEntry.class).isEmpty()) {
            out.add(
                    facts.contract().release().at(),
                    "the contract has no Rollback entry",
                    "add one: metric: MON-001, threshold: \">2% of requests for 5 minutes\", procedure: [{traffic:"
                            + " 0}]");
        }
    }

    private static void procedure(RollbackEntry r, ContractFacts facts, LintFindings out) {
        if (r.procedure().isEmpty()) {
            out.add(
                    r,
                    r.head().details().containsKey("steps")
                            ? "has its procedure in words only, which nothing can carry out"
                            : "has no procedure",
                    "add procedure: [{traffic: 0}, {notify: oncall}]");
        }
    }

    private static void trafficFirst(RollbackEntry r, ContractFacts facts, LintFindings out) {
        if (r.procedure().isEmpty()) {
            return;
        }
        ActionSpec first = r.procedure().get(0);
        boolean byFlag = facts.contract().rollout().router().isBlank()
                && first.kind().equals("flag")
                && first.settings().text("state").equals("off");
        boolean byTraffic = first.kind().equals("traffic")
                && first.settings().number("weight").orElse(1.0) == 0;
        if (!byFlag && !byTraffic) {
            out.add(
                    first.at(),
                    r.id() + " begins with '" + first.kind() + "', while users still get the broken version",
                    "make {traffic: 0} the first action; the rest can wait for it");
        }
    }

    private static void router(ContractFacts facts, LintFindings out) {
        RolloutSpec rollout = facts.contract().rollout();
        boolean named = facts.entries(RollbackEntry.class).stream()
                .flatMap(r -> r.procedure().stream())
                .anyMatch(a -> a.kind().equals("traffic") && a.settings().has("router"));
        boolean byFlag = facts.entries(RollbackEntry.class).stream()
                .flatMap(r -> r.procedure().stream().limit(1))
                .anyMatch(a -> a.kind().equals("flag"));
        if (rollout.router().isBlank() && !named && !byFlag) {
            out.add(
                    rollout.at(),
                    "no router is named, so only the pipeline's body can move the traffic, and no time is promised for"
                            + " that",
                    "add router: the id of a router set up in Jenkins");
        }
    }

    /** A body around canaryPromote has ended by then; the engine says so when a release is armed, and here it can still be mended. */
    private static void lastBake(RollbackEntry r, ContractFacts facts, LintFindings out) {
        if (facts.contract().rollout().router().isBlank()
                && !r.procedure().isEmpty()
                && r.procedure().stream().noneMatch(ActionSpec::mayMoveUsers)) {
            out.add(
                    r,
                    "has no way back in the last bake: only the pipeline's body moves this traffic, and it may have"
                            + " ended by then",
                    "name a router, or add an action that brings the old version back, such as {job: the job that"
                            + " deploys it}");
        }
    }

    private static void told(RollbackEntry r, ContractFacts facts, LintFindings out) {
        if (r.notification().isEmpty()
                && r.procedure().stream().noneMatch(a -> a.kind().equals("notify"))) {
            out.add(r, "tells nobody", "add notification: [oncall] or an action {notify: oncall}");
        }
    }

    private static boolean migrates(ContractFacts facts) {
        return Boolean.TRUE.equals(facts.contract().release().change().migration())
                || facts.entries(StepEntry.class).stream()
                        .anyMatch(s -> (s.title() + s.action() + s.command())
                                .toLowerCase(Locale.ROOT)
                                .contains("migrat"));
    }

    private static void data(ContractFacts facts, LintFindings out) {
        if (migrates(facts)) {
            facts.entries(RollbackEntry.class).stream()
                    .filter(r -> r.database().isBlank())
                    .forEach(r -> out.add(
                            r,
                            "does not say what becomes of the database, which the release changes",
                            "add database: what is undone, what stays, and what becomes of data written meanwhile"));
        }
    }

    private static void reversible(ContractFacts facts, LintFindings out) {
        ChangeImpact change = facts.contract().release().change();
        if (Boolean.FALSE.equals(change.reversible()) && change.compensation().isBlank()) {
            out.add(
                    facts.contract().release().at(),
                    "the release can't be undone, and nothing makes good for it",
                    "add change: {compensation: …}; a breach then freezes and escalates instead of rolling back");
        }
    }

    private static void migrationsChecked(ContractFacts facts, LintFindings out) {
        boolean reversed = facts.entries(StepEntry.class).stream()
                .filter(s -> (s.title() + s.action() + s.command())
                        .toLowerCase(Locale.ROOT)
                        .contains("migrat"))
                .anyMatch(s -> !s.reverse().isEmpty());
        if (migrates(facts) && !facts.hasCheck("migrations") && !reversed) {
            out.add(
                    facts.contract().release().at(),
                    "the release migrates data, but no check looks for the way back",
                    "add a criterion with verify: {migrations: db/migrations}, or reverse: to the step");
        }
    }

    private static void drill(ContractFacts facts, LintFindings out) {
        if (!facts.entries(RollbackEntry.class).isEmpty() && !facts.hasCheck("drill")) {
            out.add(
                    facts.contract().release().at(),
                    "nothing shows that the rollback has been rehearsed",
                    "rehearse it, and add a criterion with verify: {drill: {environment: staging,"
                            + " age: \"<= 30d\"}}");
        }
    }
}
