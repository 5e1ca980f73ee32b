// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.read;

import io.jenkins.plugins.releaseguard.contract.Margin;
import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.Metric.Kind;
import io.jenkins.plugins.releaseguard.contract.Metric.Objective;
import io.jenkins.plugins.releaseguard.contract.Metric.Query;
import io.jenkins.plugins.releaseguard.contract.Metric.Worse;
import io.jenkins.plugins.releaseguard.contract.Position;
import io.jenkins.plugins.releaseguard.contract.Settings;
import io.jenkins.plugins.releaseguard.contract.grammar.Amount;
import io.jenkins.plugins.releaseguard.contract.grammar.Cursor;
import io.jenkins.plugins.releaseguard.contract.grammar.Ids;
import io.jenkins.plugins.releaseguard.contract.grammar.ReadRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes metrics of what the reader found, and holds them to having the queries of their kind. */
final class MetricAssembler {
    private final Problems problems;

    MetricAssembler(Problems problems) {
        this.problems = problems;
    }

    Optional<Metric> metric(Settings s) {
        Kind kind = FieldValues.constant(Kind.class, s, "kind", null);
        String id = s.text("id");
        if (kind == null || id.isEmpty()) {
            return Optional.empty();
        }
        if (!Ids.isMetricId(id)) {
            problems.error(
                    ReadRule.ID,
                    FieldValues.at(s, "id"),
                    "'" + Cursor.shorten(id) + "' is no metric's id",
                    "MON- and a number, as MON-001, or a name of letters, digits, dots and hyphens");
        }
        String unit = s.text("unit");
        Query query = query(s, id, kind, unit);
        Settings objective = FieldValues.get(s, "objective");
        double weight = FieldValues.number(s, "weight", 1);
        if (!(weight >= 0)) {
            problems.error(
                    ReadRule.METRIC,
                    FieldValues.at(s, "weight"),
                    "the weight of " + id + " is below 0",
                    "write a number from 0 on");
        }
        return Optional.of(new Metric(
                id,
                s.text("name"),
                kind,
                unit,
                s.text("source"),
                FieldValues.constant(Worse.class, s, "worse", Worse.HIGHER),
                s.flag("critical"),
                s.flag("muted"),
                s.text("group"),
                weight,
                allow(s, id, unit),
                query,
                objective == null || !objective.has("target")
                        ? null
                        : new Objective(
                                FieldValues.get(objective, "target"),
                                FieldValues.or(objective, "period", Duration.ofDays(30))),
                FieldValues.self(s)));
    }

    private Query query(Settings s, String id, Kind kind, String unit) {
        switch (kind) {
            case RATE -> {
                need(s, id, "errors");
                need(s, id, "total");
                refuse(s, id, "histogram", "values", "limit", "bucketUnit");
            }
            case LATENCY -> {
                if (!s.has("histogram") && !s.has("values")) {
                    problems.error(
                            ReadRule.METRIC,
                            FieldValues.self(s),
                            id + " is a latency without data",
                            "add histogram: (the bucket series, recommended) or values: (a query)");
                }
                refuse(s, id, "errors", "total");
            }
            default -> {
                need(s, id, "values");
                refuse(s, id, "errors", "total", "histogram", "limit", "bucketUnit");
            }
        }
        Map<String, Position> at = new HashMap<>();
        for (String key : List.of("errors", "total", "histogram", "values")) {
            if (s.has(key)) {
                at.put(key, FieldValues.at(s, key));
            }
        }
        return new Query(
                s.text("errors"),
                s.text("total"),
                s.text("histogram"),
                s.text("values"),
                limit(s, id, unit),
                s.text("bucketUnit"),
                at);
    }

    private void need(Settings s, String id, String key) {
        if (!s.has(key)) {
            problems.error(
                    ReadRule.METRIC,
                    FieldValues.self(s),
                    id + " is a " + s.text("kind") + " without " + key,
                    "add " + key + ": and a query");
        }
    }

    private void refuse(Settings s, String id, String... keys) {
        for (String key : keys) {
            if (s.has(key)) {
                problems.error(
                        ReadRule.METRIC,
                        FieldValues.at(s, key),
                        id + " is a " + s.text("kind") + ", which has no " + key,
                        "take " + key + " out, or change kind");
            }
        }
    }

    private double limit(Settings s, String id, String unit) {
        Amount amount = FieldValues.get(s, "limit");
        if (amount == null) {
            return Double.NaN;
        }
        double limit = amount.in(unit);
        if (!(limit > 0)) {
            problems.error(
                    ReadRule.METRIC,
                    FieldValues.at(s, "limit"),
                    "the limit of " + id + " can't be read in '" + unit + "'",
                    "write a number above 0 in the metric's unit, or set unit: ms");
        }
        return limit;
    }

    private Margin allow(Settings s, String id, String unit) {
        Amount amount = FieldValues.get(s, "allow");
        if (amount == null) {
            return Margin.NONE;
        }
        double value = amount.unit().equals("%") ? amount.value() : amount.in(unit);
        if (!(value >= 0)) {
            problems.error(
                    ReadRule.METRIC,
                    FieldValues.at(s, "allow"),
                    "allow of " + id + " can't be read in '" + unit + "'",
                    "write a share of the baseline's level, 10%, or an amount in the metric's unit");
            return Margin.NONE;
        }
        return new Margin(value, amount.unit().equals("%"));
    }
}
