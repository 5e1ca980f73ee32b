// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.write;

import io.jenkins.plugins.releaseguard.contract.CriteriaEntry;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.contract.EntryHead;
import io.jenkins.plugins.releaseguard.contract.EnvironmentEntry;
import io.jenkins.plugins.releaseguard.contract.RollbackEntry;
import io.jenkins.plugins.releaseguard.contract.SecretRef;
import io.jenkins.plugins.releaseguard.contract.StepEntry;
import io.jenkins.plugins.releaseguard.contract.ValidationEntry;
import io.jenkins.plugins.releaseguard.contract.Waiver;
import java.util.Map;

/** An entry's fields as a contract writes them. */
final class EntryValues {
    private final SpecValues specs;

    EntryValues(SpecValues specs) {
        this.specs = specs;
    }

    Map<String, Object> of(Entry entry) {
        EntryHead head = entry.head();
        Values values = new Values()
                .put("id", head.id())
                .put("type", entry.type().text())
                .put("stage", head.stage().text())
                .put("title", head.title())
                .put("owner", head.owner());
        if (entry instanceof EnvironmentEntry environment) {
            environment(environment, values);
        } else if (entry instanceof CriteriaEntry criteria) {
            values.put("requirement", criteria.requirement())
                    .put("verify", criteria.verify().stream().map(specs::of).toList())
                    .put("blocker", criteria.blocker())
                    .put("category", criteria.category())
                    .put("maxAge", criteria.maxAge());
        } else if (entry instanceof RollbackEntry rollback) {
            rollback(rollback, values);
        } else if (entry instanceof ValidationEntry validation) {
            values.put("check", validation.check())
                    .put("method", validation.method())
                    .put("verify", validation.verify().stream().map(specs::of).toList())
                    .put("successCriteria", validation.successCriteria())
                    .put("escalation", validation.escalation())
                    .put("blocker", validation.blocker());
        } else if (entry instanceof StepEntry step) {
            values.put("action", step.action())
                    .put("command", step.command())
                    .put("expected", step.expected())
                    .put("duration", step.duration())
                    .put("onFailure", step.onFailure())
                    .put("reverse", step.reverse());
        }
        return values.put("linkedIds", Values.ids(head.linkedIds()))
                .put("waived", waiver(head.waiver()))
                .put("details", head.details())
                .map();
    }

    private static void environment(EnvironmentEntry e, Values values) {
        values.put("name", e.name())
                .put("purpose", e.purpose())
                .put("url", e.url())
                .put("infrastructure", e.infrastructure())
                .put("code", e.code())
                .put("data", e.data())
                .put("refresh", e.refresh())
                .put("configuration", e.configuration())
                .put("secrets", e.secrets().stream().map(EntryValues::secret).toList())
                .put("access", e.access())
                .put("protected", e.isProtected());
    }

    private static Map<String, Object> secret(SecretRef secret) {
        return new Values()
                .must("id", secret.id())
                .put("kind", secret.kind())
                .put("store", secret.store())
                .put("rotate", secret.rotate())
                .put("rotated", secret.rotated() == null ? "" : secret.rotated().toString())
                .put("procedure", secret.procedure())
                .put("emergency", secret.emergency())
                .put("owner", secret.owner())
                .map();
    }

    private void rollback(RollbackEntry r, Values values) {
        values.put("trigger", r.trigger())
                .put("metric", r.metric())
                .put("check", r.check() == null ? null : specs.of(r.check()))
                .put("person", r.person())
                .put("threshold", r.threshold() == null ? "" : r.threshold().text())
                .put("warn", r.warn() == null ? "" : r.warn().text())
                .put("procedure", r.procedure().stream().map(specs::of).toList())
                .put("database", r.database())
                .put("cache", r.cache())
                .put("notification", r.notification());
    }

    private static Map<String, Object> waiver(Waiver waiver) {
        return waiver == null
                ? null
                : new Values()
                        .must("by", waiver.by())
                        .must("reason", waiver.reason())
                        .must("until", waiver.until().toString())
                        .put("check", waiver.check())
                        .map();
    }
}
