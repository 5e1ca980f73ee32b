// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Look;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.MetricLook;
import io.jenkins.plugins.releaseguard.judge.Promotion;
import io.jenkins.plugins.releaseguard.judge.kayenta.KayentaConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JSON that {@code release-guard judge} reads: configuration and samples of one comparison, or the first line of a stream.
 *
 * @param alpha chance of a false alarm: of one metric's test, or in a whole stream
 * @param shares planned share of the canary by metric id, where given
 * @param kayenta settings of that profile
 */
record JudgeInput(
        double alpha,
        Scores scores,
        List<MetricConfig> metrics,
        List<MetricLook> samples,
        Map<String, Double> shares,
        Rollout rollout,
        KayentaConfig kayenta) {

    /** The score from which a comparison passes. */
    static final double DEFAULT_PASS = 95;

    /** The score from which it is marginal. */
    static final double DEFAULT_MARGINAL = 75;

    /** Phases of a stream that names none: as many as a contract has that names none. */
    static final int DEFAULT_PHASES = 6;

    /** The canary's share in each of them; how many requests really went to it isn't checked. */
    static final double DEFAULT_SHARE = 0.5;

    /** Seconds of a look that doesn't say. */
    static final double DEFAULT_LOOK_SECONDS = 30;

    private static final String BUDGET = "budget";
    private static final String PROOF = "proof";

    /** Scores, 0 to 100, from which a comparison passes and is marginal. */
    record Scores(double pass, double marginal) {}

    /**
     * What a stream is of.
     *
     * @param phases planned shares; null when not given, and then no sample-ratio check is made
     * @param expectedShares the canary's share of the requests that are compared, by phase; null for the planned one
     * @param margins multipliers of the promotion margin, null for the default
     * @param blastRadius extra failed requests that the canary may cost
     * @param warmups seconds in which nothing is bet, by phase
     * @param promotion what a phase must show before it is left
     * @param longest seconds that each phase may take at most, none for the default
     * @param sticky seconds for which the router pins a user to a side, 0 where it doesn't
     */
    record Rollout(
            List<Double> phases,
            List<Double> expectedShares,
            List<Double> margins,
            double blastRadius,
            Warmups warmups,
            Promotion promotion,
            List<Double> longest,
            double sticky) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> TOP = Set.of(
            "alpha",
            "pass",
            "marginal",
            "metrics",
            "phases",
            "expectedShares",
            "margins",
            "blastRadius",
            "warmup",
            "promote",
            "longest",
            "sticky",
            "kayenta");
    private static final Set<String> LOOK =
            Set.of("phase", "seconds", "baselineRequests", "canaryRequests", "metrics", "warmup");

    /** @throws IllegalArgumentException naming the field */
    static JudgeInput read(JsonNode root) {
        JsonFields top = new JsonFields(root, "", TOP);
        List<MetricConfig> metrics = new ArrayList<>();
        List<MetricLook> samples = new ArrayList<>();
        Map<String, Double> shares = new HashMap<>();
        Set<String> ids = new HashSet<>();
        JsonNode list = top.list("metrics");
        for (int i = 0; i < list.size(); i++) {
            MetricInput m = MetricInput.configured(list.get(i), "metrics[" + i + "]");
            MetricConfig config = m.config();
            if (!ids.add(config.id())) {
                throw JsonFields.error(m.at("id"), "'" + config.id() + "' is given twice");
            }
            metrics.add(config);
            samples.add(m.samples(config));
            m.share().ifPresent(share -> shares.put(config.id(), share));
        }
        double alpha = top.number("alpha", JudgeConfig.DEFAULT_ALPHA);
        if (!(alpha > 0 && alpha < 0.5)) {
            throw JsonFields.error("alpha", "must lie between 0 and 0.5, but is " + alpha);
        }
        return new JudgeInput(
                alpha,
                new Scores(top.number("pass", DEFAULT_PASS), top.number("marginal", DEFAULT_MARGINAL)),
                metrics,
                samples,
                shares,
                rollout(top),
                kayenta(top));
    }

    private static Rollout rollout(JsonFields top) {
        List<Double> phases = shares(top, "phases");
        List<Double> expected = shares(top, "expectedShares");
        if (expected != null && (phases == null || phases.size() != expected.size())) {
            throw JsonFields.error(
                    "expectedShares",
                    "must name a share for each of the phases, but has " + expected.size() + " for "
                            + (phases == null ? 0 : phases.size()));
        }
        int number = phases == null ? DEFAULT_PHASES : phases.size();
        return new Rollout(
                phases,
                expected,
                top.has("margins") ? top.list("margins", (v, where) -> v) : null,
                top.number("blastRadius", JudgeConfig.DEFAULT_BLAST_RADIUS),
                new Warmups(seconds(top, "warmup", number)),
                promotion(top.text("promote", PROOF)),
                seconds(top, "longest", number),
                length(top.number("sticky", 0), "sticky"));
    }

    private static Promotion promotion(String rule) {
        return switch (rule) {
            case PROOF -> Promotion.PROOF;
            case BUDGET -> Promotion.BUDGET;
            default ->
                throw JsonFields.error(
                        "promote", "must be \"" + BUDGET + "\" or \"" + PROOF + "\", but is \"" + rule + "\"");
        };
    }

    /** One for all phases that share the users, or one a phase; none where the field isn't there. */
    private static List<Double> seconds(JsonFields top, String field, int phases) {
        if (!top.has(field)) {
            return List.of();
        }
        if (!top.node(field).isArray()) {
            return Collections.nCopies(phases, length(top.number(field, 0), field));
        }
        List<Double> list = top.list(field, JudgeInput::length);
        if (list.size() != phases) {
            throw JsonFields.error(
                    field, "must name seconds for each of the phases, but has " + list.size() + " for " + phases);
        }
        return list;
    }

    private static double length(double seconds, String where) {
        if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw JsonFields.error(where, "must be seconds, not fewer than 0, but is " + seconds);
        }
        return seconds;
    }

    private static List<Double> shares(JsonFields top, String field) {
        return top.has(field) ? top.list(field, JsonFields::share) : null;
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

    /** The configuration of a stream. */
    JudgeConfig stream() {
        boolean planned = rollout.phases() != null;
        JudgeConfig.Builder config = JudgeConfig.builder(
                        metrics, planned ? rollout.phases() : Collections.nCopies(DEFAULT_PHASES, DEFAULT_SHARE))
                .alpha(alpha)
                .expectedShares(rollout.expectedShares())
                .marginMultipliers(rollout.margins())
                .ratioTolerance(planned ? JudgeConfig.DEFAULT_RATIO_TOLERANCE : Double.MAX_VALUE)
                .blastRadius(rollout.blastRadius())
                .promotion(rollout.promotion())
                .sticky(rollout.sticky());
        return (rollout.longest().isEmpty() ? config : config.longest(rollout.longest())).build();
    }

    /** One look of a stream; its requests are those of the first rate where they are not given. */
    Look look(JsonNode node) {
        JsonFields l = new JsonFields(node, "", LOOK);
        if (!l.has("phase") || !l.node("phase").canConvertToInt()) {
            throw JsonFields.error("phase", "must be the index of a phase");
        }
        JsonNode list = l.list("metrics");
        List<MetricLook> looks = new ArrayList<>();
        Counts b = null;
        Counts c = null;
        for (int i = 0; i < list.size(); i++) {
            MetricInput m = MetricInput.sampled(list.get(i), "metrics[" + i + "]");
            MetricConfig config = m.among(metrics);
            MetricLook look = m.samples(config);
            looks.add(look);
            if (b == null && config.kind() == MetricKind.RATE && look.baselineCounts() != null) {
                b = look.baselineCounts();
                c = look.canaryCounts();
            }
        }
        return new Look(
                l.node("phase").asInt(),
                l.number("seconds", DEFAULT_LOOK_SECONDS),
                l.number("baselineRequests", b == null ? Double.NaN : b.total()),
                l.number("canaryRequests", c == null ? Double.NaN : c.total()),
                looks,
                l.flag("warmup"));
    }
}
