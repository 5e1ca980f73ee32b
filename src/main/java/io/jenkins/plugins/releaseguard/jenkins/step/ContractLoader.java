// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.read.Variables;
import io.jenkins.plugins.releaseguard.jenkins.catalog.ReleaseCatalog;
import io.jenkins.plugins.releaseguard.jenkins.service.FrozenContract;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.concurrent.Timeout;

/** Reads a contract once, from a file or from the step itself, with what its variables stand for. */
final class ContractLoader {
    private static final int SECONDS = 60;
    private static final Pattern NAME = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.-]*)\\}");

    private final StepContext context;
    private final ReleaseStep step;
    private final Map<String, String> includes = new HashMap<>();
    private String text;
    private ContractFiles files;
    private ContractOrigin origin;

    ContractLoader(StepContext context, ReleaseStep step) {
        this.context = context;
        this.step = step;
    }

    FrozenContract load() throws IOException, InterruptedException {
        includes.clear();
        origin = null;
        text = step.getContractText();
        try (Timeout ignored = Timeout.limit(SECONDS, TimeUnit.SECONDS)) {
            TaskListener listener = context.get(TaskListener.class);
            files = new ContractFiles(
                    context.get(FilePath.class),
                    context.get(Run.class),
                    listener == null ? TaskListener.NULL : listener);
            text = text == null ? files.read(step.getContract()) : files.allowed(text, step.getContract());
        }
        Map<String, String> all = new HashMap<>();
        Set<String> sensitive = new HashSet<>();
        variables(all, sensitive);
        try (Timeout ignored = Timeout.limit(SECONDS, TimeUnit.SECONDS)) {
            Contract contract = ReleaseCatalog.get()
                    .reader()
                    .parse(text, step.getContract(), new Variables(all, sensitive), this::included);
            return new FrozenContract(step.getContract(), text, used(text, all, sensitive), includes, contract, null);
        } catch (ContractException e) {
            throw new AbortException("The contract can't be used:\n" + e.getMessage());
        }
    }

    /** As it was read; null where it could not be. */
    String text() {
        return text;
    }

    /** Where what was loaded came from; may ask the repository, for some seconds. */
    ContractOrigin origin() throws InterruptedException {
        origin = origin == null ? files.origin(step.getContractText(), step.getContract()) : origin;
        return origin;
    }

    private String included(String path) throws IOException {
        int slash = step.getContract().lastIndexOf('/');
        String folder =
                slash < 0 || path.startsWith("/") ? "" : step.getContract().substring(0, slash + 1);
        try {
            String text = files.read(folder + path.replaceFirst("^/", ""));
            includes.put(path, text);
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading", e);
        }
    }

    /** The step's environment and the build's parameters; names of secrets apart, their values nowhere. */
    private void variables(Map<String, String> values, Set<String> sensitive) throws IOException, InterruptedException {
        EnvVars environment = context.get(EnvVars.class);
        if (environment != null) {
            values.putAll(environment);
        }
        EnvironmentExpander expander = context.get(EnvironmentExpander.class);
        if (expander != null) {
            sensitive.addAll(expander.getSensitiveVariables());
        }
        for (ParametersAction parameters : context.get(Run.class).getActions(ParametersAction.class)) {
            for (ParameterValue parameter : parameters.getAllParameters()) {
                if (parameter.isSensitive()) {
                    sensitive.add(parameter.getName());
                }
            }
        }
        values.keySet().removeAll(sensitive);
    }

    /** Only what the contract names is kept: the rest of an environment is nobody's business. */
    private Map<String, String> used(String text, Map<String, String> values, Set<String> sensitive) {
        Map<String, String> used = new HashMap<>();
        String everything = text + String.join("\n", includes.values());
        Matcher matcher = NAME.matcher(everything);
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value != null && !sensitive.contains(matcher.group(1))) {
                used.put(matcher.group(1), value);
            }
        }
        return used;
    }
}
