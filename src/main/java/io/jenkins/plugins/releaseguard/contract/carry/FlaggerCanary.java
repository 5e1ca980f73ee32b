// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One of Flagger's canaries: its steps as phases, its metrics as triggers. */
final class FlaggerCanary {
    /** They say how pods, services and routes are made, which a release contract leaves to whoever deploys. */
    private static final String[] DEPLOYMENT = {
        "targetRef",
        "autoscalerRef",
        "ingressRef",
        "routeRef",
        "upstreamRef",
        "service",
        "progressDeadlineSeconds",
        "revertOnDeletion",
        "metricsServer",
        "provider"
    };

    private static final Pattern CANARY = Pattern.compile("(\\}\\})-canary");
    private static final Pattern PRIMARY = Pattern.compile("\\}\\}-primary");
    private static final String MINUTE = "1m";
    private static final int MOST_CHECKS = 10_000;
    private static final Duration LEAST = Duration.ofSeconds(10);

    private final ContractDraft draft;
    private final Map<String, Given> templates;
    private Given canary;

    /** The values of the metric source's labels that make its queries tell the versions apart; null before one did. */
    private String tracked;

    FlaggerCanary(ContractDraft draft, Map<String, Given> templates) {
        this.draft = draft;
        this.templates = templates;
    }

    void read(Given document) {
        canary = document;
        Given spec = document.at("spec");
        draft.service(document.at("metadata", "name").peek());
        spec.takeEach(DEPLOYMENT);
        draft.leftEach(spec, "a contract can't skip what it holds", "skipAnalysis", "suspend");
        Given analysis = spec.at(spec.has("analysis") ? "analysis" : "canaryAnalysis");
        Duration told = Numbers.time(analysis.text("interval"));
        Duration interval = told == null ? Duration.ofMinutes(1) : told.compareTo(LEAST) < 0 ? LEAST : told;
        phases(analysis, interval);
        ToolPace pace = pace(analysis, interval);
        for (Given metric : analysis.at("metrics").items()) {
            metric(metric, pace);
        }
        for (Given webhook : analysis.at("webhooks").items()) {
            webhook(webhook);
        }
        draft.leftEach(analysis, "channels are set up in Jenkins; a procedure's notify: names one", "alerts");
        draft.leftEach(
                analysis,
                "a router moves a share of all users, and can't tell these or mirror them",
                "match",
                "mirror",
                "mirrorWeight");
        draft.leftEach(analysis, "rollout.sticky: says how long a router keeps a user on a version", "sessionAffinity");
        draft.leftEach(
                analysis,
                "the last phase takes all the traffic at once, with the old version kept",
                "stepWeightPromotion");
        analysis.takeEach("primaryReadyThreshold", "canaryReadyThreshold");
        if (tracked != null) {
            draft.changed(
                    spec.at("targetRef"),
                    "what names the new version is $track: the metric source's labels for the two versions must be "
                            + tracked);
        }
    }

    private void phases(Given analysis, Duration interval) {
        BigDecimal most = analysis.number("maxWeight");
        BigDecimal step = analysis.number("stepWeight");
        List<Given> weights = analysis.at("stepWeights").items();
        for (Given weight : weights) {
            BigDecimal value = Numbers.of(weight.text());
            if (value == null
                    || value.abs().compareTo(BigDecimal.valueOf(1000)) > 0
                    || !draft.phase(Numbers.written(value), interval)) {
                draft.left(weight, "phases rise from above 0 to 100 percent");
            }
        }
        BigDecimal to = most == null ? BigDecimal.valueOf(100) : most;
        if (weights.isEmpty() && step != null && step.signum() > 0 && step.compareTo(BigDecimal.valueOf(100)) <= 0) {
            BigDecimal at = step;
            boolean room = true;
            while (at.compareTo(to.min(BigDecimal.valueOf(100))) <= 0 && room) {
                room = draft.phase(Numbers.written(at), interval);
                at = at.add(step);
            }
            if (!room) {
                draft.left(analysis.at("stepWeight"), "a rollout has 50 phases at most");
            }
        } else if (weights.isEmpty() && analysis.has("iterations")) {
            draft.left(
                    analysis.at("iterations"),
                    "blue-green and A/B move no share of the traffic: phases say which shares it takes, and how long");
        }
    }

    /**
     * {@code threshold} failed checks in all bring the old version back, one where it says nothing; a check that fails, by any metric or by its
     * silence, keeps the weight where it is.
     */
    private ToolPace pace(Given analysis, Duration interval) {
        BigDecimal told = analysis.number("threshold");
        boolean known = told != null && told.signum() > 0 && told.compareTo(BigDecimal.valueOf(MOST_CHECKS)) <= 0;
        int needed = known ? told.intValue() : 1;
        draft.silence(interval.multipliedBy(needed));
        if (needed > 1) {
            draft.changed(
                    analysis.at("threshold"),
                    "counts the failed checks of all metrics together, and their silence; here each metric's by itself, and silence by noData. A failed"
                            + " look holds the phase as a failed check does: warn:");
        }
        return new ToolPace(interval, needed, null);
    }

