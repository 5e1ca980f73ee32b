// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.contract.Artifact;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.Release;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** The journal's first event. */
final class OpenedEvents {
    private OpenedEvents() {}

    static Event.Opened event(Contract contract, String environment, Run<?, ?> run) {
        Release release = contract.release();
        return new Event.Opened(
                release.service(),
                release.version(),
                release.commit(),
                environment,
                release.scope(),
                release.owner(),
                contract.file(),
                contract.sha256(),
                release.artifacts().stream()
                        .collect(Collectors.toMap(Artifact::file, Artifact::sha256, (first, second) -> first)),
                by(run),
                run.getExternalizableId(),
                links(run),
                release.objective().toMillis() / 1000.0,
                false,
                contract.risks().stream()
                        .map(r -> new Event.RiskNoted(
                                r.id(), r.title(), r.likelihood(), r.impact(), r.status(), r.mitigation()))
                        .toList());
    }

    private static String by(Run<?, ?> run) {
        Cause.UserIdCause cause = run.getCause(Cause.UserIdCause.class);
        if (cause != null) {
            return cause.getUserId() == null ? "anonymous" : cause.getUserId();
        }
        return run.getCauses().stream()
                .map(Cause::getShortDescription)
                .findFirst()
                .orElse("unknown");
    }

    private static Map<String, String> links(Run<?, ?> run) {
        Map<String, String> links = new LinkedHashMap<>();
        String root = Jenkins.get().getRootUrl();
        if (root != null) {
            links.put("build", root + run.getUrl());
            links.put("log", root + run.getUrl() + "console");
        }
        return links;
    }
}
