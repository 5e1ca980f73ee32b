// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.SampleValues;
import io.jenkins.plugins.releaseguard.judge.Worse;
import io.jenkins.plugins.releaseguard.judge.kayenta.KayentaConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JSON that {@code release-guard judge} reads: configuration and samples of one comparison, or the first line of a stream.
 *
 * @param shares planned share of the canary by metric id, where given
 * @param phases planned shares of a stream; null when not given, and then no sample-ratio check is made
 * @param expected the canary's share of the requests that are compared, by phase; null for the planned one
 */
public record JudgeInput(
        double alpha,
        double passScore,
        double marginalScore,
        List<MetricConfig> metrics,
        List<MetricLook> samples,
        Map<String, Double> shares,
        List<Double> phases,
        List<Double> expected,
        List<Double> margins,
        double blastRadius,
        KayentaConfig kayenta) {

    /** As many as a contract has that names none. */
    private static final int USUAL_PHASES = 6;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TOP = Set.of(
            "alpha", "pass", "marginal", "metrics", "phases", "expectedShares", "margins", "blastRadius", "kayenta");
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
            "raw",
            "share");
    private static final Set<String> SAMPLES = Set.of("baseline", "canary", "baselineTail", "canaryTail", "missing");
    private static final Set<String> LOOK = Set.of("phase", "seconds", "baselineRequests", "canaryRequests", "metrics");

    /** @throws IllegalArgumentException naming the field */
    public static JudgeInput read(JsonNode root) {
        JsonFields top = new JsonFields(root, "", TOP);
        List<MetricConfig> metrics = new ArrayList<>();
        List<MetricLook> samples = new ArrayList<>();
        Map<String, Double> shares = new HashMap<>();
        Set<String> ids = new HashSet<>();
        JsonNode list = top.node("metrics");
        if (list == null || !list.isArray()) {
            throw JsonFields.error("metrics", "must be a list");
        }
        for (int i = 0; i < list.size(); i++) {
            Set<String> both = new HashSet<>(SETTINGS);
            both.addAll(SAMPLES);
            JsonFields m = new JsonFields(list.get(i), "metrics[" + i + "]", both);
            MetricConfig config = metric(m);
            if (!ids.add(config.id())) {
                throw JsonFields.error(m.at("id"), "'" + config.id() + "' is given twice");
            }
            metrics.add(config);
            samples.add(samples(m, config));
            if (m.has("share")) {
                shares.put(config.id(), share(m.number("share", 0), m.at("share")));
            }
        }
        double alpha = top.number("alpha", 0.05);
        if (!(alpha > 0 && alpha < 0.5)) {
            throw JsonFields.error("alpha", "must lie between 0 and 0.5, but is " + alpha);
        }
        return new JudgeInput(
                alpha,
                top.number("pass", 95),
                top.number("marginal", 75),
                metrics,
                samples,
                shares,
                doubles(top, "phases"),
                expected(top),
                doubles(top, "margins"),
                top.number("blastRadius", Double.POSITIVE_INFINITY),
                kayenta(top));
    }

    private static List<Double> doubles(JsonFields top, String field) {
        if (!top.has(field)) {
            return null;
        }
        List<Double> list = new ArrayList<>();
        for (double v : top.numbers(field)) {
            list.add(field.equals("margins") ? v : share(v, field));
        }
        return list;
    }

    private static List<Double> expected(JsonFields top) {
        List<Double> phases = doubles(top, "phases");
        List<Double> expected = doubles(top, "expectedShares");
        if (expected != null && (phases == null || phases.size() != expected.size())) {
            throw JsonFields.error(
                    "expectedShares",
                    "must name a share for each of the phases, but has " + expected.size() + " for "
                            + (phases == null ? 0 : phases.size()));
        }
        return expected;
    }

    private static double share(double v, String where) {
        if (!(v >= 0 && v <= 1)) {
            throw JsonFields.error(where, "must lie in 0..1, but is " + v);
        }
        return v;
    }

    private static KayentaConfig kayenta(JsonFields top) {
        if (!top.has("kayenta")) {
            return KayentaConfig.USUAL;
        }
        try {
            return JSON.treeToValue(top.node("kayenta"), KayentaConfig.class);
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
            throw new IllegalArgumentException(
                    "kayenta: " + cause.getMessage().lines().findFirst().orElse(""), e);
        }
    }

    private static MetricConfig metric(JsonFields m) {
        String id = m.required("id");
        MetricConfig usual = MetricConfig.of(id, word(m, "kind", MetricKind::of));
        Worse worse = m.has("worse") ? word(m, "worse", Worse::of) : Worse.HIGHER;
        try {
            return usual.withName(m.text("name", id))
                    .withUnit(m.text("unit", ""))
                    .withWorse(worse)
                    .withAllow(allow(m, "allow"))
                    .withProof(allow(m, "proof"))
                    .withFloor(m.number("floor", usual.floor()))
                    .withCritical(m.flag("critical"))
                    .withMuted(m.flag("muted"))
                    .withGroup(m.text("group", ""))
                    .withWeight(m.number("weight", 1))
                    .withMinimum(m.number("minimum", usual.minimum()))
                    .withLimit(m.number("limit", Double.NaN))
                    .withRaw(!m.has("raw") || m.flag("raw"));
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith("metrics[")
                    ? e
                    : JsonFields.error(m.at("id"), "'" + id + "': " + e.getMessage());
        }
    }

    private interface Reader<T> {
        T read(String word);
    }

    private static <T> T word(JsonFields m, String field, Reader<T> reader) {
        try {
            return reader.read(m.required(field));
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith(m.at(field)) ? e : JsonFields.error(m.at(field), e.getMessage());
        }
    }

    private static Allow allow(JsonFields m, String field) {
        if (!m.has(field)) {
            return Allow.NONE;
        }
        try {
            return m.node(field).isTextual() ? Allow.of(m.text(field, "")) : Allow.absolute(m.number(field, 0));
        } catch (IllegalArgumentException e) {
            throw e.getMessage().startsWith(m.at(field)) ? e : JsonFields.error(m.at(field), e.getMessage());
        }
    }

    private static MetricLook samples(JsonFields m, MetricConfig config) {
        if (m.has("missing")) {
            return MetricLook.missing(config.id(), m.text("missing", ""));
        }
        if (config.counted()) {
            return MetricLook.counts(config.id(), counts(m, "baseline"), counts(m, "canary"));
        }
        return MetricLook.values(config.id(), values(m, "baseline"), values(m, "canary"))
                .withTail(counts(m, "baselineTail"), counts(m, "canaryTail"));
    }

    private static List<Double> values(JsonFields m, String side) {
        return SampleValues.of(m.numbers(side));
    }

    private static Counts counts(JsonFields m, String side) {
        if (!m.has(side)) {
            return null;
        }
        JsonFields c = new JsonFields(m.node(side), m.at(side), Set.of("errors", "total"));
        return new Counts(c.number("errors", Double.NaN), c.number("total", Double.NaN));
    }

    /** The configuration of a stream. */
    public JudgeConfig stream() {
        boolean planned = phases != null;
        List<Double> shares = planned ? phases : java.util.Collections.nCopies(USUAL_PHASES, 0.5);
        double tolerance = planned ? 0.1 : Double.MAX_VALUE;
        return new JudgeConfig(
                alpha, 0.05, metrics, shares, expected, margins, tolerance, blastRadius, passScore, marginalScore);
    }

    /** One look of a stream; its requests are those of the first rate where they are not given. */
    public Look look(JsonNode node) {
        JsonFields l = new JsonFields(node, "", LOOK);
        if (!l.has("phase") || !l.node("phase").canConvertToInt()) {
            throw JsonFields.error("phase", "must be the index of a phase");
        }
        JsonNode list = l.node("metrics");
        if (list == null || !list.isArray()) {
            throw JsonFields.error("metrics", "must be a list");
        }
        List<MetricLook> looks = new ArrayList<>();
        Counts b = null;
        Counts c = null;
        for (int i = 0; i < list.size(); i++) {
            Set<String> fields = new HashSet<>(SAMPLES);
            fields.add("id");
            JsonFields m = new JsonFields(list.get(i), "metrics[" + i + "]", fields);
            String id = m.required("id");
            MetricConfig config = metrics.stream()
                    .filter(k -> k.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> JsonFields.error(m.at("id"), "'" + id + "' is not in the configuration"));
            MetricLook look = samples(m, config);
            looks.add(look);
            if (b == null && config.kind() == MetricKind.RATE && look.baselineCounts() != null) {
                b = look.baselineCounts();
                c = look.canaryCounts();
            }
        }
        return new Look(
                l.node("phase").asInt(),
                l.number("seconds", 30),
                l.number("baselineRequests", b == null ? Double.NaN : b.total()),
                l.number("canaryRequests", c == null ? Double.NaN : c.total()),
                looks);
    }
}
