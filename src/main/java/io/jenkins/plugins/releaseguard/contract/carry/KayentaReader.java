// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Kayenta's canary configuration (canary-config.md), alone or in the request that carries it: metrics, with the direction that is harm, their groups and
 * what is allowed. It has no thresholds and no phases.
 */
final class KayentaReader implements ForeignReader {
    private static final Map<String, String> DIRECTIONS =
            Map.of("increase", "higher", "decrease", "lower", "either", "either");

    @Override
    public String format() {
        return "Kayenta's canary configuration";
    }

    @Override
    public boolean knows(Given document) {
        Given config = config(document);
        return config.has("metrics") && config.has("classifier");
    }

    private static Given config(Given document) {
        return document.has("canaryConfig") ? document.at("canaryConfig") : document;
    }

    @Override
    public void read(List<Carry.Source> documents, ContractDraft draft) {
        for (Carry.Source source : documents) {
            draft.file(source.file());
            Given config = config(source.document());
            config.takeEach(
                    "name",
                    "id",
                    "description",
                    "applications",
                    "judge",
                    "configVersion",
                    "createdTimestamp",
                    "updatedTimestamp",
                    "createdTimestampIso",
                    "updatedTimestampIso",
                    "lastModifiedBy",
                    "isNew",
                    "scopes");
            for (Given metric : config.at("metrics").items()) {
                metric(metric, config.at("templates"), draft);
            }
            config.takeEach("templates");
            draft.leftEach(
                    config.at("classifier"),
                    "no score is counted: groups are shown, and a metric that is worse stops a release",
                    "groupWeights",
                    "scoreThresholds");
            draft.rest(source.document());
        }
    }

    private static void metric(Given metric, Given templates, ContractDraft draft) {
        String name = metric.text("name");
        Given query = metric.at("query");
        String type = query.peekAt("type").isEmpty() ? query.peekAt("serviceType") : query.peekAt("type");
        metric.takeEach("scopeName");
        if (!type.equals("prometheus")) {
            draft.left(metric, "its source is " + type + ", and metric sources here speak Prometheus' HTTP API");
            return;
        }
        String text = query(query, templates);
        String filled = text == null ? null : Placeholders.fill(text, Placeholders.DOLLARS, KayentaReader::place);
        Tracks.Told told = filled == null ? null : draft.tracks().tell(filled);
        if (told == null || told.query() == null) {
            draft.left(metric, "its query can't be told apart by version, or its template isn't there");
            return;
        }
        if (told.added()) {
            draft.changed(
                    query, "asked for each version by " + draft.label() + "=\"$track\": its series need that label");
        }
        query.take();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", Placeholders.plain(name));
        fields.put("kind", "gauge");
        fields.put("source", Measured.SOURCE);
        analysis(metric.at("analysisConfigurations", "canary"), fields, draft);
        List<Given> groups = metric.at("groups").items();
        groups.stream().limit(1).forEach(g -> fields.put("group", Placeholders.plain(g.text())));
        groups.stream().skip(1).forEach(g -> draft.left(g, "a metric has one group"));
        fields.put("values", told.query());
        String fault = MetricFields.fault(fields);
        if (fault != null) {
            draft.left(metric, fault);
            return;
        }
        if (draft.metric(name, fields) == null) {
            draft.left(metric, "a contract has 200 metrics at most");
        }
    }

    private static void analysis(Given canary, Map<String, String> fields, ContractDraft draft) {
        String direction = canary.text("direction");
        fields.put("worse", DIRECTIONS.getOrDefault(direction, "either"));
        for (String flag : List.of("critical", "muted")) {
            if (canary.text(flag).equals("true")) {
                fields.put(flag, "yes");
            }
        }
        canary.takeEach("mustHaveData");
        Given effect = canary.at("effectSize");
        BigDecimal allowed = effect.number(direction.equals("decrease") ? "allowedDecrease" : "allowedIncrease");
        boolean means =
                effect.text("measure").isEmpty() || effect.at("measure").peek().equals("meanRatio");
        if (allowed != null && means && !direction.equals("either")) {
            BigDecimal percent = allowed.subtract(BigDecimal.ONE).abs().movePointRight(2);
            fields.put("allow", Numbers.written(percent) + "%");
        } else if (allowed != null) {
            draft.left(effect, "allow: is how much worse the mean may be, in one direction");
        }
        draft.leftEach(
                canary, "unknown is never zero: a count of nothing says or vector(0) in its query", "nanStrategy");
        draft.leftEach(canary, "looks are judged as they are", "outliers");
    }

    /** What Kayenta asks Prometheus for: an inline template, or the mean of a metric by its bindings or filter; null without its template. */
    private static String query(Given query, Given templates) {
        String inline = query.peekAt("customInlineTemplate");
        String template = query.peekAt("customFilterTemplate");
        String own = inline.isEmpty() ? query.peekAt("customFilter") : inline;
        if (own.isEmpty() && !template.isEmpty()) {
            own = templates.peekAt(template);
            if (own.isEmpty()) {
                return null;
            }
        }
        if (own.startsWith("PromQL:")) {
            return own.substring("PromQL:".length()).strip();
        }
        List<String> matchers = new ArrayList<>();
        query.at("labelBindings").items().forEach(b -> matchers.add(b.peek()));
        if (!own.isEmpty()) {
            matchers.add(own);
        }
        String name = query.peekAt("metricName");
        return name.isEmpty() ? null : "avg(" + name + "{" + String.join(",", matchers) + "})";
    }

    private static String place(String name) {
        return switch (name) {
            case "scope" -> "$track";
            case "interval", "__interval" -> "$window";
            default -> Placeholders.variable(name);
        };
    }
}
