// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.effect.command;

import io.jenkins.plugins.releaseguard.Beta;
import java.io.IOException;

/** Runs commands somewhere: on this machine, or on a build's agent. */
@Beta
@FunctionalInterface
public interface Commands {
    /**
     * Runs to the end or to the call's limit, when the whole process tree is killed.
     *
     * @throws IOException the command could not be started
     * @throws InterruptedException the caller was; the process tree is killed first
     */
    CommandResult run(CommandCall call) throws IOException, InterruptedException;
}
