// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.forecast;

import java.util.Locale;

/**
 * What no edit mends by itself, or only a person can answer for. Notes of one kind that have a value are one answer,
 * of all phases: they were simulated together, as whole releases.
 *
 * @param phase its name; empty where it isn't about one
 * @param metric its id; empty where it isn't about one
 * @param field of the contract (or {@code bounds} of the service's histogram); empty where nothing is proposed
 * @param value as it would stand there
 * @param held share of innocent releases that the phase would hold then, 0 to 1; NaN where that isn't the question
 * @param text for people
 */
public record PlanNote(Kind kind, String phase, String metric, String field, String value, double held, String text) {
    /** What it is about. */
    public enum Kind {
        /** Buckets that can't show a margin. */
        BUCKETS,
        /** Harm that would not be seen. */
        UNSEEN,
        /** Harm that the contract forgives. */
        FORGIVEN,
        /** Innocent releases that are stopped. */
        STOPPED,
        /** A phase that holds innocent releases. */
        HELD,
        /** What no test could tell in the time. */
        BOUND,
        /** Innocent releases get through by waiting longer, where needed with finer buckets. */
        WAIT,
        /** The same by a promise that the service has room in. */
        OBJECTIVE,
        /** The same by a margin that the buckets show. */
        MARGIN,
        /** The same by a larger budget. */
        BUDGET,
        /** The same without a proof. */
        PROCEED,
        /** A bake that is far longer than what it is seen to be needed for. */
        SHORTER;

        /** As programs read it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** That proposes nothing. */
    static PlanNote of(Kind kind, String phase, String metric, String text) {
        return new PlanNote(kind, phase, metric, "", "", Double.NaN, text);
    }

    /** Whether it is part of an answer to a phase that holds innocent releases. */
    public boolean isWayOut() {
        return switch (kind) {
            case WAIT, OBJECTIVE, MARGIN, PROCEED -> true;
            case BUDGET -> !phase.isEmpty();
            default -> false;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
