// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.write;

import io.jenkins.plugins.releaseguard.contract.ChangeImpact;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Margin;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.contract.Risk;
import io.jenkins.plugins.releaseguard.contract.RolloutSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What surrounds the entries, as a contract writes it; what its reader fills in is written, too. */
final class FrontValues {
    private final Contract contract;

    FrontValues(Contract contract) {
        this.contract = contract;
    }

    Map<String, Object> values() {
        Values values = new Values()
                .put("release", release(contract.release()))
                .put("risks", contract.risks().stream().map(FrontValues::risk).toList())
                .put(
                        "metrics",
                        contract.metrics().stream().map(FrontValues::metric).toList())
                .put("rollout", rollout(contract.rollout()))
                .put(
                        "flags",
                        contract.flags().stream()
                                .map(flag -> new Values()
                                        .must("id", flag.id())
                                        .put("initial", flag.initial())
                                        .put("owner", flag.owner())
                                        .put("remove", flag.remove())
                                        .map())
                                .toList())
                .put(
                        "playbook",
                        contract.playbook().stream()
                                .map(page -> new Values()
                                        .must("id", page.id())
                                        .put("title", page.title())
                                        .put("symptom", page.symptom())
                                        .put("steps", page.steps())
                                        .put("escalation", page.escalation())
                                        .put("owner", page.owner())
                                        .map())
                                .toList())
                .put(
                        "communication",
                        contract.communication().stream()
                                .map(message -> new Values()
                                        .must("stage", message.stage().text())
                                        .put("to", message.to())
                                        .put("message", message.message())
                                        .put("by", message.by())
                                        .map())
                                .toList());
        return new LinkedHashMap<>(values.map());
    }

    private static Map<String, Object> release(Release release) {
        return new Values()
                .must("service", release.service())
                .must("version", release.version())
                .put("commit", release.commit())
                .put(
                        "artifacts",
                        release.artifacts().stream()
                                .map(a -> new Values()
                                        .must("file", a.file())
                                        .put("sha256", a.sha256())
                                        .map())
                                .toList())
                .put("scope", release.scope())
                .put("includes", Values.ids(release.includes()))
                .put("owner", release.owner())
                .put("author", release.author())
                .put(
                        "rollback",
                        new Values().put("objective", release.objective()).map())
                .put("change", change(release.change()))
                .map();
    }

    private static Map<String, Object> change(ChangeImpact change) {
        return new Values()
                .put("users", Double.isNaN(change.users()) ? "" : Values.percent(change.users()))
                .put("criticality", change.criticality())
                .put("reversible", change.reversible())
                .put("migration", change.migration())
                .put("compensation", change.compensation())
                .map();
    }

    private static Map<String, Object> risk(Risk risk) {
        return new Values()
                .must("id", risk.id())
                .put("title", risk.title())
                .put("likelihood", risk.likelihood())
                .put("impact", risk.impact())
                .put("status", risk.status())
                .put("mitigation", risk.mitigation())
                .put("owner", risk.owner())
                .put("acceptedBy", risk.acceptedBy())
                .map();
    }

    private static Map<String, Object> metric(Metric metric) {
        Margin allow = metric.allow();
        Metric.Query query = metric.query();
        return new Values()
                .must("id", metric.id())
                .put("name", metric.name())
                .put("kind", word(metric.kind()))
                .put("unit", metric.unit())
                .put("source", metric.source())
                .put("worse", word(metric.worse()))
                .put("critical", metric.critical())
                .put("muted", metric.muted())
                .put("group", metric.group())
                .number("weight", metric.weight())
                .put(
                        "allow",
                        allow.equals(Margin.NONE)
                                ? ""
                                : allow.relative() ? Values.percent(allow.value()) : Values.decimal(allow.value()))
                .put("errors", query.errors())
                .put("total", query.total())
                .put("histogram", query.histogram())
                .put("bucketUnit", query.bucketUnit())
                .number("limit", query.limit())
                .put("values", query.values())
                .put(
                        "objective",
                        metric.objective() == null
                                ? null
                                : new Values()
                                        .put(
                                                "target",
                                                Values.percent(
                                                        metric.objective().target()))
                                        .put("period", metric.objective().period())
                                        .map())
                .map();
    }

    private static Map<String, Object> rollout(RolloutSpec rollout) {
        List<Map<String, Object>> phases =
                rollout.phases().stream().map(FrontValues::phase).toList();
        return new Values()
                .put("strategy", word(rollout.strategy()))
                .put("phases", phases)
                .put("undecided", word(rollout.undecided()))
                .put("router", rollout.router())
                .put("interval", rollout.interval())
                .put("noData", rollout.noData())
                .put("after", rollout.after())
                .number("alpha", rollout.alpha())
                .number("blastRadius", rollout.blastRadius())
                .put("baseline", word(rollout.baseline()))
                .put("sticky", rollout.sticky())
                .put("promote", word(rollout.promote()))
                .map();
    }

    private static Map<String, Object> phase(RolloutSpec.Phase phase) {
        boolean internal = phase.weight() == 0;
        return new Values()
                .put("weight", internal ? "internal" : Values.decimal(phase.weight()))
                .must("name", phase.name())
                .put("audience", internal && phase.audience().equals("internal") ? "" : phase.audience())
                .put("warmup", phase.warmup())
                .put("bake", phase.bake())
                .put("maxBake", phase.maxBake())
                .put("approve", phase.approve())
                .map();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
