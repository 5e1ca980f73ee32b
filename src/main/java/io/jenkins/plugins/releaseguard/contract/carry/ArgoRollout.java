// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract.carry;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The steps of Argo's canary as phases, and what it gives its analyses. */
final class ArgoRollout {
    /** They say how pods are made and kept, which a release contract leaves to whoever deploys. */
    private static final String[] DEPLOYMENT = {
        "replicas",
        "selector",
        "template",
        "workloadRef",
        "revisionHistoryLimit",
        "minReadySeconds",
        "progressDeadlineSeconds",
        "progressDeadlineAbort",
        "restartAt",
        "rollbackWindow",
        "paused"
    };

    private static final Set<String> PODS =
            Set.of("setCanaryScale", "experiment", "setHeaderRoute", "setMirrorRoute", "plugin");

    private final ContractDraft draft;
    private final Map<String, String> arguments;
    private final Map<String, Duration> lasting;
    private String stable = "";

    /**
     * @param arguments what analyses are given, added to
     * @param lasting how long a step with each template's analysis lasts
     */
    ArgoRollout(ContractDraft draft, Map<String, String> arguments, Map<String, Duration> lasting) {
        this.draft = draft;
        this.arguments = arguments;
        this.lasting = lasting;
    }

    void read(Given document) {
        draft.service(document.at("metadata", "name").peek());
        Given spec = document.at("spec");
        spec.takeEach(DEPLOYMENT);
        Given strategy = spec.at("strategy");
        draft.leftEach(strategy, "a contract's rollout is a canary: shares of the traffic that rise", "blueGreen");
        draft.leftEach(spec, "what analyses leave behind is kept in the release's report", "analysis");
        Given canary = strategy.at("canary");
        canary.takeEach(
                "maxSurge",
                "maxUnavailable",
                "canaryMetadata",
                "stableMetadata",
                "scaleDownDelaySeconds",
                "scaleDownDelayRevisionLimit",
                "abortScaleDownDelaySeconds",
                "dynamicStableScale",
                "antiAffinity",
                "minPodsPerReplicaSet");
        if (canary.has("trafficRouting")) {
            draft.left(canary.at("trafficRouting"), "routers are set up in Jenkins; name one with rollout.router");
        }
        String service = canary.text("canaryService");
        stable = canary.text("stableService");
        canary.takeEach("pingPong");
        Given background = canary.at("analysis");
        analysis(background, service);
        if (background.has("startingStep")) {
            draft.left(background.at("startingStep"), "triggers are watched from the first phase on");
        }
        for (Given step : canary.at("steps").items()) {
            step(step, service);
        }
    }

    private void step(Given step, String service) {
        if (step.has("setWeight")) {
            BigDecimal weight = step.number("setWeight");
            if (weight == null
                    || weight.compareTo(BigDecimal.valueOf(1000)) > 0
                    || weight.signum() < 0
                    || !draft.phase(Numbers.written(weight), null)) {
                draft.left(step, "phases rise from above 0 to 100 percent");
            }
        } else if (step.has("pause")) {
            pause(step);
        } else if (step.has("analysis")) {
            waits(step.at("analysis"));
            analysis(step.at("analysis"), service);
            draft.changed(step, "an analysis at one step is watched in all phases");
        } else {
            String kind = step.fields().keySet().stream().findFirst().orElse("");
            draft.left(
                    step,
                    PODS.contains(kind)
                            ? kind + " is about pods or routes of their own: a phase has a share of the traffic alone"
                            : "no step that is known");
        }
    }

    private void pause(Given step) {
        Given duration = step.at("pause", "duration");
        Duration time = duration.isText() ? Numbers.secondsOrTime(duration.peek()) : null;
        if (time == null) {
            draft.left(
                    step,
                    duration.isText()
                            ? "a time is needed here, such as 10m"
                            : "it waits for a person: add approve: [user:…] to the phase, as only you know who may");
        } else if (draft.phases().isEmpty()) {
            draft.left(step, "it waits before any traffic moves");
        } else {
            duration.take();
            draft.longer(time);
        }
    }

    /** The step ends with its analysis. */
    private void waits(Given analysis) {
        List<String> names = new ArrayList<>();
        names.add(analysis.peekAt("templateName"));
        analysis.at("templates").items().forEach(t -> names.add(t.peekAt("templateName")));
        names.removeIf(String::isEmpty);
        if (draft.phases().isEmpty()) {
            return;
        }
        names.stream()
                .filter(n -> !lasting.containsKey(n))
                .forEach(n -> draft.left(
                        analysis,
                        "its template " + n
                                + " is in none of these files: the phase needs a bake: as long as its analysis lasts"));
        names.stream()
                .map(n -> lasting.getOrDefault(n, Duration.ZERO))
                .max(Comparator.naturalOrder())
                .filter(d -> !d.isZero())
                .ifPresent(draft::longer);
    }

    private void analysis(Given analysis, String service) {
        analysis.at("templates").items().forEach(Given::take);
        analysis.takeEach("templateName", "clusterScope");
        for (Given argument : analysis.at("args").items()) {
            String name = argument.text("name");
            String value = argument.text("value");
            String version = argument.at("valueFrom", "podTemplateHashValue").text();
            if (!version.isEmpty()) {
                arguments.put(name, String.valueOf(version.equals("Stable") ? Tracks.STABLE : Tracks.CANARY));
            } else if (!value.isEmpty() && !service.isEmpty() && value.contains(service)) {
                arguments.put(name, Placeholders.plain(value.replace(service, "$track")));
                draft.changed(
                        argument,
                        "$track: the metric source's labels for the two versions must be " + service + " and "
                                + stable);
            } else if (!value.isEmpty()) {
                arguments.put(name, Placeholders.plain(value));
            } else if (argument.has("valueFrom")) {
                draft.left(
                        argument.at("valueFrom"),
                        "it becomes " + Placeholders.variable(name) + ", which the build fills in");
            }
        }
        List.of("dryRun", "measurementRetention")
                .forEach(f -> draft.leftEach(analysis, "muted: yes on a metric watches it and stops nothing", f));
    }
}
