// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Buckets;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Direction;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import java.util.List;

/**
 * The location of values that are known by their buckets alone: by the part of each side that lies beyond a bound. Which bounds, and
 * which stakes, is chosen by earlier looks.
 *
 * <p>A canary that is slower by a margin has above a bound b what its baseline has above b / (1 + margin), and between two bounds
 * nothing is known. So a <em>proof</em> of the margin's absence compares the canary above b with the baseline above the next bound
 * <em>above</em> that point: no distribution within the buckets makes it wrong, and where there is no bound in between there is no
 * proof. <em>Harm</em> compares it with the baseline above that point where its bucket is taken to be crowded, see
 * {@link BucketSide#CROWDED}; a canary that is just like its baseline is never accused, whatever the distribution.
 */
final class BucketWatch {
    /** Bets on harm: one set for each watched bound. */
    static final int HARMS = BucketState.SLOTS * Bets.HARM;

    /** Bets on its absence: one set for either end of the bucket that has the median, both of which must be refuted. */
    static final int PROOFS = 2 * Bets.PROOF;

    /** A margin downwards is never more than all but a twentieth. */
    static final double LEAST_RATIO = 0.05;

    /** Kelly's bets on harm are made for odds one and a half and three times as high. */
    private static final double[] ODDS = {1.5, 3};

    /** What most values lie beyond is skewed against the bet: it is clipped later. */
    private static final double SKEWED = 5 / 3.0;

    /** The larger a part, the less its complement tells. */
    private static final double MOST_BEYOND = 0.95;

    /** An end of the median's bucket beyond which nearly all of the baseline lies tells nothing. */
    private static final double TELLS = 0.9;

    /** What is added up for a direction: two counts for each slot, and two for each end of the median's bucket. */
    private static final int COUNTS = 2 * (BucketState.SLOTS + 2);

    private final MetricConfig metric;
    private final Allow allow;
    private final Allow margin;
    private final boolean clip;
    private final double sticky;

    /**
     * @param allow harm below it never counts
     * @param margin what a proof excludes in this phase
     * @param clip whether bets may be clipped: with a canary share of at most about one half
     * @param sticky seconds for which users stay on their side, 0 where they don't
     */
    BucketWatch(MetricConfig metric, Allow allow, Allow margin, boolean clip, double sticky) {
        this.metric = metric;
        this.allow = allow;
        this.margin = margin;
        this.clip = clip;
        this.sticky = sticky;
    }

    /**
     * One look, which is bet on once it is a block with those that wait.
     *
     * @param known what earlier looks said; {@link BucketState#NONE} before the first one, on which nothing is bet
     * @param c the canary's, with at least one value
     * @param b the baseline's, likewise, and with the same bounds
     */
    EProcess look(EProcess s, BucketState known, BlockLength block, Buckets c, Buckets b) {
        PhaseSums sums = sums(c, b);
        if (known.watched().isEmpty()) {
            return s.with(s.sums().plus(sums));
        }
        Block all = ofThisVersion(metric, s.block())
                .plus(block.lookSeconds(), sums, 1, counts(known, new BucketSide(c), new BucketSide(b)));
        if (!block.isWhole(all)) {
            return s.waiting(all);
        }
        EProcess next = bet(s, known, all);
        // what several looks say is no less true for the last of them
        return s.waits() != null && speaks(metric, all) ? next.alarmed() : next;
    }

    /** Bets on what waits, whether it is a whole block or not. */
    EProcess bet(EProcess s, BucketState known, Block all) {
        return s.times(
                new Factors(all.sums(), ofThisVersion(metric, all).totals(), known)
                        .ofPart(BlockLength.ofAStay(all, sticky)),
                BlockLength.fadingSeconds(all, sticky),
                s.ladder(),
                s.sums().plus(all.sums()));
    }

