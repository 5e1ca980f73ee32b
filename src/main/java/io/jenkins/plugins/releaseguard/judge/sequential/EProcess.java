// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.releaseguard.judge.Direction;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.judge.Worse;
import java.util.Arrays;

/**
 * The evidence of one comparison of one metric (its events, its location, its spread or its tail).
 *
 * @param up bets on a higher canary, null where only lower harms
 * @param down bets on a lower canary, null where only higher harms
 * @param ladder of this phase, null for a spread or tail
 * @param rates bets of this phase against extra rates of events, see {@link ExtraRate}; null where there are none
 * @param looks blocks that were bet on in this phase
 * @param sums of this phase, but for what waits
 * @param waits looks of this phase that are not yet a block, null where there are none
 */
public record EProcess(Side up, Side down, Capital ladder, Capital rates, int looks, PhaseSums sums, Block waits) {
    /** No proof grows beyond it, so that harm that begins later undoes it within a few looks. */
    static final double MOST_PROOF = 400;

    /** Nor does a rung, for the same reason; above 2/alpha of any alpha in use. */
    static final double MOST_RUNG = 1e4;

    /** A unit that was handed out in parts, each rounded down, is still one but for this. */
    private static final double WHOLE = 1e-5;

    /**
     * Evidence since its last low fades by so much in the time of a usual block, whatever the looks' length: a single event of long ago
     * is no harm that builds up, and the luck of a few blocks doesn't hold a release for half an hour, one of whose ten metrics nearly
     * always has some.
     */
    private static final double FADES = 0.96;

    /**
     * The bets of one direction.
     *
     * @param harm capital of the bets that the canary deviates this way
     * @param reserve of the same unit, what is not yet bet; 0 in what an earlier version wrote
     * @param recent the evidence of harm since its last low, at least 1
     * @param proof bets of this phase that it doesn't by the margin, null where nothing is to be proven
     */
    public record Side(Capital harm, float reserve, float recent, Capital proof) {
        private static Side start(int harms, int proofs) {
            return new Side(Capital.of(harms, 0), 1, 1, proof(proofs));
        }

        private static Capital proof(int size) {
            return size == 0 ? null : Capital.of(size, 1 - Restart.OF_A_PROOF);
        }

        private Side phase(boolean join) {
            double joins = join ? reserve * (reserve == 1 ? Restart.FIRST : Restart.LATER) : 0;
            return new Side(
                    harm.plus(joins),
                    Capital.down(reserve - joins),
                    recent,
                    proof == null ? null : proof(proof.size()));
        }

        private Side times(Factors look, double kept, Direction direction, int looks) {
            double[] factors = look.harm(direction);
            Capital proven =
                    proof == null ? null : proof.next(Restart.ofProof(looks), look.proof(direction), MOST_PROOF);
            double joins = reserve * Restart.part(looks);
            if (factors == null) {
                // What is handed out must not depend on whether there were events, or more of them could be less
                // evidence.
                return new Side(
                        harm.plus(joins), Capital.down(reserve - joins), (float) Math.max(1, kept * recent), proven);
            }
            double now = Math.max(
                    1,
                    kept
                            * recent
                            * Arrays.stream(look.whole().harm(direction))
                                    .average()
                                    .orElse(1));
            return new Side(
                    harm.next(joins, factors, Double.POSITIVE_INFINITY),
                    Capital.down(reserve - joins),
                    (float) Math.min(MOST_PROOF, now),
                    proven);
        }

        private Side alarmed() {
            return new Side(harm, reserve, (float) Math.max(recent, MetricState.BUILDS_UP), proof);
        }

        private double e() {
            return harm.mean() + reserve;
        }

        /** With other bets: the evidence of harm is split among them, proofs begin anew. */
        private Side with(int harms, int proofs) {
            return new Side(Capital.of(harms, harm.mean()), reserve, recent, proof(proofs));
        }

        /** Of a version whose phases had a unit each: the same evidence, and something to see late harm with. */
        private Side ofEarlierVersion(int harms, int planned, int started) {
            if (reserve > 0) {
                return this;
            }
            double rest = (double) (planned - started) / planned;
            return new Side(
                    Capital.of(harms, harm.mean() / planned), Capital.down(Math.max(Restart.LATER, rest)), 1, proof);
        }
    }

    /** In as few letters as hold it: there are two for a latency, and one for each other metric. */
    @JsonValue
    String text() {
        return EProcessText.of(this);
    }

    /** What {@link #text} wrote, or the names and numbers of earlier versions. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static EProcess read(JsonNode node) {
        return EProcessText.read(node);
    }

    /** By what one look multiplies the capital of a direction. */
    interface Factors {
        /** One for each bet that the canary deviates this way, null where there is nothing to bet on. */
        double[] harm(Direction direction);

        /** One for each bet that it doesn't deviate by the margin. */
        double[] proof(Direction direction);

        /**
         * The same of what is only part of an observation, as a block of half a stay is where users stay: such bets on harm are
         * worth their root. However much each of k neighbours depends on the others, E &prod; f&#x1d62;^(1/k) &le; &prod; (E f&#x1d62;)^(1/k)
         * &le; 1 (H&ouml;lder).
         */
        default Factors ofPart(double part) {
            return part == 1 ? this : new OfPart(this, part);
        }

