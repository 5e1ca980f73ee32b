// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.RolloutSpec.Phase;
import io.jenkins.plugins.releaseguard.journal.PhaseVerdict;
import io.jenkins.plugins.releaseguard.judge.Action;

/**
 * What the looks of a phase's bake show about the new version. Nothing that was seen of it, or nothing that could be, is no proof;
 * only a phase that gives it no traffic may end without one.
 *
 * @param enough whether the phase may end as {@code verdict} once it has baked
 * @param reason what shows it, or what is lacking
 */
record Proof(boolean enough, PhaseVerdict verdict, String reason) {
    static Proof of(Plan plan, State s) {
        Phase phase = plan.phases().get(s.phase().index());
        Observation.Looks looks = s.watching().looks();
        boolean seen = looks.seen().canaryAtWork();
        String kept = "limits kept for " + Decisions.seconds(looks.watched());
        if (phase.weight() == 0) {
            return seen
                    ? new Proof(true, PhaseVerdict.PASS, kept)
                    : new Proof(
                            true,
                            PhaseVerdict.UNPROVEN,
                            "the new version had no traffic here that could prove it; " + kept);
        }
        boolean comparable = plan.comparable(s.phase().index());
        boolean believed = !looks.seen().isPartial();
        if (seen && believed && !comparable) {
            return new Proof(true, PhaseVerdict.PASS, kept);
        }
        boolean judged = comparable && s.verdict() != null;
        boolean proven = seen && believed && judged && s.verdict().action() == Action.PROMOTE;
        return proven
                ? new Proof(true, PhaseVerdict.PASS, s.verdict().reason())
                : new Proof(false, PhaseVerdict.UNPROVEN, lack(plan, s, judged, seen));
    }

    private static String lack(Plan plan, State s, boolean judged, boolean seen) {
        if (!Seen.possible(plan)) {
            return plan.metrics().stream().allMatch(m -> m.muted())
                    ? "no metric counts, so nothing can show that the new version is well"
                    : "only ratios and recording rules are watched: nobody knows of how many requests they are, so they can"
                            + " stop the release and don't show that the new version is well";
        }
        if (s.watching().looks().count() == 0) {
            return "no look had data";
        }
        Seen work = s.watching().looks().seen();
        if (work.isPartial()) {
            return "the router has sent " + Math.round(work.routed())
                    + " requests to the new version, and the metrics count " + Math.round(work.counted())
                    + ": less than half isn't believed";
        }
        if (judged && (seen || s.verdict().action() == Action.HOLD)) {
            return s.verdict().reason();
        }
        return work.isUnaccounted()
                ? "the router sends requests to the new version, and no metric that counts shows one"
                : "the new version was not seen to answer a request";
    }

    /**
     * Whether there is no evidence where there should be, rather than some that doesn't decide: samples are missing, the router
     * sends another share than was asked for, or it sends requests that no metric shows.
     */
    static boolean isMissing(Plan plan, State s) {
        Seen seen = s.watching().looks().seen();
        boolean elsewhere = !plan.comparable(s.phase().index()) && seen.baseline() && !seen.canaryAtWork();
        boolean distrusted = s.verdict() != null && s.verdict().action() == Action.HOLD;
        return Seen.possible(plan) && (elsewhere || distrusted || seen.isUnaccounted());
    }
}
