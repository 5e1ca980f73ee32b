// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * OpenSLO v1 and v1alpha: SLO with its SLI (in it or beside it), AlertPolicy and AlertCondition. A ratio metric becomes a rate with its objective, a
 * threshold metric a gauge, a burn rate that pages a trigger.
 */
final class OpenSloReader implements ForeignReader {
    private static final Duration MOMENT = Duration.ofMinutes(10);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Override
    public String format() {
        return "OpenSLO";
    }

    @Override
    public boolean knows(Given document) {
        return document.at("apiVersion").peek().startsWith("openslo");
    }

    @Override
    public void read(List<Carry.Source> documents, ContractDraft draft) {
        Map<String, Given> named = new HashMap<>();
        for (Carry.Source source : documents) {
            named.put(
                    source.document().at("kind").peek() + " "
                            + source.document().at("metadata", "name").peek(),
                    source.document());
        }
        for (Carry.Source source : documents) {
            if (source.document().at("kind").peek().equals("SLO")) {
                draft.file(source.file());
                slo(source.document(), named, draft);
            }
        }
        for (Carry.Source source : documents) {
            Given document = source.document();
            draft.file(source.file());
            switch (document.at("kind").peek()) {
                case "Service", "DataSource", "AlertNotificationTarget" -> document.take();
                default -> {
                    document.takeEach("apiVersion", "kind", "metadata");
                    if (!document.at("spec").isTaken()) {
                        draft.left(document.at("spec"), "no SLO with a query that is carried over refers to it");
                    }
                }
            }
            draft.rest(document);
        }
    }

    private static void slo(Given document, Map<String, Given> named, ContractDraft draft) {
        Given spec = document.at("spec");
        String name = document.at("metadata", "name").peek();
        draft.service(spec.text("service"));
        spec.takeEach("description", "budgetingMethod", "indicatorRef");
        Given indicator = spec.at("indicator");
        if (spec.has("indicatorRef")) {
            Given sli = named.get("SLI " + spec.at("indicatorRef").peek());
            if (sli == null) {
                draft.left(spec, "its SLI with the queries is in none of these files");
                return;
            }
            indicator = sli;
        }
        indicator.takeEach("metadata", "kind", "apiVersion");
        indicator.at("spec", "description").take();
        List<Given> objectives = spec.at("objectives").items();
        if (objectives.isEmpty()) {
            draft.left(spec, "it has no objective");
            return;
        }
        Given first = objectives.get(0);
        objectives.stream().skip(1).forEach(o -> draft.left(o, "a metric has one objective: the first is taken"));
        first.takeEach("displayName", "compositeWeight", "timeSliceTarget");
        Given window = spec.at(spec.has("timeWindow") ? "timeWindow" : "timeWindows");
        Given span = window.items().isEmpty() ? window : window.items().get(0);
        Duration period = Numbers.time(
                span.has("duration") ? span.text("duration") : span.text("count") + unit(span.text("unit")));
        window.take();
        SloMetric objective = new SloMetric(draft, spec, name, percent(first), period);
        Given ratio = first.has("ratioMetrics") ? first.at("ratioMetrics") : indicator.at("spec", "ratioMetric");
        Given threshold = indicator.at("spec", "thresholdMetric");
        if (ratio.isThere()) {
            String id = ratio(ratio, objective);
            if (id != null) {
                policies(spec, named, objective, id);
            }
        } else if (threshold.isThere()) {
            threshold(threshold, first, name, draft);
        } else {
            draft.left(spec, "it has no ratioMetric and no thresholdMetric here");
        }
    }

    /** The v1alpha's units of time, {@code Day} and so on, as a letter. */
    private static String unit(String word) {
        return switch (word) {
            case "Second" -> "s";
            case "Minute" -> "m";
            case "Hour" -> "h";
            case "Day" -> "d";
            case "Week" -> "w";
            case "Month" -> "M";
            case "Quarter" -> "Q";
            default -> "Y";
        };
    }

    private static BigDecimal percent(Given objective) {
        BigDecimal percent = objective.number("targetPercent");
        BigDecimal target = objective.number("target");
        return percent != null || target == null ? percent : target.movePointRight(2);
    }

    private static String ratio(Given ratio, SloMetric objective) {
        ratio.takeEach("counter", "incremental");
        if (ratio.has("raw")) {
            boolean good = !ratio.text("rawType").equals("failure");
            String raw = query(ratio.at("raw"), objective);
            ratio.take();
            SloMetric.Ratio made = raw == null ? null : objective.ratio(raw, good, null);
            return made == null || !made.counted() ? null : made.id();
        }
        boolean good = ratio.has("good");
        String part = query(ratio.at(good ? "good" : "bad"), objective);
        String total = part == null ? null : query(ratio.at("total"), objective);
        return total == null ? null : objective.events(part, good, total);
    }