        /** As if it were an observation of its own: what keeps a release from going on needs no such care. */
        default Factors whole() {
            return this;
        }
    }

    private record OfPart(Factors whole, double part) implements Factors {
        @Override
        public double[] harm(Direction direction) {
            double[] factors = whole.harm(direction);
            return factors == null
                    ? null
                    : Arrays.stream(factors).map(f -> Math.pow(f, part)).toArray();
        }

        @Override
        public double[] proof(Direction direction) {
            return whole.proof(direction);
        }
    }

    /**
     * Nothing seen yet.
     *
     * @param harms number of bets on harm
     * @param proofs number of bets on the absence of harm, 0 for none
     * @param ladder whether there is a confidence sequence
     */
    static EProcess start(Worse worse, int harms, int proofs, boolean ladder) {
        return new EProcess(
                worse.harms(Direction.UP) ? Side.start(harms, proofs) : null,
                worse.harms(Direction.DOWN) ? Side.start(harms, proofs) : null,
                ladder ? ConfidenceSequence.start() : null,
                null,
                0,
                PhaseSums.NONE,
                null);
    }

    /** A phase begins: part of the reserve joins the bets on harm; proofs start again, since harm may grow with load. */
    EProcess phase(boolean join) {
        return new EProcess(
                up == null ? null : up.phase(join),
                down == null ? null : down.phase(join),
                ladder == null ? null : ConfidenceSequence.start(),
                null,
                0,
                sums.next(),
                null);
    }

    /**
     * After one look: each direction that harms is bet on.
     *
     * @param seconds by which older evidence fades
     */
    EProcess times(Factors look, double seconds, Capital nextLadder, PhaseSums nextSums) {
        double kept = Math.pow(FADES, seconds / JudgeConfig.DEFAULT_BLOCK);
        return new EProcess(
                up == null ? null : up.times(look, kept, Direction.UP, looks),
                down == null ? null : down.times(look, kept, Direction.DOWN, looks),
                nextLadder,
                rates,
                looks + 1,
                nextSums,
                null);
    }

    /** The same with the bets against extra rates after a look. */
    EProcess withRates(Capital next) {
        return new EProcess(up, down, ladder, next, looks, sums, waits);
    }

    /** After a look that nothing can be bet on. */
    EProcess with(PhaseSums nextSums) {
        return new EProcess(up, down, ladder, rates, looks, nextSums, null);
    }

    /** After a look that is not yet bet on. */
    EProcess waiting(Block block) {
        return new EProcess(up, down, ladder, rates, looks, sums, block);
    }

    /** The same while harm builds up, however little a bounded bet makes of the block that says so. */
    EProcess alarmed() {
        return new EProcess(
                up == null ? null : up.alarmed(),
                down == null ? null : down.alarmed(),
                ladder,
                rates,
                looks,
                sums,
                waits);
    }

    /** Whether nothing was ever bet: all that there is has been handed out to bets, and is still there. */
    boolean isUntouched() {
        return waits == null
                && sums.equals(PhaseSums.NONE)
                && e() > 1 - WHOLE
                && e() <= 1
                && recent() == 1
                && up != null
                && up.harm().isEven();
    }

    /** What waits to be bet on. */
    Block block() {
        return waits == null ? Block.EMPTY : waits;
    }

    /** What was seen in this phase, bet on or not. */
    PhaseSums seen() {
        return waits == null ? sums : sums.plus(waits.sums());
    }

    /** The same of what an earlier version wrote, as this one goes on with it. */
    EProcess ofEarlierVersion(int harms, int planned, int started) {
        return new EProcess(
                up == null ? null : up.ofEarlierVersion(harms, planned, started),
                down == null ? null : down.ofEarlierVersion(harms, planned, started),
                ladder,
                rates,
                looks,
                sums,
                waits);
    }

    /** The e-process: what is bet and what is kept; the mean of both directions. */
    double e() {
        return up == null ? down.e() : down == null ? up.e() : (up.e() + down.e()) / 2;
    }

    /** The evidence of harm since its last low: of the worse direction. */
    double recent() {
        return Math.max(up == null ? 1 : up.recent(), down == null ? 1 : down.recent());
    }

    /** The same with another number of bets, as when a source begins to give buckets; itself where they are as many. */
    EProcess with(int harms, int proofs, boolean rungs) {
        Side any = up == null ? down : up;
        return any.harm().size() == harms
                ? this
                : new EProcess(
                        up == null ? null : up.with(harms, proofs),
                        down == null ? null : down.with(harms, proofs),
                        rungs ? ConfidenceSequence.start() : null,
                        rates,
                        looks,
                        seen(),
                        null);
    }

    /** Evidence that harm at the margin is absent; the weaker one where both directions harm. */
    double proven() {
        return proven(Integer.MAX_VALUE);
    }

    /** The same where several things must be proven: of so many bets each, the weakest. */
    double proven(int bets) {
        return Math.min(proven(up, bets), proven(down, bets));
    }

    private static double proven(Side side, int bets) {
        return side == null || side.proof() == null
                ? Double.POSITIVE_INFINITY
                : side.proof().leastMean(Math.min(bets, side.proof().size()));
    }
}
