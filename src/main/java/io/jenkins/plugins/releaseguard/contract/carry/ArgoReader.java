// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Argo Rollouts, {@code argoproj.io/v1alpha1}: AnalysisTemplate, ClusterAnalysisTemplate and AnalysisRun by their {@code spec.metrics}
 * (features/analysis.md), Rollout by its {@code spec.strategy.canary.steps} and the arguments of its analyses.
 */
final class ArgoReader implements ForeignReader {
    private static final Set<String> ANALYSES = Set.of("AnalysisTemplate", "ClusterAnalysisTemplate", "AnalysisRun");
    private static final Set<String> KINDS =
            Set.of("AnalysisTemplate", "ClusterAnalysisTemplate", "AnalysisRun", "Rollout", "Experiment");

    @Override
    public String format() {
        return "Argo AnalysisTemplate and Rollout";
    }

    @Override
    public boolean knows(Given document) {
        return valueOf(document, "apiVersion").startsWith("argoproj.io/") && KINDS.contains(valueOf(document, "kind"));
    }

    private static String valueOf(Given document, String name) {
        Given at = document.at(name);
        return at.isText() ? at.peek() : "";
    }

    @Override
    public void read(List<Carry.Source> documents, ContractDraft draft) {
        Map<String, String> arguments = new HashMap<>();
        Map<String, Duration> lasting = lasting(documents);
        boolean one = false;
        for (Carry.Source source : documents) {
            if (valueOf(source.document(), "kind").equals("Rollout")) {
                draft.file(source.file());
                if (one) {
                    draft.left(source.document().at("spec"), "a contract has one rollout: import one at a time");
                } else {
                    new ArgoRollout(draft, arguments, lasting).read(source.document());
                }
                one = true;
            }
        }
        for (Carry.Source source : documents) {
            Given document = source.document();
            draft.file(source.file());
            document.takeEach("apiVersion", "kind", "metadata", "status");
            if (ANALYSES.contains(valueOf(document, "kind"))) {
                analysis(document.at("spec"), draft, arguments);
            } else if (valueOf(document, "kind").equals("Experiment")) {
                draft.left(
                        document.at("spec"),
                        "an experiment's own pods are no phase: the new version serves a share of the users here");
            }
            draft.rest(document);
        }
    }

    /** How long a step lasts that runs a template's analysis, by its name. */
    private static Map<String, Duration> lasting(List<Carry.Source> documents) {
        Map<String, Duration> lasting = new HashMap<>();
        for (Carry.Source source : documents) {
            Given spec = source.document().at("spec");
            Map<String, String> arguments = new HashMap<>();
            spec.at("args").items().forEach(a -> arguments.put(a.peekAt("name"), a.peekAt("value")));
            spec.at("metrics").items().stream()
                    .map(m -> ArgoPace.lasting(m, arguments))
                    .max(Comparator.naturalOrder())
                    .ifPresent(d ->
                            lasting.put(source.document().at("metadata", "name").peek(), d));
        }
        return lasting;
    }

    private static void analysis(Given spec, ContractDraft draft, Map<String, String> given) {
        Map<String, String> arguments = new HashMap<>();
        for (Given argument : spec.at("args").items()) {
            String name = argument.text("name");
            String value = argument.at("value").isText() ? argument.text("value") : null;
            if (argument.has("valueFrom")) {
                draft.left(
                        argument.at("valueFrom"),
                        "a build has no Secrets or pods to take it from: it becomes " + Placeholders.variable(name)
                                + ", which the build fills in");
            }
            // an empty default is filled in by whoever refers to the template
            arguments.put(name, value == null || value.isEmpty() ? null : value);
        }
        arguments.putAll(given);
        List<Given> dry = spec.at("dryRun").items();
        List<String> dryNames = dry.stream().map(d -> d.text("metricName")).toList();
        for (Given metric : spec.at("metrics").items()) {
            boolean muted = dryNames.stream()
                    .anyMatch(d -> d.equals(".*") || d.equals(metric.at("name").peek()));
            metric(metric, draft, arguments, muted);
        }
        spec.takeEach("measurementRetention", "args");
    }