    /** Null where no metric source of ours can be asked it, which is said. */
    private static String query(Given metric, SloMetric objective) {
        Given source = metric.has("metricSource") ? metric.at("metricSource") : metric;
        String type = source.text(source.has("type") ? "type" : "source");
        Given query = source.has("spec") ? source.at("spec", "query") : source.at("query");
        String text = query.text();
        source.takeEach("queryType", "metricSourceRef");
        metric.takeEach("dataSourceRef");
        if (!type.isEmpty() && !type.toLowerCase(java.util.Locale.ROOT).contains("prometheus")) {
            objective
                    .draft()
                    .left(
                            objective.words(),
                            "its source is " + type + ", and metric sources here speak Prometheus' HTTP API");
            return null;
        }
        if (text.isEmpty()) {
            objective.draft().left(objective.words(), "its source has no query: in PromQL");
            return null;
        }
        source.at("spec").take();
        return text;
    }

    private static void threshold(Given metric, Given objective, String name, ContractDraft draft) {
        String query = query(metric, new SloMetric(draft, metric, name, null, null));
        String windowed = query == null ? null : SloMetric.windowed(query);
        String op = objective.text("op");
        BigDecimal value = objective.number("value");
        String good = Map.of("lte", "<=", "lt", "<", "gte", ">=", "gt", ">").get(op);
        if (windowed == null || good == null || value == null) {
            if (query != null) {
                draft.left(metric, "op and value of its objective say what is good, such as lte 0.5");
            }
            objective.take();
            return;
        }
        BigDecimal target = percent(objective);
        draft.changed(
                objective,
                "the share of all its time that it holds is counted there, and stops nothing; here that of the last "
                        + Numbers.written(MOMENT));
        objective.take();
        new Measured(draft, metric, name)
                .because(op + " " + Numbers.written(value))
                .subject(quantile(target, good.startsWith("<")))
                .within(MOMENT)
                .add(windowed, List.of(List.of(Failing.fixed(Failing.opposite(good), value))));
    }

    /** Of so large a share of the looks it must hold: {@code p95 of looks}; empty where no share is told. */
    private static String quantile(BigDecimal percent, boolean high) {
        boolean share = percent != null && percent.signum() > 0 && percent.compareTo(HUNDRED) < 0;
        if (!share) {
            return "";
        }
        BigDecimal rank = (high ? percent : HUNDRED.subtract(percent)).setScale(4, RoundingMode.HALF_EVEN);
        boolean end = rank.signum() == 0 || rank.compareTo(HUNDRED) == 0;
        return (end ? high ? "max" : "min" : "p" + Numbers.written(rank)) + " of looks";
    }

    private static void policies(Given spec, Map<String, Given> named, SloMetric objective, String id) {
        for (Given item : spec.at("alertPolicies").items()) {
            String reference = item.isText() ? item.text() : item.text("alertPolicyRef");
            Given policy = reference.isEmpty() ? item : named.get("AlertPolicy " + reference);
            if (policy == null) {
                objective.draft().left(item, "the AlertPolicy is in none of these files");
                continue;
            }
            policy.takeEach("kind", "apiVersion", "metadata");
            Given body = policy.at("spec");
            body.takeEach(
                    "description", "alertWhenBreaching", "alertWhenResolved", "alertWhenNoData", "notificationTargets");
            for (Given condition : body.at("conditions").items()) {
                String to = condition.text("conditionRef");
                Given found = to.isEmpty() ? condition : named.get("AlertCondition " + to);
                if (found == null) {
                    objective.draft().left(condition, "the AlertCondition is in none of these files");
                } else {
                    found.takeEach("kind", "apiVersion", "metadata");
                    condition(found.at("spec"), objective, id);
                }
            }
        }
    }

    private static void condition(Given spec, SloMetric objective, String id) {
        spec.takeEach("description");
        String severity = spec.text("severity");
        Given condition = spec.at("condition");
        BigDecimal factor = condition.number("threshold");
        Duration over = Numbers.time(condition.text("lookbackWindow"));
        Duration after = Numbers.time(condition.text("alertAfter"));
        boolean burns = condition.text("kind").equalsIgnoreCase("burnrate")
                && factor != null
                && factor.signum() > 0
                && over != null;
        if (severity.equals("ticket") || !burns) {
            objective
                    .draft()
                    .left(
                            spec,
                            burns
                                    ? "what a ticket is written for brings nothing back"
                                    : "no burn rate with threshold and lookbackWindow");
            return;
        }
        if (condition.text("op").startsWith("l")) {
            objective.draft().changed(condition, "a burn rate is a harm only when it is too high");
        }
        objective.burns(id, List.of(new SloMetric.Burn(factor, over, null, after)), condition.words());
    }
}
