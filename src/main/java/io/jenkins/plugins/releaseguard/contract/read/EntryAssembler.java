// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.CheckSpec;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.EntryHead;
import io.jenkins.plugins.releaseguard.contract.EntryType;
import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.SecretRef;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.Stage;
import io.jenkins.plugins.releaseguard.contract.StepEntry;
import io.jenkins.plugins.releaseguard.contract.Threshold;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.contract.Waiver;
import io.jenkins.plugins.releaseguard.contract.grammar.Cursor;
import io.jenkins.plugins.releaseguard.contract.grammar.Ids;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes entries of what the readers found. */
final class EntryAssembler {
    private final Problems problems;

    EntryAssembler(Problems problems) {
        this.problems = problems;
    }

    /** Empty where the entry's type is not known; that has been reported. */
    Optional<Entry> entry(Settings s) {
        Optional<EntryType> type = Arrays.stream(EntryType.values())
                .filter(t -> t.text().equals(s.text("type")))
                .findFirst();
        return type.map(t -> entry(t, s, head(t, s)));
    }

    private Entry entry(EntryType type, Settings s, EntryHead head) {
        return switch (type) {
            case ENVIRONMENT -> environment(s, head);
            case CRITERIA ->
                new CriteriaEntry(
                        head,
                        s.text("requirement"),
                        oneOfAKind(head, FieldValues.or(s, "verify", List.of())),
                        s.flag("blocker"),
                        s.text("category"),
                        FieldValues.get(s, "maxAge"));
            case ROLLBACK -> rollback(s, head);
            case VALIDATION -> validation(s, head);
            case STEP ->
                new StepEntry(
                        head,
                        s.text("action"),
                        s.text("command"),
                        s.text("expected"),
                        FieldValues.get(s, "duration"),
                        s.text("onFailure"),
                        s.texts("reverse"));
        };
    }

    private EntryHead head(EntryType type, Settings s) {
        String id = s.text("id");
        if (!id.isEmpty() && !(Ids.isId(id) && id.startsWith("DEP-"))) {
            problems.error(
                    ReadRule.ID,
                    FieldValues.at(s, "id"),
                    "'" + Cursor.shorten(id) + "' is no entry's id",
                    "DEP- and a number, as DEP-001");
        }
        Stage stage = Arrays.stream(Stage.values())
                .filter(x -> x.text().equals(s.text("stage")))
                .findFirst()
                .orElse(usual(type));
        return new EntryHead(
                id,
                stage,
                s.text("title"),
                s.text("owner"),
                s.texts("linkedIds"),
                details(s),
                FieldValues.self(s),
                waiver(FieldValues.get(s, "waived")));
    }

    /** Prose that no check, action or document field stands for. */
    private static Map<String, String> details(Settings s) {
        Map<String, String> details = new LinkedHashMap<>();
        for (String key : List.of("description", "verification")) {
            if (s.declares(key) && s.has(key)) {
                details.put(key, s.text(key));
            }
        }
        if (s.declares("steps") && s.has("steps")) {
            details.put("steps", String.join("\n", s.texts("steps")));
        }
        details.putAll(FieldValues.map(s, "details"));
        return Collections.unmodifiableMap(details);
    }

    private static Stage usual(EntryType type) {
        return switch (type) {
            case ENVIRONMENT, CRITERIA -> Stage.PRE_DEPLOY;
            case STEP -> Stage.DEPLOY;
            case ROLLBACK, VALIDATION -> Stage.POST_DEPLOY;
        };
    }

    private static Waiver waiver(Settings s) {
        return s == null || !s.has("by") || !s.has("reason") || !s.has("until")
                ? null
                : new Waiver(
                        s.text("by"),
                        s.text("reason"),
                        FieldValues.get(s, "until"),
                        s.text("check"),
                        FieldValues.self(s));
    }

    private static EnvironmentEntry environment(Settings s, EntryHead head) {
        List<SecretRef> secrets = FieldValues.objects(s, "secrets").stream()
                .map(x -> new SecretRef(
                        x.text("id"),
                        x.text("kind"),
                        x.text("store"),
                        FieldValues.get(x, "rotate"),
                        FieldValues.get(x, "rotated"),
                        x.text("procedure"),
                        x.text("emergency"),
                        x.text("owner"),
                        FieldValues.self(x)))
                .toList();
        return new EnvironmentEntry(
                head,
                s.text("name"),
                s.text("purpose"),
                s.text("url"),
                s.text("infrastructure"),
                s.text("code"),
                s.text("data"),
                s.text("refresh"),
                FieldValues.map(s, "configuration"),
                secrets,
                FieldValues.or(s, "access", Map.of()),
                s.flag("protected"));
    }

    private ValidationEntry validation(Settings s, EntryHead head) {
        List<CheckSpec> verify = FieldValues.or(s, "verify", List.of());
        verify.forEach(check -> lookedAtAnew(head, check));
        return new ValidationEntry(
                head,
                s.text("check"),
                s.text("method"),
                verify,
                s.text("successCriteria"),
                s.text("escalation"),
                s.flag("blocker"));
    }

    /** What the gate keeps, waives and overrides is a kind of check of an entry: of two the second's answer took the first's place. */
    private List<CheckSpec> oneOfAKind(EntryHead head, List<CheckSpec> checks) {
        Set<String> kinds = new HashSet<>();
        for (CheckSpec check : checks) {
            if (!kinds.add(check.kind())) {
                problems.notYet(
                        check.at(),
                        head.id() + " has the check " + check.kind() + " twice, and only one of them would count",
                        "make an entry for each");
            }
        }
        return checks;
    }

    /** Only the gate keeps what a check found. */
    private void lookedAtAnew(EntryHead head, CheckSpec check) {
        if (check.settings().has("maxAge")) {
            problems.notYet(
                    FieldValues.at(check.settings(), "maxAge"),
                    "maxAge does nothing in the check " + check.kind() + " of " + head.id()
                            + ", which is looked at anew each time it counts",
                    "take it out");
        }
    }

    /** A check says itself whether it fails; a threshold adds how long it must. */
    private void failsFor(EntryHead head, Settings s, Threshold threshold) {
        boolean any = threshold.comparison() == Threshold.Comparison.GREATER
                && threshold.bound() instanceof Threshold.Fixed fixed
                && fixed.value() == 0
                && threshold.sustained().compareTo(Duration.ZERO) > 0;
        if (!any) {
            problems.notYet(
                    FieldValues.at(s, "threshold"),
                    "the threshold of " + head.id()
                            + " is not held against anything: its check says itself when it fails",
                    "give the check its limit, and write here only how long it must fail: \"> 0 for 2 minutes\"; or take it"
                            + " out");
        }
    }

    private RollbackEntry rollback(Settings s, EntryHead head) {
        CheckSpec check = FieldValues.get(s, "check");
        if (check != null) {
            lookedAtAnew(head, check);
            s.threshold("threshold").ifPresent(threshold -> failsFor(head, s, threshold));
        }
        return new RollbackEntry(
                head,
                s.text("trigger"),
                s.text("metric"),
                check,
                s.text("person"),
                s.threshold("threshold").orElse(null),
                s.threshold("warn").orElse(null),
                FieldValues.or(s, "procedure", List.of()),
                s.text("database"),
                s.text("cache"),
                s.texts("notification"));
    }
}
