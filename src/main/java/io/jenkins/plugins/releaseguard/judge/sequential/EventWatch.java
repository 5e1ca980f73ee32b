// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.Counts;
import io.jenkins.plugins.releaseguard.judge.Direction;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;

/**
 * Events of two variants, look by look. Given n events in a look, the canary's number c has mean n s where s is its observed
 * share of the exposure: true whenever requests, or whole bursts of them, fall to a variant at random. (Lindon and Malek,
 * Anytime-valid inference for multinomial count data, NeurIPS 2022; here the look's c/n is bet on, which survives bursts.)
 */
final class EventWatch {
    /** A proof is one capital: which bet is made is settled by earlier looks. */
    static final int PROOFS = 1;

    /** Of the stake that grows fastest were the canary just like its baseline: less is gained, and less lost by bad luck. */
    private static final double CAUTION = 0.75;

    /** The largest part of the capital that is put at stake. */
    private static final double MOST = 0.95;

    /** Kelly's bets on harm are made for one and a half and three times the events. */
    private static final double[] ALTERNATIVES = {1.5, 3};

    /** A margin downwards is never more than all but a twentieth. */
    private static final double LEAST_RATIO = 0.05;

    /** Where the baseline has nearly none, a proof downwards bets against a twentieth of the extra rate. */
    private static final double LEAST_PARTS = 20;

    /** A rate can't fall by more than it is: proven at once. */
    private static final double IMPOSSIBLE = 1e3;

    /** A likelihood ratio is taken when it is expected to grow so many times as fast as a bet on the mean. */
    private static final double CLEARLY_FASTER = 3;

    /** Bets are clipped up to this share of the canary, a half with what routers round. */
    static final double CLIP_UP_TO = 0.55;

    private static final double CLIP_DOWN_FROM = 0.45;

    /** Downwards also where so many clusters are expected. */
    private static final double MANY_CLUSTERS = 10;

    /** No bet downwards on a rate of events reaches further than this part of what is payable. */
    private static final double PAYABLE = 0.5;

    private final Allow allow;
    private final Allow margin;
    private final double floor;
    private final double sticky;

    /**
     * @param allow harm below it never counts
     * @param margin what a proof excludes in this phase
     * @param floor extra rate that nobody cares about, 0 where exposure is no count of requests
     * @param sticky seconds for which users stay on their side, 0 where they don't
     */
    EventWatch(Allow allow, Allow margin, double floor, double sticky) {
        this.allow = allow;
        this.margin = margin;
        this.floor = floor;
        this.sticky = sticky;
    }

    /** One look, which is bet on once it is a block with those that wait. */
    EProcess look(EProcess s, BlockLength block, double c, double canaryExposure, double b, double baselineExposure) {
        return look(s, block, c, canaryExposure, b, baselineExposure, 0);
    }

    /**
     * The same where a limit lies inside a bucket: harm is what surely exceeds it on both sides, and a proof compares all that may with
     * the baseline's that surely does.
     *
     * @param open what may be events of the canary, or not
     */
    EProcess look(
            EProcess s,
            BlockLength block,
            double c,
            double canaryExposure,
            double b,
            double baselineExposure,
            double open) {
        Block all = s.block().plus(block.lookSeconds(), c, canaryExposure, b, baselineExposure, open);
        return block.isWhole(all) ? bet(s, all) : s.waiting(all);
    }

    /** Bets on what waits, whether it is a whole block or not. */
    EProcess bet(EProcess s, Block all) {
        PhaseSums seen = all.sums();
        return look(
                s,
                seen.canary(),
                seen.canaryExposure(),
                seen.baseline(),
                seen.baselineExposure(),
                all.open(),
                BlockLength.ofAStay(all, sticky),
                BlockLength.fadingSeconds(all, sticky));
    }

    /** One observation. */
    EProcess look(EProcess s, double c, double canaryExposure, double b, double baselineExposure) {
        return look(s, c, canaryExposure, b, baselineExposure, 0, 1, JudgeConfig.DEFAULT_BLOCK);
    }

