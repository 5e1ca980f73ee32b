// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import hudson.model.TaskListener;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/** What a step shows in the build: lines of the log, and whether it waits. */
final class StepLog {
    private static final Logger LOGGER = Logger.getLogger(StepLog.class.getName());

    private StepLog() {}

    static void say(StepContext context, String line) {
        try {
            TaskListener listener = context.get(TaskListener.class);
            if (listener != null) {
                listener.getLogger().println("[release-guard] " + Shown.line(line));
            }
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, e, () -> "No log for: " + line);
        }
    }

    /** Shows the step as paused, so that its time counts as waiting. */
    static void pause(StepContext context, boolean begin) {
        try {
            FlowNode node = context.get(FlowNode.class);
            if (node != null && begin != PauseAction.isPaused(node)) {
                if (begin) {
                    node.addAction(new PauseAction("Release Guard"));
                } else {
                    PauseAction.endCurrentPause(node);
                }
            }
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, "Could not mark the step as paused", e);
        }
    }
}
