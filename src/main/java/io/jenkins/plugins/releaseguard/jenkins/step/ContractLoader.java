// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.ContractReader;
import io.jenkins.plugins.releaseguard.contract.Variables;
import io.jenkins.plugins.releaseguard.jenkins.service.FrozenContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.concurrent.Timeout;

/** Reads a contract once, from the workspace or from the step itself, with what its variables stand for. */
final class ContractLoader {
    private static final int MOST_BYTES = 1 << 20;
    private static final int SECONDS = 60;
    private static final Pattern NAME = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.-]*)\\}");

    private final StepContext context;
    private final ReleaseStep step;
    private final Map<String, String> includes = new HashMap<>();

    ContractLoader(StepContext context, ReleaseStep step) {
        this.context = context;
        this.step = step;
    }

    FrozenContract load() throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        String text = step.getContractText();
        if (text == null) {
            if (workspace == null) {
                throw new AbortException("There is no workspace here to read " + step.getContract()
                        + " from: run this inside node { }, or give contractText: readTrusted('" + step.getContract()
                        + "')");
            }
            try (Timeout ignored = Timeout.limit(SECONDS, TimeUnit.SECONDS)) {
                text = read(workspace, step.getContract());
            }
        }
        Map<String, String> all = new HashMap<>();
        Set<String> sensitive = new HashSet<>();
        variables(all, sensitive);
        try (Timeout ignored = Timeout.limit(SECONDS, TimeUnit.SECONDS)) {
            Contract contract = ContractReader.parse(
                    text, step.getContract(), new Variables(all, sensitive), path -> included(workspace, path));
            return new FrozenContract(step.getContract(), text, used(text, all, sensitive), includes, contract);
        } catch (ContractException e) {
            throw new AbortException("The contract can't be used:\n" + e.getMessage());
        }
    }

    private String included(FilePath workspace, String path) throws IOException {
        if (workspace == null) {
            throw new IOException("includes need a workspace: run this inside node { }");
        }
        int slash = step.getContract().lastIndexOf('/');
        String folder =
                slash < 0 || path.startsWith("/") ? "" : step.getContract().substring(0, slash + 1);
        try {
            String text = read(workspace, folder + path.replaceFirst("^/", ""));
            includes.put(path, text);
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading", e);
        }
    }

    /** A plain file inside the workspace; links out of it are refused. */
    private static String read(FilePath workspace, String path) throws IOException, InterruptedException {
        boolean outside = path.startsWith("/")
                || path.contains("\\")
                || List.of(path.split("/", -1)).contains("..");
        FilePath file = outside ? null : workspace.child(path);
        if (file != null && (!file.exists() || file.isDirectory())) {
            throw new AbortException("There is no file " + path
                    + " in the workspace: check the code out before, or name the file with contract:");
        }
        if (file == null || !workspace.isDescendant(path)) {
            throw new AbortException(
                    "'" + path
                            + "' does not stay inside the workspace: no absolute path, no '..' and no link out of it is followed");
        }
        try (InputStream in = file.read()) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new AbortException(path + " is larger than 1 MiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new AbortException(path + " is not UTF-8 text");
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
