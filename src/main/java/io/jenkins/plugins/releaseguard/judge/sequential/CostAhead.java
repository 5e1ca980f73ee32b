// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.Allow;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.MetricConfig;
import io.jenkins.plugins.releaseguard.judge.MetricKind;
import io.jenkins.plugins.releaseguard.judge.Worse;

/**
 * What one metric may cost in the next phase: extra failed or too slow requests until harm of any size that isn't refuted would be
 * stopped, at the traffic really seen (docs/judge.md, promotion by budget). Before all traffic goes to the canary nothing will be left
 * to compare with, and the question is instead whether the extra rate fits the service's objective for good.
 *
 * @param last whether the step ahead is that to all traffic
 * @param upper the extra rate is below it
 * @param most what the step can cost, in requests; before all traffic the extra rate that fits
 * @param left of the budget, in requests
 * @param budget the whole of it
 * @param rps requests a second of the whole service that the metric counts
 * @param ladder the bets against each extra rate
 * @param refute the rung that is still to be refuted, -1 where none is or none would help
 */
record CostAhead(
        boolean last, double upper, double most, double left, double budget, double rps, Capital ladder, int refute) {
    /** Chance that some phase's bound is wrong, and the same that harm goes on for longer than reckoned with: together 5 %. */
    static final double ALPHA = JudgeConfig.PROMOTE_ALPHA / 2;

    /** As much of the canary must be seen at least, whatever it costs: what serves nobody shows nothing. */
    static final double FEWEST = 5;

    /** Parts of the way from one rung to the next, where the whole way is too coarse to fit. */
    private static final int PARTS = 3;

    /** The whole budget in requests, at the traffic that the metric counts; NaN where its harm isn't counted in requests. */
    static double budget(JudgeConfig c, MetricConfig m, MetricState s, WatchState w) {
        EProcess events = events(m, s);
        return events == null ? Double.NaN : c.budget(new Step(c, m, s, w, events).rps());
    }

    /** Null where a metric's harm isn't counted in requests, or nothing is compared. */
    static CostAhead of(JudgeConfig c, MetricConfig m, MetricState s, WatchState w) {
        EProcess events = events(m, s);
        if (events == null || !c.compares(w.phase()) || !(events.seen().baselineExposure() > 0)) {
            return null;
        }
        Step step = new Step(c, m, s, w, events);
        return c.beforeAll(w.phase()) ? step.toAll() : step.toNext();
    }

    /** Those whose extra number is a number of requests that fare worse, null where none are. */
    private static EProcess events(MetricConfig m, MetricState s) {
        EProcess events = m.kind() == MetricKind.RATE && m.worse() != Worse.LOWER ? s.main() : s.tail();
        return events == null || !(events.seen().canaryExposure() > 0) ? null : events;
    }

    /**
     * What a rung's capital must reach: the steps between the phases share the chance of an error, the one to all traffic has that of a
     * proof.
     */
    static double bar(JudgeConfig c, int phase) {
        return c.beforeAll(phase) ? 1 / JudgeConfig.PROMOTE_ALPHA : 1 / share(c);
    }

    /** Of the bet against the rung that is still to be refuted. */
    double capital() {
        return ladder == null ? 1 : ladder.get(refute);
    }

    /** A step's part of the chance of an error: all steps between phases together have {@link #ALPHA}. */
    private static double share(JudgeConfig c) {
        return ALPHA / Math.max(1, c.comparedPhases() - 1);
    }

    boolean fits() {
        return refute < 0 && (last ? upper <= most : most <= left);
    }

    private record Step(JudgeConfig c, MetricConfig m, MetricState s, WatchState w, EProcess events) {
        private PhaseSums sums() {
            return events.seen();
        }

        private int refuted() {
            return ExtraRate.refuted(events.rates(), bar(c, w.phase()));
        }

        private static double upper(int refuted) {
            return refuted < ExtraRate.size() ? ExtraRate.rung(refuted) : 1;
        }

        private double secondsALook() {
            return w.seconds() / w.looks();
        }

        /** Requests a second of the whole service, by those of the looks that had data. */
        private double rps() {
            double seconds = secondsALook() * Math.max(1, s.looks());
            double planned = c.phaseShares().get(w.phase());
            double all = planned == c.expectedShares().get(w.phase())
                    ? sums().canaryExposure() + sums().baselineExposure()
                    : sums().canaryExposure() / planned;
            return seconds > 0 ? all / seconds : 0;
        }

        /** Null where the objective leaves no more room than a proof excludes in any case. */
        private CostAhead toAll() {
            double level = sums().baselineLevel();
            double room = 1 - m.objective() - level;
            double excluded = m.counted()
                    ? PhaseMargin.of(m, c.multiplier(w.phase()), level).at(level)
                    : 0;
            if (!(room > Math.max(excluded, ExtraRate.rung(0)))) {
                return null;
            }
            int refuted = refuted();
            int fitting = ExtraRate.size() - 1;
            while (ExtraRate.rung(fitting) > room) {
                fitting--;
            }
            double rps = rps();
            double budget = c.budget(rps);
            return new CostAhead(
                    true,
                    upper(refuted),
                    room,
                    left(budget),
                    budget,
                    rps,
                    events.rates(),
                    refuted > fitting ? fitting : -1);
        }

        private double left(double budget) {
            return budget - Math.max(0, s.extra());
        }

        private CostAhead toNext() {
            double rps = rps();
            double budget = c.budget(rps);
            double left = left(budget);
            double canary = rps * c.phaseShares().get(w.phase() + 1);
            double longest = c.longest().get(w.phase() + 1);
            int refuted = refuted();
            double most = 0;
            int fitting = 0;
            TimeToStop until = null;
            while (fitting < ExtraRate.size() && fitting <= refuted && most <= left) {
                double cost = ExtraRate.rung(fitting) * canary * longest;
                if (cost > left && !isHidden()) {
                    until = until == null ? until(canary, longest) : until;
                    cost = upTo(fitting, 1, until, canary, longest);
                    cost = cost > left ? upTo(fitting, PARTS, until, canary, longest) : cost;
                }
                most = Math.max(most, cost);
                fitting++;
            }
            int refute = most <= left ? -1 : Math.max(0, fitting - 2);
            return new CostAhead(false, upper(refuted), most, left, budget, rps, events.rates(), refute);
        }

        /** The most that an extra rate between a rung and the one below can cost: a product of the larger rate and the longer time. */
        private double upTo(int rung, int parts, TimeToStop until, double canary, double longest) {
            double low = ExtraRate.rung(rung - 1);
            double step = Math.pow(ExtraRate.rung(rung) / low, 1.0 / parts);
            double most = rung == 0 ? low * canary * longest : 0;
            for (int i = 0; i < parts; i++) {
                // one block more: harm may begin within one
                double seconds = (until.blocks(low) / partOfAStay() + 1) * block();
                low *= step;
                most = Math.max(most, low * canary * Math.min(longest, seconds));
            }
            return most;
        }

        /** Whether a bucket may have requests beyond the limit that no bet on harm sees: then nothing says when they would stop it. */
        private boolean isHidden() {
            return !m.counted() && s.buckets() != null && s.buckets().farHigh() > 0;
        }

        private double block() {
            return Math.max(c.eventBlock(events.sums().clusters().bursts()), secondsALook());
        }

        /** Bets count with this power, so that it takes as many times more of them: E &prod; f^(-h/k) is at most &prod; (E f^-h)^(1/k). */
        private double partOfAStay() {
            return c.sticky() > 0 ? Math.min(1, block() / c.sticky()) : 1;
        }

        private TimeToStop until(double canary, double longest) {
            double share = c.expectedShares().get(w.phase() + 1);
            double perBlock = canary * block();
            double other = perBlock * (1 - share) / share;
            Allow allow = m.counted() ? m.allow() : MetricWatch.tailAllow(m.allow(), level());
            EventWatch watch = new EventWatch(allow, Allow.NONE, 0, 0);
            return new TimeToStop(
                    perBlock,
                    other,
                    (sums().baseline() + 1) / sums().baselineExposure(),
                    events.sums().clusters().size(),
                    Math.log(Bets.HARM_OF_EVENTS / c.alpha() / weight() / joins((long) (longest / block()))),
                    share(c),
                    (canaryEvents, baselineEvents) ->
                            watch.harm(canaryEvents, perBlock, baselineEvents, other, sums()));
        }

        /** Of the durations, for what an absolute margin is of it; a relative one is the same of any. */
        private double level() {
            double level = s.main().seen().baselineLevel();
            return level > 0 ? level : 1;
        }

        /** The part of the release's evidence that these bets are. */
        private double weight() {
            double part = !m.counted() ? MetricState.TAIL : s.outage() == null ? 1 : 1 - Outage.PART;
            return c.part(m) * (events.down() == null ? part : part / 2);
        }

        /** What joins each bet in the next phase at the least, however late harm begins there. */
        private double joins(long looks) {
            double reserve = events.up().reserve();
            return reserve * (1 - (reserve == 1 ? Restart.FIRST : Restart.LATER)) * Restart.handedOut(looks);
        }
    }
}
