// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.time.Duration;

/**
 * How busy a lane is: our own lateness, which is nobody else's.
 *
 * @param running calls under way, those included that are {@code overdue}
 * @param overdue past their deadline and answered for or dropped, but not ended
 * @param waiting calls that wait for their turn
 * @param oldest how long the first of them has waited
 * @param p99 how long a call waited that began of late, at most in 99 of 100
 * @param longest the longest of them
 */
public record LaneLoad(
        String lane, int running, int overdue, int waiting, Duration oldest, Duration p99, Duration longest) {}
