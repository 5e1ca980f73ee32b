// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.releaseguard.contract.schema.SpecCatalog;
import io.jenkins.plugins.releaseguard.contract.schema.SpecKind;
import io.jenkins.plugins.releaseguard.jenkins.catalog.ReleaseCatalog;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** What the steps of a release have in common: which contract, and where the release goes. */
@Restricted(NoExternalUse.class)
public abstract class ReleaseStep extends Step implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What happens where another build releases the same service to the same environment. */
    public enum Busy {
        WAIT,
        REFUSE
    }

    private String contract = Descriptor.CONTRACT;
    private String contractText;
    private String environment = Descriptor.ENVIRONMENT;
    private Busy busy = Busy.WAIT;

    /** Path in the workspace. */
    public String getContract() {
        return contract;
    }

    @DataBoundSetter
    public void setContract(String contract) {
        this.contract = Util.fixEmptyAndTrim(contract) == null ? Descriptor.CONTRACT : contract.trim();
    }

    /** The contract itself, instead of a file. */
    public String getContractText() {
        return contractText;
    }

    @DataBoundSetter
    public void setContractText(String contractText) {
        this.contractText = Util.fixEmptyAndTrim(contractText);
    }

    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment) == null ? Descriptor.ENVIRONMENT : environment.trim();
    }

    /** Whether it says where, other than the steps do by themselves. */
    boolean namesEnvironment() {
        return !environment.equals(Descriptor.ENVIRONMENT);
    }

    /** Whether it says which contract, other than the steps do by themselves. */
    boolean namesContract() {
        return contractText != null || !contract.equals(Descriptor.CONTRACT);
    }

    public String getBusy() {
        return busy.name().toLowerCase(java.util.Locale.ROOT);
    }

    @DataBoundSetter
    public void setBusy(String busy) {
        this.busy = "refuse".equals(busy) ? Busy.REFUSE : Busy.WAIT;
    }

    boolean refuses() {
        return busy == Busy.REFUSE;
    }

    /** What all three descriptors do the same. */
    public abstract static class Descriptor extends StepDescriptor {
        static final String CONTRACT = "release.yaml";
        static final String ENVIRONMENT = "production";

        public String getDefaultContract() {
            return CONTRACT;
        }

        public String getDefaultEnvironment() {
            return ENVIRONMENT;
        }

        /** Kinds of checks and actions, for the help: what is declared is what is shown. */
        public List<SpecKind> getKinds() {
            SpecCatalog specs = ReleaseCatalog.get().specs();
            return Stream.concat(specs.checks().values().stream(), specs.actions().values().stream())
                    .toList();
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            // a workspace only where there is one: a release must not hold an executor while it waits
            return Set.of(Run.class, TaskListener.class, FlowNode.class);
        }

        @Override
        public String argumentsToString(@NonNull Map<String, Object> arguments) {
            Object environment = arguments.getOrDefault("environment", ENVIRONMENT);
            Object contract =
                    arguments.containsKey("contractText") ? "inline" : arguments.getOrDefault("contract", CONTRACT);
            return contract + " → " + environment;
        }

        @RequirePOST
        public ListBoxModel doFillBusyItems(@AncestorInPath Item item) {
            checkRead(item);
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.ReleaseStep_Wait(), "wait");
            items.add(Messages.ReleaseStep_Refuse(), "refuse");
            return items;
        }

        @RequirePOST
        public FormValidation doCheckContract(@AncestorInPath Item item, @QueryParameter String value) {
            checkRead(item);
            return value.startsWith("/") || value.contains("..") || value.contains("\\")
                    ? FormValidation.error(Messages.ReleaseStep_Path())
                    : FormValidation.ok();
        }

        /** Constants, for whoever sees the form: it also stands in the Snippet Generator, which needs no more than reading. */
        protected static void checkRead(Item item) {
            if (item == null) {
                Jenkins.get().checkPermission(Jenkins.READ);
            } else {
                item.checkPermission(Item.READ);
            }
        }
    }
}