    private EProcess look(
            EProcess s,
            double c,
            double canaryExposure,
            double b,
            double baselineExposure,
            double open,
            double part,
            double seconds) {
        PhaseSums was = s.sums();
        PhaseSums sums = was.plus(PhaseSums.ofEvents(c, canaryExposure, b, baselineExposure));
        if (!(canaryExposure > 0 && baselineExposure > 0)) {
            return s.with(sums);
        }
        sums = sums.with(was.clusters().look(c, canaryExposure, b, baselineExposure));
        // what has no confidence sequence, a tail, shows no effect either
        sums = s.ladder() == null ? sums.ofCounts() : sums;
        LookFactors look = new LookFactors(c, b, open, canaryExposure, baselineExposure, was, sums);
        Capital ladder = s.ladder() == null || c + b == 0 ? s.ladder() : look.climb(s.ladder(), s.looks());
        return s.times(look.ofPart(part), seconds, ladder, sums).withRates(look.extra(s));
    }

    /** By what the bets on harm would be multiplied by a block, upwards; null where nothing could be bet on. */
    double[] harm(double c, double canaryExposure, double b, double baselineExposure, PhaseSums level) {
        return new LookFactors(c, b, 0, canaryExposure, baselineExposure, level, level).harm(Direction.UP);
    }

    /** One look's bets. Stakes and cluster size come from earlier looks; the baseline's own rate may come from this one, too. */
    private final class LookFactors implements EProcess.Factors {
        private final double c;
        private final double b;
        private final double n;

        /** At most so many of the canary's, where some may be none. */
        private final double most;

        private final double exposure;
        private final double baselineExposure;
        private final double share;
        private final PhaseSums was;
        private final PhaseSums sums;
        private final double cluster;

        LookFactors(
                double c,
                double b,
                double open,
                double exposure,
                double baselineExposure,
                PhaseSums was,
                PhaseSums sums) {
            this.c = c;
            this.b = b;
            this.n = c + b;
            this.most = c + open;
            this.exposure = exposure;
            this.baselineExposure = baselineExposure;
            this.share = exposure / (exposure + baselineExposure);
            this.was = was;
            this.sums = sums;
            this.cluster = was.clusters().size();
        }

        @Override
        public double[] harm(Direction d) {
            if (!allow.relative() && allow.value() > 0) {
                return absolute(d);
            }
            if (n == 0) {
                return null;
            }
            double ratio = d.ratio(allow.value(), 0);
            double at = Counts.shareAt(share, ratio);
            double sigma = Math.sqrt(at * (1 - at) / n);
            double floor = d == Direction.UP ? at : 1 - at;
            double[] far = shares(Bets.FAR, ratio, at, d);
            for (int i = 0; i < far.length; i++) {
                far[i] *= n / (1 - floor);
            }
            boolean clip = d == Direction.UP
                    ? share <= CLIP_UP_TO
                    : share >= CLIP_DOWN_FROM || at * n / cluster >= MANY_CLUSTERS;
            return Bets.harmOfEvents(
                    d.along(c / n - at),
                    floor,
                    sigma,
                    shares(ALTERNATIVES, ratio, at, d),
                    clip,
                    clip && Bets.rare(expected(), at),
                    n,
                    far);
        }

        /** Events of this block, were they as frequent as the baseline's were before; infinite while nobody knows. */
        private double expected() {
            Overdispersion last = was.clusters();
            double level = was.baselineExposure() > 0
                    ? was.baselineLevel()
                    : last.lastExposure() > 0 ? last.last() / last.lastExposure() : Double.POSITIVE_INFINITY;
            return level * (exposure + baselineExposure);
        }

        /** By how much the canary's share of the events differs from the null's under each alternative. */
        private double[] shares(double[] alternatives, double ratio, double at, Direction d) {
            double[] harms = new double[alternatives.length];
            for (int i = 0; i < harms.length; i++) {
                harms[i] = Math.abs(Counts.shareAt(share, d.further(ratio, alternatives[i])) - at);
            }
            return harms;
        }

