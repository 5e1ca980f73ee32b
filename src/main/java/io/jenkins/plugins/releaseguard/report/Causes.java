// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import io.jenkins.plugins.releaseguard.journal.BreachCause;

/** Why a release went back, in words, and what to do next. */
public final class Causes {
    private Causes() {}

    /** The cause itself where it is a word of a later version. */
    public static String title(String cause) {
        return cause == null
                ? ""
                : switch (BreachCause.of(cause)) {
                    case TRIGGER -> "a rollback trigger fired";
                    case JUDGE -> "the canary is worse than the baseline";
                    case PHASE -> "a phase failed";
                    case ADMISSION -> "what the gate let go no longer holds";
                    case VALIDATION -> "a post-deploy validation did not pass";
                    case NO_DATA -> "metrics went missing";
                    case ROUTER -> "the router did not do what it was told";
                    case JOURNAL -> "the journal could not be written";
                    case ABORT -> "the build was aborted";
                    case KILLED -> "the build was killed";
                    case OPERATOR -> "a person asked for it";
                    case UNKNOWN -> cause;
                };
    }

    static String advice(String cause) {
        return switch (cause == null ? BreachCause.UNKNOWN : BreachCause.of(cause)) {
            case TRIGGER ->
                "Find the cause in the new version before the next attempt; its logs from the breach on say more.";
            case JUDGE ->
                "Find the cause in the new version before the next attempt; compare both versions' logs of that"
                        + " phase.";
            case PHASE -> "Read the log of the phase's body, fix what failed, and release again.";
            case ADMISSION ->
                "Release the artifact that the gate saw, or wait until the freeze is over, and begin with the gate again;"
                        + " no user has met the new version.";
            case VALIDATION -> "Look at what the validation found in the new version, fix it, and release again.";
            case NO_DATA ->
                "Bring the metric source back and see that both variants report; nothing is known against the"
                        + " version.";
            case ROUTER -> "Check the router: its weights as it reads them back, its log, who else changes it.";
            case JOURNAL -> "Free the disk under the journal before the next release.";
            case ABORT -> "Nothing is known against the version: release again when ready.";
            case KILLED -> "Nothing is known against the version: find out what ended the build, then release again.";
            case OPERATOR -> "Ask the person named in the timeline for the reason.";
            case UNKNOWN -> "See the timeline for what went before.";
        };
    }
}