    private void metric(Given metric, ToolPace pace) {
        String name = metric.text("name");
        String interval = metric.has("interval") ? metric.text("interval") : MINUTE;
        List<List<Failing>> failing = failing(metric, name.equals("request-success-rate"));
        Given template = metric.has("templateRef")
                ? templates.get(metric.at("templateRef", "name").peek())
                : null;
        if (metric.has("templateRef") && template == null) {
            draft.left(metric, "the MetricTemplate with its query is in none of these files");
            return;
        }
        String provider = template == null
                ? "prometheus"
                : template.at("provider", "type").peek();
        if (!provider.equals("prometheus")) {
            draft.left(metric, "its provider is " + provider + ", and metric sources here speak Prometheus' HTTP API");
            template.take();
            return;
        }
        Given words = template != null ? template.at("query") : metric.at("query");
        String text = words.isThere()
                ? words.text()
                : FlaggerQueries.of(canary.at("spec", "provider").peek(), name);
        String query = text == null ? null : query(text, interval, metric.at("templateVariables"));
        if (query == null) {
            draft.left(
                    metric,
                    text == null
                            ? "no query of that name is known for the provider '"
                                    + canary.at("spec", "provider").peek() + "': add it to the files"
                            : "its query has a place that nothing fills in");
            return;
        }
        if (!words.isThere() && canary.at("spec", "provider").peek().isEmpty()) {
            draft.changed(
                    metric.at("name"),
                    "no provider is named, so it is Istio's query, as Flagger has it where nothing else is set");
        }
        metric.takeEach("templateRef", "templateVariables");
        String unit = name.equals("request-duration") && words.key().isEmpty() ? "ms" : "";
        Given condition = metric.at(metric.has("thresholdRange") ? "thresholdRange" : "threshold");
        new Measured(draft, metric.at("name"), name)
                .because(name + " " + condition.words())
                .unit(unit)
                .pace(pace)
                .warns(pace.needed() > 1 ? failing : List.of(), new ToolPace(pace.every(), 1, null))
                .add(query, failing);
    }

    /** What is outside of the range breaks; without one a success rate breaks below, anything else above. */
    private List<List<Failing>> failing(Given metric, boolean success) {
        List<List<Failing>> failing = new ArrayList<>();
        BigDecimal least = metric.number("thresholdRange", "min");
        BigDecimal most = metric.number("thresholdRange", "max");
        BigDecimal threshold = metric.has("thresholdRange") ? null : metric.number("threshold");
        if (least != null) {
            failing.add(List.of(Failing.fixed("<", least)));
        }
        if (most != null) {
            failing.add(List.of(Failing.fixed(">", most)));
        }
        if (threshold != null) {
            failing.add(List.of(Failing.fixed(success ? "<" : ">", threshold)));
        }
        return failing;
    }

    /** What stands before {@code -canary} is the same in both versions; else the target itself names the version. */
    private String query(String raw, String interval, Given variables) {
        boolean suffix = CANARY.matcher(raw).find();
        String text = CANARY.matcher(raw).replaceAll("$1-\\$track");
        String target = canary.at("spec", "targetRef", "name").peek();
        if (suffix) {
            tracked = "canary and primary";
        }
        if (PRIMARY.matcher(raw).find()) {
            return null;
        }
        return Placeholders.fill(text, Placeholders.BRACES, place -> {
            String name = place.replaceFirst("^variables\\.", "");
            if (!name.equals(place)) {
                String value = variables.at(name).text();
                return value.isEmpty() ? Placeholders.variable(name) : Placeholders.plain(value);
            }
            return switch (place) {
                case "target" -> {
                    if (suffix) {
                        yield named(target, "target");
                    }
                    tracked = named(target, "target") + " and " + named(target, "target") + "-primary";
                    yield "$track";
                }
                case "interval" -> interval;
                case "namespace" -> named(canary.at("metadata", "namespace").peek(), "namespace");
                case "name" -> named(canary.at("metadata", "name").peek(), "name");
                case "service" -> {
                    String service = canary.at("spec", "service", "name").peek();
                    yield named(
                            service.isEmpty()
                                    ? canary.at("spec", "targetRef", "name").peek()
                                    : service,
                            "service");
                }
                case "ingress" -> named(canary.at("spec", "ingressRef", "name").peek(), "ingress");
                case "route" -> named(canary.at("spec", "routeRef", "name").peek(), "route");
                default -> null;
            };
        });
    }

    private static String named(String value, String name) {
        return value.isEmpty() ? Placeholders.variable(name) : Placeholders.plain(value);
    }

    private void webhook(Given webhook) {
        String type = webhook.at("type").peek();
        String why;
        if (type.startsWith("confirm-")) {
            why = "a person's yes is a phase's approve: or an approval among the criteria";
        } else if (Set.of("pre-rollout", "post-rollout").contains(type)) {
            why = type.equals("pre-rollout")
                    ? "what must hold before is a Criteria entry with verify: {command: …} or {http: …}"
                    : "what must hold after is a Validation entry with verify: {command: …} or {http: …}";
        } else if (type.equals("rollback")) {
            why = "a Rollback entry with check: {http: …} rolls back when it fails";
        } else {
            why = "load and events are made by the pipeline";
        }
        draft.left(webhook, why);
    }

    /** A template that no canary here refers to: a metric without a trigger. */
    static void alone(ContractDraft draft, String name, Given spec) {
        String provider = spec.at("provider", "type").peek();
        if (!provider.equals("prometheus")) {
            draft.left(spec, "its provider is " + provider + ", and metric sources here speak Prometheus' HTTP API");
            return;
        }
        FlaggerCanary reader = new FlaggerCanary(draft, Map.of());
        reader.canary = Given.nothing(spec.line());
        String query = reader.query(spec.text("query"), "$window", Given.nothing(spec.line()));
        if (query == null || query.isBlank()) {
            draft.left(spec.at("query"), "its query has a place that nothing fills in");
            return;
        }
        new Measured(draft, spec.at("query"), name).add(query, List.of());
        draft.changed(
                spec.at("query"),
                "no Canary in these files says what breaks it: it is judged against the old version alone");
    }
}
