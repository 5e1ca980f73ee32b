// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import io.jenkins.plugins.releaseguard.contract.ChangeImpact;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.EntryHead;
import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.SecretRef;
import io.jenkins.plugins.releaseguard.contract.StepEntry;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.secret.SecretDetector;
import io.jenkins.plugins.releaseguard.text.Lines;
import io.jenkins.plugins.releaseguard.text.Quantity;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a contract says to people and no machine acts on, for the report: who looks at a release finds it there, as it stood when the
 * contract was frozen. Bounded, and nothing in it looks like a secret's value.
 */
final class WrittenWords {
    /** Lines of the report. */
    static final int MOST = 500;

    /** Characters of one. */
    static final int LONGEST = 400;

    private final List<Event.Written> lines = new ArrayList<>();
    private int left;

    private WrittenWords() {}

    static List<Event.Written> of(Contract contract) {
        WrittenWords words = new WrittenWords();
        words.release(contract.release());
        contract.risks().forEach(risk -> {
            words.add(risk.id(), "owner", risk.owner());
            words.add(risk.id(), "acceptedBy", risk.acceptedBy());
        });
        contract.entries().forEach(words::entry);
        contract.flags().forEach(flag -> {
            words.add(flag.id(), "initial", flag.initial());
            words.add(flag.id(), "owner", flag.owner());
            words.add(flag.id(), "remove", flag.remove());
        });
        contract.playbook().forEach(page -> {
            words.add(page.id(), "title", page.title());
            words.add(page.id(), "symptom", page.symptom());
            words.add(page.id(), "steps", String.join("; ", page.steps()));
            words.add(page.id(), "escalation", page.escalation());
            words.add(page.id(), "owner", page.owner());
        });
        contract.communication().forEach(told -> {
            String about = told.stage().text() + ", to " + String.join(", ", told.to());
            words.add(about, "message", told.message().isBlank() ? "(no message)" : told.message());
            words.add(about, "by", told.by());
        });
        return words.end();
    }

    private void release(Release release) {
        add("release", "author", release.author());
        add("release", "includes", Lines.some(release.includes()));
        ChangeImpact change = release.change();
        add("release", "users", Double.isNaN(change.users()) ? "" : Quantity.percent(change.users()));
        add("release", "criticality", change.criticality());
        add("release", "reversible", yes(change.reversible()));
        add("release", "migration", yes(change.migration()));
        add("release", "compensation", change.compensation());
    }

    private void entry(Entry entry) {
        EntryHead head = entry.head();
        add(head.id(), "title", head.title());
        add(head.id(), "stage", head.stage().text());
        add(head.id(), "owner", head.owner());
        add(head.id(), "linkedIds", Lines.some(head.linkedIds()));
        if (entry instanceof EnvironmentEntry environment) {
            environment(environment);
        } else if (entry instanceof CriteriaEntry criterion) {
            add(head.id(), "requirement", criterion.requirement());
            add(head.id(), "category", criterion.category());
        } else if (entry instanceof RollbackEntry rollback) {
            add(head.id(), "trigger", rollback.trigger());
            add(head.id(), "person", rollback.person());
            add(
                    head.id(),
                    "threshold",
                    rollback.threshold() == null ? "" : rollback.threshold().text());
            add(
                    head.id(),
                    "warn",
                    rollback.warn() == null ? "" : rollback.warn().text());
            add(head.id(), "database", rollback.database());
            add(head.id(), "cache", rollback.cache());
        } else if (entry instanceof ValidationEntry validation) {
            add(head.id(), "check", validation.check());
            add(head.id(), "method", validation.method());
            add(head.id(), "successCriteria", validation.successCriteria());
            add(head.id(), "escalation", validation.escalation());
        } else if (entry instanceof StepEntry step) {
            add(head.id(), "action", step.action());
            add(head.id(), "command", step.command());
            add(head.id(), "expected", step.expected());
            add(head.id(), "duration", span(step.duration()));
            add(head.id(), "onFailure", step.onFailure());
            add(head.id(), "reverse", String.join("; ", step.reverse()));
        }
        head.details().forEach((what, text) -> add(head.id(), what, text));
    }

    private void environment(EnvironmentEntry environment) {
        String id = environment.id();
        add(id, "name", environment.name());
        add(id, "purpose", environment.purpose());
        add(id, "url", environment.url());
        add(id, "infrastructure", environment.infrastructure());
        add(id, "code", environment.code());
        add(id, "data", environment.data());
        add(id, "refresh", environment.refresh());
        // values are compared by digest and shown nowhere
        add(id, "configuration", String.join(", ", environment.configuration().keySet()));
        for (Map.Entry<String, List<String>> who : environment.access().entrySet()) {
            add(id, "access, " + who.getKey(), String.join(", ", who.getValue()));
        }
        add(id, "protected", environment.isProtected() ? "yes" : "no");
        environment.secrets().forEach(secret -> secret(id + ", " + secret.id(), secret));
    }

    private void secret(String about, SecretRef secret) {
        add(about, "kind", secret.kind());
        add(about, "store", secret.store());
        add(about, "rotate", span(secret.rotate()));
        add(about, "rotated", secret.rotated() == null ? "" : secret.rotated().toString());
        add(about, "procedure", secret.procedure());
        add(about, "emergency", secret.emergency());
        add(about, "owner", secret.owner());
    }

    private static String span(Duration duration) {
        return duration == null ? "" : Span.written(duration);
    }

    private static String yes(Boolean word) {
        return word == null ? "" : word ? "yes" : "no";
    }

    private void add(String about, String what, String text) {
        if (text.isBlank()) {
            return;
        }
        if (lines.size() >= MOST) {
            left++;
            return;
        }
        boolean secret = !SecretDetector.find(what + ": " + text).isEmpty();
        lines.add(new Event.Written(
                Lines.bounded(about, LONGEST),
                Lines.bounded(what, LONGEST),
                secret ? "(not shown: it looks like a secret's value)" : Lines.bounded(text, LONGEST)));
    }

    private List<Event.Written> end() {
        if (left > 0) {
            lines.add(new Event.Written("contract", "more", left + " more stand in the contract"));
        }
        return List.copyOf(lines);
    }
}
