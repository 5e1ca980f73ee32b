// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

/**
 * When capital begins anew. One unit is split over the moments at which a difference may begin: part of it is bet at once, the rest
 * is kept and handed out look by look, c &larr; (c + w) f. The sum of what is bet and what is kept is an e-process, since every part
 * of it is one (a mixture over the change point: Shiryaev, Theory Prob. Appl. 8, 1963; Shin, Ramdas and Rinaldo, E-detectors, New
 * England J. Stat. Data Sci. 2, 2024); so health that lasted long is no credit against harm that begins today.
 *
 * <p>What is left after t looks falls as the fourth root of t: a hundred times as many looks cost less than six in the logarithm.
 */
final class Restart {
    /** Of the whole, bet in the first phase from its start. */
    static final double FIRST = 0.5;

    /** Of what is left, bet from the start of each later phase. */
    static final double LATER = 0.25;

    /** Of a proof, kept to begin anew. A proof is paid for in waiting, so this is little. */
    static final double OF_A_PROOF = 1 / 16.0;

    /** Looks until what is handed out each look begins to fall. */
    private static final double SCALE = 100;

    private Restart() {}

    /** The part of the reserve that is handed out before look number {@code looks} (from 0) of a phase. */
    static double part(long looks) {
        return 1 - left(looks + 1) / left(looks);
    }

    /** The part of what is kept at a phase's start that is handed out before look number {@code looks} (from 0). */
    static double handedOut(long looks) {
        return left(looks) - left(looks + 1);
    }

    /** The part of a proof's unit that joins it before look number {@code looks} (from 0) of a phase. */
    static double ofProof(long looks) {
        return OF_A_PROOF * handedOut(looks);
    }

    private static double left(long looks) {
        return Math.sqrt(Math.sqrt(SCALE / (SCALE + looks)));
    }
}
