// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import java.util.Map;

/** Why a release went back, in words, and what to do next. */
public final class Causes {
    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("trigger", "a rollback trigger fired"),
            Map.entry("judge", "the canary is worse than the baseline"),
            Map.entry("phase", "a phase failed"),
            Map.entry("validation", "a post-deploy validation did not pass"),
            Map.entry("no-data", "metrics went missing"),
            Map.entry("router", "the router did not do what it was told"),
            Map.entry("journal", "the journal could not be written"),
            Map.entry("abort", "the build was aborted"),
            Map.entry("killed", "the build was killed"),
            Map.entry("operator", "a person asked for it"));

    private static final Map<String, String> ADVICE = Map.ofEntries(
            Map.entry(
                    "trigger",
                    "Find the cause in the new version before the next attempt; its logs from the breach on say more."),
            Map.entry(
                    "judge",
                    "Find the cause in the new version before the next attempt; compare both versions' logs of that"
                            + " phase."),
            Map.entry(
                    "validation", "Look at what the validation found in the new version, mend it, and release again."),
            Map.entry("phase", "Read the log of the phase's body, mend what failed, and release again."),
            Map.entry(
                    "no-data",
                    "Bring the metric source back and see that both variants report; nothing is known against the"
                            + " version."),
            Map.entry("router", "Check the router: its weights as it reads them back, its log, who else changes it."),
            Map.entry("journal", "Free the disk under the journal before the next release."),
            Map.entry("abort", "Nothing is known against the version: release again when ready."),
            Map.entry(
                    "killed",
                    "Nothing is known against the version: find out what ended the build, then release again."),
            Map.entry("operator", "Ask the person named in the timeline for the reason."));

    private Causes() {}

    public static String title(String cause) {
        return TITLES.getOrDefault(Words.text(cause), Words.text(cause));
    }

    static String advice(String cause) {
        return ADVICE.getOrDefault(Words.text(cause), "See the timeline for what went before.");
    }
}
