// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * How busy some of our own threads are.
 *
 * @param name what they do
 * @param late how long 99 in 100 calls have waited for one of them at most lately, in words
 * @param longest the longest of these waits, in words
 * @param isLate whether that is worth somebody's look
 */
@Restricted(NoExternalUse.class)
public record LaneRow(String name, int running, int waiting, String late, String longest, boolean isLate) {
    public String getName() {
        return name;
    }

    public int getRunning() {
        return running;
    }

    public int getWaiting() {
        return waiting;
    }

    public String getLate() {
        return late;
    }

    public String getLongest() {
        return longest;
    }

    public String getTone() {
        return isLate ? "warn" : "good";
    }
}
