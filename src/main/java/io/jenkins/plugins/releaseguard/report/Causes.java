// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import java.util.Map;

/** Why a release went back, in words, and what to do next. */
final class Causes {
    private static final Map<String, String> TITLES = Map.of(
            "trigger", "a rollback trigger fired",
            "judge", "the canary is worse than the baseline",
            "phase", "a phase failed",
            "no-data", "metrics went missing",
            "router", "the router did not do what it was told",
            "journal", "the journal could not be written",
            "abort", "the build was aborted",
            "killed", "the build was killed",
            "operator", "a person asked for it");

    private static final Map<String, String> ADVICE = Map.of(
            "trigger",
                    "Find the cause in the new version before the next attempt; its logs from the breach on say more.",
            "judge",
                    "Find the cause in the new version before the next attempt; compare both versions' logs of that"
                            + " phase.",
            "phase", "Read the log of the phase's body, mend what failed, and release again.",
            "no-data",
                    "Bring the metric source back and see that both variants report; nothing is known against the"
                            + " version.",
            "router", "Check the router: its weights as it reads them back, its log, who else changes it.",
            "journal", "Free the disk under the journal before the next release.",
            "abort", "Nothing is known against the version: release again when ready.",
            "killed", "Nothing is known against the version: find out what ended the build, then release again.",
            "operator", "Ask the person named in the timeline for the reason.");

    private Causes() {}

    static String title(String cause) {
        return TITLES.getOrDefault(Facts.text(cause), Facts.text(cause));
    }

    static String advice(String cause) {
        return ADVICE.getOrDefault(Facts.text(cause), "See the timeline for what went before.");
    }

    /** Whether the new version itself did something wrong, as far as anybody knows. */
    static boolean accusesTheVersion(String cause) {
        return switch (Facts.text(cause)) {
            case "abort", "killed", "operator" -> false;
            default -> true;
        };
    }
}
