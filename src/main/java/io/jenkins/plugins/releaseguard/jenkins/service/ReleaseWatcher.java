// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.jenkins.scope.NodeContext;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.io.IOException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A step that follows a release. Calls come one at a time, in order, from a thread of the service; a step that attaches anew
 * hears {@link #sync} once at once, so it must act on the state and not on the change.
 */
@Restricted(NoExternalUse.class)
public interface ReleaseWatcher {
    /** Something happened. {@code line} is what the log should say, null for nothing. */
    void sync(OpenRelease release, State state, String line);

    /** The node that encloses this step, null where there is none. May take a while. */
    default NodeContext node() throws IOException, InterruptedException {
        return null;
    }

    /** Whether this step runs the bodies that move or check a phase's traffic. */
    default boolean runsBodies() {
        return false;
    }

    /** Starts a body, if it isn't running; asked again until its end is told. */
    default void runBody(OpenRelease release, Effect.RunBody body) {}
}
