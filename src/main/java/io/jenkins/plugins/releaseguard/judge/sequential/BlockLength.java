// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.JudgeConfig;

/**
 * When looks are one observation.
 *
 * @param lookSeconds length of the look
 * @param seconds that a block lasts; 0 for each look by itself
 */
record BlockLength(double lookSeconds, double seconds) {
    /** A block is whole at the look whose end is nearest to its length: looks come with jitter. */
    private static final double NEAREST = 0.5;

    /**
     * What a block is of one observation: that is a user's stay, where the router pins users.
     *
     * @param sticky seconds of a stay, 0 where there is none
     * @return above 0, at most 1
     */
    static double ofAStay(Block block, double sticky) {
        return sticky > 0 ? Math.min(1, block.seconds() / sticky) : 1;
    }

    /** Seconds by which older evidence fades: a block of a part of a stay is one observation, however long. */
    static double fadingSeconds(Block block, double sticky) {
        return sticky > 0 ? Math.min(block.seconds(), JudgeConfig.DEFAULT_BLOCK) : block.seconds();
    }

    /** @param block with the latest look */
    boolean isWhole(Block block) {
        return block.seconds() + NEAREST * lookSeconds >= seconds;
    }
}
