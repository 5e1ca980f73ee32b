// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Direction;
import io.jenkins.plugins.releaseguard.judge.Worse;

/**
 * Evidence of an outage: nearly all of the canary's requests fail, where most of the baseline's don't. It needs no block, since its
 * null hypothesis allows more than any stumble: that each request fails with a chance of up to one half, for as long as you like.
 * A likelihood ratio against that, which begins anew as other bets do ({@link Restart}).
 *
 * @param bet what is at stake
 * @param kept what is not yet
 */
record Outage(float bet, float kept) {
    /** Of a metric's evidence. */
    static final double PART = 0.05;

    /** An outage: so many of all requests fail. */
    private static final double FAIL = 0.98;

    /** Up to so many is none, or more where the baseline fails, too. */
    private static final double HALF = 0.5;

    /** Beyond that an outage can't be told from what both share. */
    private static final double MOST_SHARED = 0.9;

    /** No look says more: a single one convicts nobody. */
    private static final double MOST_OF_A_LOOK = 100;

    private static final double CAP = 1e12;

    static final Outage START = new Outage(0, 1);

    Outage phase(boolean join) {
        double joins = join ? kept * (kept == 1 ? Restart.FIRST : Restart.LATER) : 0;
        return new Outage(Capital.down(bet + joins), Capital.down(kept - joins));
    }

    /**
     * @param c of the canary in this look
     * @param b of the baseline
     * @param level of the baseline in this phase before, NaN where there is none
     * @param allow harm below it never counts
     * @param looks of this phase before this one
     */
    Outage look(Counts c, Counts b, double level, Allow allow, Worse worse, int looks) {
        if (!(c.total() > 0 && b.total() > 0) || worse == Worse.EITHER) {
            return this;
        }
        double failed = failed(c, worse);
        double usual = failed(b, worse) / b.total();
        double base = level > usual ? level : usual;
        double none = Math.max(HALF * (1 + usual), base + allow.at(base));
        if (none > MOST_SHARED) {
            return this;
        }
        double log = failed * Math.log(FAIL / none) + (c.total() - failed) * Math.log((1 - FAIL) / (1 - none));
        double joins = kept * Restart.part(looks);
        double next = Math.min(CAP, (bet + joins) * Math.min(MOST_OF_A_LOOK, Math.exp(log)));
        return new Outage(Capital.down(next), Capital.down(kept - joins));
    }

    private static double failed(Counts counts, Worse worse) {
        double events = Math.min(counts.errors(), counts.total());
        return worse.harms(Direction.UP) ? events : counts.total() - events;
    }

    @JsonIgnore
    double e() {
        return (double) bet + kept;
    }
}