    private static void metric(Given metric, ContractDraft draft, Map<String, String> arguments, boolean muted) {
        String name = metric.text("name");
        Given provider = metric.at("provider");
        if (!provider.has("prometheus")) {
            String kind = provider.fields().keySet().stream().findFirst().orElse("none");
            boolean check = Set.of("job", "web").contains(kind);
            draft.left(
                    metric,
                    "its provider is " + kind
                            + (check
                                    ? ", which is no metric's: a Rollback entry with check: {http: …} or {command: …} asks as often as you say"
                                    : ", and metric sources here speak Prometheus' HTTP API"));
            return;
        }
        Given words = provider.at("prometheus", "query");
        String query = query(words.text(), arguments);
        if (query == null || query.isBlank()) {
            draft.left(metric, "its query has a place that nothing fills in: {{…}} other than args");
            return;
        }
        provider.takeEach("prometheus");
        ArgoPace paces = new ArgoPace(metric, draft, arguments);
        Given failure = metric.at("failureCondition");
        Given success = metric.at("successCondition");
        Given condition = failure.isThere() ? failure : success;
        Measured measured = new Measured(draft, words.isThere() ? words : metric, name)
                .because(condition.isThere() ? condition.words() : "")
                .muted(muted || paces.never())
                .pace(paces.failures());
        List<List<Failing>> breaks = breaks(condition, condition == success, draft, arguments);
        if (failure.isThere() && success.isThere()) {
            List<List<Failing>> missed = breaks(success, true, draft, arguments);
            if (!missed.isEmpty() && !breaks.isEmpty()) {
                draft.changed(
                        success,
                        "what neither fails nor succeeds waits for a person there; here the release holds while it is so, and goes on when it is over");
                measured.warns(missed, paces.doubts());
            }
        }
        draft.leftEach(metric, "warmup: of a phase is what it waits before anything is bet on", "initialDelay");
        draft.leftEach(metric, "nothing is in doubt where one condition decides", "inconclusiveLimit");
        draft.leftEach(metric, "what holds again ends what was broken here", "consecutiveSuccessLimit");
        measured.add(query, breaks);
    }

    private static String query(String text, Map<String, String> arguments) {
        return Placeholders.fill(text, Placeholders.BRACES, place -> {
            String name = place.startsWith("args.")
                    ? place.substring(5)
                    : place.startsWith("inputs.parameters.") ? place.substring(18) : null;
            if (name == null) {
                return null;
            }
            String value = arguments.get(name);
            return value != null ? value : hash(name) != null ? hash(name) : Placeholders.variable(name);
        });
    }

    /** Names that are used for what one version alone has. */
    static String hash(String name) {
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        if (!lower.contains("hash")) {
            return null;
        }
        boolean old = List.of("stable", "primary", "old", "active", "baseline", "current").stream()
                .anyMatch(lower::contains);
        return String.valueOf(old ? Tracks.STABLE : Tracks.CANARY);
    }

    /** Empty where there is no condition, or none that a threshold says, which is told. */
    private static List<List<Failing>> breaks(
            Given condition, boolean success, ContractDraft draft, Map<String, String> arguments) {
        if (!condition.isThere()) {
            return List.of();
        }
        ArgoCondition read = ArgoCondition.of(filled(condition.text(), arguments), success);
        read.silence()
                .forEach(s -> draft.changed(
                        condition,
                        "'" + s + "' is not needed: silence is never green, and ends a release after noData"));
        if (read.breaks() == null) {
            draft.left(
                    condition,
                    "a threshold compares one number with others; write by hand what breaks, such as: threshold: \"> 5% in 3 of 5 looks\"");
            return List.of();
        }
        return read.breaks();
    }

    /** With the values of arguments that the files know; others stay as they are. */
    static String filled(String text, Map<String, String> arguments) {
        String filled = Placeholders.fill(text, Placeholders.BRACES, place -> {
            String value = place.startsWith("args.") ? arguments.get(place.substring(5)) : null;
            return value == null ? "{{" + place + "}}" : value;
        });
        return filled == null ? text : filled;
    }
}
