// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.ArrayList;
import java.util.List;

/**
 * What a tool tells of its own run (SARIF 2.1.0, 3.20.21, 3.20.22, 3.58). A notification of level {@code error} says that the
 * analysis was halted, or its results are wrong or not whole (3.58.6); one without a level has that of an override or of its
 * descriptor, as results have (3.27.10).
 */
final class SarifNotifications {
    private static final int MOST = 1000;
    private static final int SAID = 120;

    private SarifNotifications() {}

    /** The texts of those of level error, bounded. */
    static List<String> errors(SarifPart run) throws FormatException {
        SarifRules described = new SarifRules(run.tool, run.taxonomies, "notifications");
        SarifOverrides overrides = new SarifOverrides(run.invocations, described, "notificationConfigurationOverrides");
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < run.invocations.size(); i++) {
            for (String kind : List.of("toolExecutionNotifications", "toolConfigurationNotifications")) {
                for (JsonNode each : run.invocations.get(i).path(kind)) {
                    if (errors.size() < MOST && isError(each, i, described, overrides)) {
                        errors.add(text(each));
                    }
                }
            }
        }
        return List.copyOf(errors);
    }

    private static boolean isError(
            JsonNode notification, int invocation, SarifRules described, SarifOverrides overrides)
            throws FormatException {
        String own = notification.path("level").asText("");
        if (!own.isEmpty()) {
            return SarifLevel.checked(own).equals("error");
        }
        SarifReference reference = SarifReference.of(notification.path("descriptor"));
        return overrides.level(invocation, reference, described.of(reference)).equals("error");
    }

    private static String text(JsonNode notification) {
        String text = notification.path("message").path("text").asText("").strip();
        if (text.isEmpty()) {
            text = notification.path("descriptor").path("id").asText("").strip();
        }
        return text.isEmpty() ? "an error without a text" : Lines.bounded(text, SAID);
    }
}
