// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import io.jenkins.plugins.releaseguard.effect.command.Commands;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The node that encloses a step: its workspace, its processes, the step's environment and what of it is secret. */
@Restricted(NoExternalUse.class)
public record NodeContext(FilePath workspace, Launcher launcher, EnvVars environment, Set<String> secrets) {
    public NodeContext {
        secrets = Set.copyOf(secrets);
    }

    public Commands commands() {
        return new AgentCommands(this);
    }

    /** What is in it is not for logs. */
    @Override
    public String toString() {
        return "NodeContext[" + workspace + "]";
    }
}