    /** Whether the canary has more beyond some bound than what is allowed lets across, and three standard errors. */
    static boolean speaks(MetricConfig m, Block waits) {
        double[] counts = ofThisVersion(m, waits).totals();
        double canary = waits.sums().canaryExposure();
        double share = canary / (canary + waits.sums().baselineExposure());
        for (Direction d : m.worse().directions()) {
            for (int slot = 0; slot < BucketState.SLOTS; slot++) {
                int at = at(m, d) + 2 * slot;
                double n = counts[at] + counts[at + 1];
                double error = Math.sqrt(Math.max(1, n * share * (1 - share)));
                if (counts[at] - n * share >= WaitingHarm.STANDARD_ERRORS * error) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Where a direction's answers begin: those of one that doesn't harm take no room. */
    private static int at(MetricConfig m, Direction d) {
        return m.worse().directions().size() == 1 ? 0 : d.ordinal() * COUNTS;
    }

    /** An earlier version's block has room for both. */
    private static Block ofThisVersion(MetricConfig m, Block waits) {
        List<Direction> harms = m.worse().directions();
        return harms.size() == 1 && waits.questions() > COUNTS
                ? waits.only(harms.get(0).ordinal() * COUNTS, COUNTS)
                : waits;
    }

    /** What a look that no other waits for says of the bounds that the next ones are asked about. */
    BucketState learn(BucketState known, Buckets c, Buckets b, boolean anew) {
        return known.look(c, b, allow, metric.worse().directions(), anew);
    }

    /** Levels and effects of a look are about so much: they are shown, and may hold a proof back, but are none. */
    private PhaseSums sums(Buckets c, Buckets b) {
        double m = c.total();
        double n = b.total();
        double level = b.about();
        double difference = c.about() - level;
        double effect = metric.kind() == MetricKind.GAUGE || level == 0 ? difference : difference / Math.abs(level);
        double weight = m * n / (m + n + 1);
        double u = 0;
        double ties = 0;
        double below = 0;
        for (int i = 0; i < b.counts().size(); i++) {
            double tied = c.counts().get(i) + b.counts().get(i);
            u += c.counts().get(i) * (below + b.counts().get(i) / 2);
            below += b.counts().get(i);
            ties += tied * tied * tied;
        }
        double all = m + n;
        return new PhaseSums(
                m * c.about(),
                m,
                n * level,
                n,
                weight * effect,
                weight,
                (u - m * n / 2) / (all + 1),
                m * n / (12 * (all + 1)) * Math.max(0, 1 - ties / (all * all * all)),
                Overdispersion.NONE);
    }

    /**
     * A look's answers, by direction: they are counts, so those of several looks are their sum. Where it lacks a bound, as native
     * histograms do that made their buckets coarser, the next one further out is asked.
     */
    private double[] counts(BucketState known, BucketSide c, BucketSide b) {
        double[] all = new double[metric.worse().directions().size() * COUNTS];
        for (Direction d : metric.worse().directions()) {
            int at = at(metric, d);
            for (int slot = 0; slot < BucketState.SLOTS; slot++) {
                int i = c.surely(known.watched().get(known.slot(slot)), d);
                if (i >= 0) {
                    all[at + 2 * slot] = c.beyond(i, d);
                    all[at + 2 * slot + 1] = b.atMost(BucketSide.origin(c.bound(i), allow, d, LEAST_RATIO), d);
                }
            }
            boolean up = d == Direction.UP;
            double[] nearer = proof(up ? known.high() : known.low(), d, c, b);
            double beyond = up ? known.aboveLow() : 1 - known.aboveHigh();
            double[] further = beyond > TELLS ? null : proof(up ? known.low() : known.high(), d, c, b);
            if (nearer != null) {
                System.arraycopy(nearer, 0, all, at + COUNTS - 4, 2);
                System.arraycopy(further == null ? nearer : further, 0, all, at + COUNTS - 2, 2);
            }
        }
        return all;
    }

    /** The canary beyond a bound, and the baseline where it must be if the margin is reached; null where that is no other bound. */
    private double[] proof(double bound, Direction d, BucketSide c, BucketSide b) {
        int i = bound > 0 && bound < Double.POSITIVE_INFINITY ? c.surely(bound, d) : -1;
        if (i < 0) {
            return null;
        }
        int least = b.surely(BucketSide.origin(bound, margin, d, LEAST_RATIO), d);
        boolean between = least >= 0 && (d == Direction.UP ? least < i : least > i);
        return between ? new double[] {c.beyond(i, d), b.beyond(least, d)} : null;
    }

    private final class Factors implements EProcess.Factors {
        private final double canary;
        private final double baseline;
        private final double[] counts;
        private final BucketState known;

        Factors(PhaseSums sums, double[] counts, BucketState known) {
            this.canary = sums.canaryExposure();
            this.baseline = sums.baselineExposure();
            this.counts = counts;
            this.known = known;
        }

        @Override
        public double[] harm(Direction d) {
            double[] all = new double[HARMS];
            for (int slot = 0; slot < BucketState.SLOTS; slot++) {
                double above = known.shares().get(known.slot(slot));
                int at = at(metric, d) + 2 * slot;
                double[] own = harm(counts[at], counts[at + 1], d == Direction.UP ? above : 1 - above);
                System.arraycopy(own, 0, all, slot * Bets.HARM, own.length);
            }
            return all;
        }

        /** Of what both sides have beyond the bound, the canary has its share of the requests, or less if it is harmless. */
        private double[] harm(double beyond, double tolerated, double usual) {
            double n = beyond + tolerated;
            double all = canary + baseline;
            double share = canary / all;
            double part = Math.max(1 / (1 + all), Math.min(MOST_BEYOND, usual));
            double[] harms = new double[ODDS.length];
            for (int k = 0; k < harms.length; k++) {
                harms[k] = Counts.shareAt(share, ODDS[k] / (1 - part + ODDS[k] * part)) - share;
            }
            double error = Math.sqrt(share * (1 - share) * (1 - part) / (all * part));
            double x = n > 0 ? beyond / n - share : 0;
            double[] f = Bets.harm(x, share, part > 1 - part ? SKEWED * error : error, harms, clip);
            for (int k = 0; k < f.length; k++) {
                f[k] = 1 + Math.min(1, n) * (f[k] - 1);
            }
            return f;
        }

        @Override
        public double[] proof(Direction d) {
            double[] all = new double[PROOFS];
            double sigma = Math.sqrt(1 / canary + 1 / baseline) / 2;
            for (int end = 0; end < 2; end++) {
                int at = at(metric, d) + COUNTS - 4 + 2 * end;
                double less = counts[at + 1] / baseline - counts[at] / canary;
                System.arraycopy(Bets.symmetric(less, 1, sigma), 0, all, end * Bets.PROOF, Bets.PROOF);
            }
            return all;
        }
    }
}
