// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.report.view.Badge;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.text.Span;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeMap;

/** A release in a word and a sentence, told from memory: build pages are opened often and must not read journals. */
final class Headline {
    /** What doesn't end without somebody, or says that something is wrong. */
    private static final Set<HoldCause> PEOPLE = EnumSet.of(HoldCause.APPROVAL, HoldCause.PAUSED, HoldCause.ROUTER);

    private Headline() {}

    static Badge badge(State state) {
        if (state.isUnconfirmed()) {
            return new Badge("Not confirmed", "bad", "✕");
        }
        if (state.isRollingBack()) {
            return new Badge("Rolling back", "bad", "✕");
        }
        return state.holds().keySet().stream().anyMatch(PEOPLE::contains)
                ? new Badge("Holding", "warn", "!")
                : new Badge("Running", "info", "…");
    }

    static String sentence(State state) {
        StringBuilder sentence = new StringBuilder();
        if (state.isUnconfirmed()) {
            sentence.append("See where the traffic is, now: ")
                    .append(state.unconfirmedReason())
                    .append(". It is tried on until somebody closes it.");
        } else {
            sentence.append(doing(state));
        }
        // why the release had waited before it was rolled back concerns nobody any more
        if (!state.isRollingBack()) {
            new TreeMap<>(state.holds())
                    .values()
                    .forEach(why -> sentence.append(" Holding: ").append(why).append('.'));
        }
        if (state.takenBy() != null) {
            sentence.append(" Taken over by ").append(state.takenBy()).append('.');
        }
        return sentence.toString();
    }

    private static String baking(Duration warmup) {
        return warmup.isZero()
                ? "the new version is compared with the old one."
                : "warming up, " + Span.text(Duration.ofSeconds(warmup.toSeconds()))
                        + " left; limits hold, and nothing is bet on the new version yet.";
    }

    private static String doing(State state) {
        return switch (state.life()) {
            case OPEN -> "Gathering evidence; no traffic has moved.";
            case ARMED -> "Rollback triggers are watched; no traffic has moved.";
            case SHIFTING -> "Phase " + (state.phaseIndex() + 1) + ": shifting traffic to the new version.";
            case BAKING -> "Phase " + (state.phaseIndex() + 1) + ": " + baking(state.warmupLeft());
            case WATCHING -> "The new version has all traffic; watching, rollback armed.";
            case ROLLING_BACK -> "Bringing the last good version back.";
            case RECOVERING -> "Traffic is back on the old version; waiting for the triggers to be quiet.";
            case ENDED -> "The release has ended; its report is being sealed.";
        };
    }
}
