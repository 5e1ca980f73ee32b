// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.gate.Opening;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.model.Jenkins;

/** The journal's first event, as a build begins it. */
final class OpenedEvents {
    private OpenedEvents() {}

    static Event.Opened event(FrozenContract frozen, String environment, Run<?, ?> run) {
        return Opening.event(
                frozen.contract(), environment, by(run), run.getExternalizableId(), links(run), frozen.origin());
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