        /**
         * The canary's rate against the baseline's plus an absolute margin: the larger of the phase's baseline, with its standard
         * error, and of this look's own. The latter keeps an outage that both share from counting as harm: with at least one
         * event's worth of margin the mean of 1/(b + 1) is below that of 1/b, whatever the rate is just now (Chao and
         * Strawderman, JASA 67, 1972).
         */
        private double[] absolute(Direction d) {
            double base = sums.baselineLevel();
            double slack = Math.sqrt(base / sums.baselineExposure());
            double usual = base + d.along(slack) + d.along(allow.value());
            double now = b / baselineExposure + d.along(Math.max(allow.value(), 1 / baselineExposure));
            double at = d == Direction.UP ? Math.max(usual, now) : Math.min(usual, now);
            if (at <= 0) {
                return null;
            }
            double sigma = Math.sqrt(at / exposure);
            // Downwards a rate of at most 1 (or of the look itself, for counts) bounds the loss.
            double bound = d == Direction.UP ? at : Math.max(1, c / exposure) - at;
            double[] far = new double[Bets.FAR.length];
            for (int i = 0; i < far.length; i++) {
                far[i] = d == Direction.UP ? at * exposure * (Bets.FAR[i] - 1) : 0;
            }
            return Bets.harmOfEvents(
                    d.along(c / exposure - at),
                    Math.max(bound, 1e-12),
                    sigma,
                    new double[] {at / 2, at},
                    d == Direction.UP,
                    d == Direction.UP && Bets.rare(expected(), share),
                    1,
                    far);
        }

        /**
         * The canary is not as bad as the margin: neither by ratio nor by the extra rate that nobody cares about, so one of
         * both suffices. The larger one is refuted sooner; the baseline's level so far says which it is.
         */
        @Override
        public double[] proof(Direction d) {
            double ratio = margin.relative() ? margin.value() : 0;
            double delta = margin.relative() ? floor : margin.value();
            // No multiple of nothing says anything: while the baseline has no event, the extra rate alone does.
            boolean byRatio = delta == 0 || ratio > 0 && was.baseline() > 0 && ratio * was.baselineLevel() >= delta;
            double factor = !byRatio ? byExtraRate(delta, d) : most + b > 0 ? byRatio(ratio, d) : 1;
            return new double[] {factor};
        }

        /**
         * The bet on c/n needs nothing but its mean, yet its stake must be payable even if all events were the canary's. A
         * likelihood ratio has no such limit, but needs the size of clusters: it is taken where it grows clearly faster.
         */
        private double byRatio(double relative, Direction d) {
            double all = most + b;
            double ratio = d.ratio(relative, LEAST_RATIO);
            double at = Counts.shareAt(share, ratio);
            double gain = Math.abs(at - share);
            double spread = cluster * share * (1 - share) / all + gain * gain;
            double stake = Math.min(CAUTION * gain / spread, MOST / (d == Direction.UP ? 1 - at : at));
            double lambda = CAUTION * Math.log(ratio);
            double mean = stake * gain - stake * stake * spread / 2;
            double likelihood = -(lambda * share + Math.log1p(at * Math.expm1(-lambda))) * all / cluster;
            return likelihood <= CLEARLY_FASTER * mean
                    ? 1 + stake * d.along(at - most / all)
                    : Bets.tilt(most, all, at, lambda, cluster);
        }

        /** As {@link ExtraRate#factor} upwards; downwards its mirror, which must be payable. */
        private double byExtraRate(double delta, Direction d) {
            if (d == Direction.UP) {
                return ExtraRate.factor(delta, most, exposure, b, baselineExposure, usual(), cluster);
            }
            double base = was.baselineExposure() > 0 ? was.baselineLevel() : delta;
            double least = delta / LEAST_PARTS;
            double ratio = exposure / baselineExposure;
            if (sums.baselineLevel() <= delta) {
                return IMPOSSIBLE;
            }
            double full = CAUTION * Math.log(Math.max(base, delta + least) / Math.max(base - delta, least));
            double lambda = Math.min(full, Math.log1p(PAYABLE / ratio));
            double p = Math.expm1(lambda);
            return Bets.capped((lambda * c + p * delta * exposure + b * Math.log1p(-p * ratio)) / cluster);
        }

        /** The baseline's rate in earlier looks, NaN while unknown. */
        private double usual() {
            return was.baselineExposure() > 0 ? was.baselineLevel() : Double.NaN;
        }

        /** The bound of the extra rate; none where only fewer events harm. */
        Capital extra(EProcess s) {
            return s.up() == null
                    ? null
                    : ExtraRate.look(s.rates(), s.looks(), most, exposure, b, baselineExposure, usual(), cluster);
        }

        Capital climb(Capital ladder, int looks) {
            double estimate = (was.num() + 0.5) / (was.den() + 0.5);
            return ConfidenceSequence.climb(ladder, looks, (ratio, above) -> {
                double lambda = Math.max(0.1, Math.min(1.5, Math.abs(Math.log(estimate / ratio))));
                return Bets.tilt(c, n, Counts.shareAt(share, ratio), above ? -lambda : lambda, cluster);
            });
        }
    }
}
