// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import io.jenkins.plugins.releaseguard.judge.Worse;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/** A metric's object in the JSON of {@link JudgeInput}: settings, samples or both. */
final class MetricInput {
    private static final Set<String> SETTINGS = Set.of(
            "id",
            "name",
            "unit",
            "kind",
            "worse",
            "allow",
            "proof",
            "floor",
            "critical",
            "muted",
            "group",
            "weight",
            "minimum",
            "limit",
            "objective",
            "raw",
            "share");
    private static final Set<String> SAMPLES =
            Set.of("baseline", "canary", "baselineTail", "canaryTail", "buckets", "missing");
    private static final Set<String> BUCKETS = Set.of("bounds", "baseline", "canary");

    private final JsonFields m;

    private MetricInput(JsonFields m) {
        this.m = m;
    }

    /** With settings, and perhaps samples. */
    static MetricInput configured(JsonNode node, String path) {
        return new MetricInput(new JsonFields(node, path, with(SETTINGS)));
    }

    /** With samples of a metric that was configured before. */
    static MetricInput sampled(JsonNode node, String path) {
        return new MetricInput(new JsonFields(node, path, with(Set.of("id"))));
    }

    private static Set<String> with(Set<String> fields) {
        Set<String> all = new HashSet<>(fields);
        all.addAll(SAMPLES);
        return all;
    }

    String at(String field) {
        return m.at(field);
    }

    /** The configuration that its id names. */
    MetricConfig among(List<MetricConfig> metrics) {
        String id = m.required("id");
        return metrics.stream()
                .filter(k -> k.id().equals(id))
                .findFirst()
                .orElseThrow(() -> JsonFields.error(at("id"), "'" + id + "' is not in the configuration"));
    }

    /** The planned share of the canary, where given. */
    OptionalDouble share() {
        return m.has("share")
                ? OptionalDouble.of(JsonFields.share(m.number("share", 0), at("share")))
                : OptionalDouble.empty();
    }

    MetricConfig config() {
        String id = m.required("id");
        MetricConfig usual = MetricConfig.of(id, word("kind", MetricKind::of));
        MetricConfig.Builder config = usual.toBuilder()
                .worse(m.has("worse") ? word("worse", Worse::of) : usual.worse())
                .name(m.text("name", id))
                .unit(m.text("unit", ""))
                .allow(allow("allow"))
                .proof(allow("proof"))
                .floor(m.number("floor", usual.floor()))
                .critical(m.flag("critical"))
                .muted(m.flag("muted"))
                .group(m.text("group", ""))
                .weight(m.number("weight", usual.weight()))
                .minimum(m.number("minimum", usual.minimum()))
                .limit(m.number("limit", usual.limit()))
                .objective(objective())
                .raw(!m.has("raw") || m.flag("raw"));
        try {
            return config.build();
        } catch (IllegalArgumentException e) {
            throw JsonFields.error(at("id"), "'" + id + "': " + e.getMessage());
        }
    }

    /** The fraction of requests that the service promises to answer well, NaN for none. */
    private double objective() {
        double target = m.number("objective", Double.NaN);
        if (m.has("objective") && !(target > 0 && target < 1)) {
            throw JsonFields.error(at("objective"), "must lie between 0 and 1, as 0.99, but is " + target);
        }
        return target;
    }

    private <T> T word(String field, Function<String, T> reader) {
        String word = m.required(field);
        try {
            return reader.apply(word);
        } catch (IllegalArgumentException e) {
            throw JsonFields.error(at(field), e.getMessage());
        }
    }

    private Allow allow(String field) {
        if (!m.has(field)) {
            return Allow.NONE;
        }
        boolean text = m.node(field).isTextual();
        double number = text ? 0 : m.number(field, 0);
        try {
            return text ? Allow.of(m.text(field, "")) : Allow.absolute(number);
        } catch (IllegalArgumentException e) {
            throw JsonFields.error(at(field), e.getMessage());
        }
    }

    MetricLook samples(MetricConfig config) {
        if (m.has("missing")) {
            return MetricLook.missing(config.id(), m.text("missing", ""));
        }
        if (config.counted()) {
            return MetricLook.counts(config.id(), counts("baseline"), counts("canary"));
        }
        MetricLook look = m.has("buckets")
                ? buckets(config.id())
                : MetricLook.values(config.id(), values("baseline"), values("canary"));
        return look.withTail(counts("baselineTail"), counts("canaryTail"));
    }

    private MetricLook buckets(String id) {
        for (String side : List.of("baseline", "canary")) {
            if (m.has(side)) {
                throw JsonFields.error(at(side), "can't stand beside buckets: give one of both");
            }
        }
        JsonFields b = new JsonFields(m.node("buckets"), at("buckets"), BUCKETS);
        List<Double> bounds = SampleValues.of(b.numbers("bounds"));
        return MetricLook.buckets(
                id,
                b.has("baseline") ? new Buckets(bounds, SampleValues.of(b.numbers("baseline"))) : null,
                new Buckets(bounds, SampleValues.of(b.numbers("canary"))));
    }

    private List<Double> values(String side) {
        return SampleValues.of(m.numbers(side));
    }

    private Counts counts(String side) {
        if (!m.has(side)) {
            return null;
        }
        JsonFields c = new JsonFields(m.node(side), at(side), Set.of("errors", "total"));
        return new Counts(c.number("errors", Double.NaN), c.number("total", Double.NaN));
    }
}
