// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.router;

import io.jenkins.plugins.releaseguard.Beta;

/**
 * What the share of a reading rests on; each in words for people, and null where the router can't tell.
 *
 * @param set the weights that somebody set, whoever serves: another text means that somebody has set others
 * @param idle which servers take nothing or less than was set, and why: another text beside the same {@code set} means that not a
 *     hand but a server's state changed the share, and the router would plan other weights for it now
 * @param unfit why this router must not be given users, or why it can't be known that it may; null for nothing against it
 * @param process which process answered: another text means that it was replaced, and the one before may still serve those whom it had.
 *     Null also where the router looks after such processes itself
 * @param elsewhere where, beside the process that answers, the canary has users or may have some; null for nowhere
 */
@Beta
public record RouterGround(String set, String idle, String unfit, String process, String elsewhere) {
    /** Of a router that tells nothing of it. */
    public static final RouterGround NONE = new RouterGround(null, null, null, null, null);

    /** Whether the share is another than {@code before} by the servers' states alone. */
    public boolean movedByServers(RouterGround before) {
        return set != null
                && set.equals(before.set)
                && idle != null
                && before.idle != null
                && !idle.equals(before.idle);
    }
}
