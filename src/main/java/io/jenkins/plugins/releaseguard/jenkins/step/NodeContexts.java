// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.jenkins.scope.NodeContext;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The node around a step. */
final class NodeContexts {
    private NodeContexts() {}

    /** Null where there is none: no step of a release needs one. */
    static NodeContext of(StepContext context) throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        Launcher launcher = context.get(Launcher.class);
        EnvVars environment = context.get(EnvVars.class);
        if (workspace == null || launcher == null || environment == null) {
            return null;
        }
        Set<String> secrets = new HashSet<>();
        for (String name : sensitive(context)) {
            Optional.ofNullable(environment.get(name)).ifPresent(secrets::add);
        }
        return new NodeContext(workspace, launcher, environment, secrets);
    }

    /** Variables that are bound to credentials, and parameters that are passwords. */
    private static Set<String> sensitive(StepContext context) throws IOException, InterruptedException {
        Set<String> names = new HashSet<>();
        EnvironmentExpander expander = context.get(EnvironmentExpander.class);
        if (expander != null) {
            names.addAll(expander.getSensitiveVariables());
        }
        Run<?, ?> run = context.get(Run.class);
        if (run != null) {
            for (ParametersAction parameters : run.getActions(ParametersAction.class)) {
                parameters.getAllParameters().stream()
                        .filter(ParameterValue::isSensitive)
                        .forEach(parameter -> names.add(parameter.getName()));
            }
        }
        return names;
    }
}
