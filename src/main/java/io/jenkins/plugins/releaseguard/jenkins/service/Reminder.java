// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.rollout.State;
import java.time.Instant;

/**
 * What a build's log says of a release that doesn't end by itself: what it waits for and where people end it, at once and then as seldom as
 * they are called about what nobody drives.
 */
final class Reminder {
    private Unattended.CallSchedule schedule = new Unattended.CallSchedule();

    /**
     * @param page where people take the release over or close it
     * @return null while there is nothing to say
     */
    synchronized String due(State state, String page, Instant now) {
        String wait = wait(state);
        if (wait == null) {
            schedule = new Unattended.CallSchedule();
            return null;
        }
        if (!schedule.begin(now)) {
            return null;
        }
        schedule.end(true, now);
        return "this build waits: " + wait + ". Take the release over, or close it, at " + page;
    }

    private static String wait(State state) {
        if (state.isUnconfirmed()) {
            return "the way back is tried until it is confirmed, however long that takes";
        }
        return state.isFrozen() ? "the traffic stays where it is until somebody decides" : null;
    }
}
