// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.policy;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Signer;
import io.jenkins.plugins.releaseguard.jenkins.credential.CredentialsField;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * What the controller or a folder demands of every release below it, as people write it; {@link PolicyReader} understands it.
 * Names are separated by commas or lines; null and 0 demand nothing.
 */
@Restricted(NoExternalUse.class)
public final class PolicySetup extends AbstractDescribableImpl<PolicySetup> {
    private String entryTypes;
    private List<RequiredCheckSetup> checks = new ArrayList<>();
    private String environments;
    private String branches;
    private int approvals;
    private String approvers;
    private String ledgerJobs;
    private String longestRollback;
    private String shortestBake;
    private String largestFirstShare;
    private boolean waivable;
    private boolean trustedContract;

    @DataBoundConstructor
    public PolicySetup() {
        // everything is optional
    }

    /** XStream runs no constructor: what a file leaves out is null. */
    private Object readResolve() {
        checks = checks == null
                ? new ArrayList<>()
                : new ArrayList<>(checks.stream()
                        .filter(RequiredCheckSetup.class::isInstance)
                        .toList());
        approvals = Math.max(0, approvals);
        return this;
    }

    /** Types of which each contract has an entry, as {@code Environment, Rollback}. */
    public String getEntryTypes() {
        return entryTypes;
    }

    @DataBoundSetter
    public void setEntryTypes(String entryTypes) {
        this.entryTypes = Util.fixEmptyAndTrim(entryTypes);
    }

    public List<RequiredCheckSetup> getChecks() {
        return List.copyOf(checks);
    }

    @DataBoundSetter
    public void setChecks(List<RequiredCheckSetup> checks) {
        this.checks = new ArrayList<>(Util.fixNull(checks));
    }

    /** Patterns of protected environments. */
    public String getEnvironments() {
        return environments;
    }

    @DataBoundSetter
    public void setEnvironments(String environments) {
        this.environments = Util.fixEmptyAndTrim(environments);
    }

    /** Patterns of branches that may release to protected environments. */
    public String getBranches() {
        return branches;
    }

    @DataBoundSetter
    public void setBranches(String branches) {
        this.branches = Util.fixEmptyAndTrim(branches);
    }

    /** How many must sign for a protected environment. */
    public int getApprovals() {
        return approvals;
    }

    @DataBoundSetter
    public void setApprovals(int approvals) {
        this.approvals = Math.max(0, approvals);
    }

    /** Who may sign there, as {@code user:ann, group:release-managers}: covers what a contract writes so, prefix and all. */
    public String getApprovers() {
        return approvers;
    }

    @DataBoundSetter
    public void setApprovers(String approvers) {
        this.approvers = Util.fixEmptyAndTrim(approvers);
    }

    /** Patterns of full names of jobs whose releases count as an earlier stage's. */
    public String getLedgerJobs() {
        return ledgerJobs;
    }

    @DataBoundSetter
    public void setLedgerJobs(String ledgerJobs) {
        this.ledgerJobs = Util.fixEmptyAndTrim(ledgerJobs);
    }

    /** As {@code 60s}. */
    public String getLongestRollback() {
        return longestRollback;
    }

    @DataBoundSetter
    public void setLongestRollback(String longestRollback) {
        this.longestRollback = Util.fixEmptyAndTrim(longestRollback);
    }

    public String getShortestBake() {
        return shortestBake;
    }

    @DataBoundSetter
    public void setShortestBake(String shortestBake) {
        this.shortestBake = Util.fixEmptyAndTrim(shortestBake);
    }

    /** The first public share of the traffic at most, as {@code 10%}. */
    public String getLargestFirstShare() {
        return largestFirstShare;
    }

    @DataBoundSetter
    public void setLargestFirstShare(String largestFirstShare) {
        this.largestFirstShare = Util.fixEmptyAndTrim(largestFirstShare);
    }

    /** Whether permitted people may waive, at the gate, single findings of what this policy demands: not unless an administrator says so. */
    public boolean isWaivable() {
        return waivable;
    }

    @DataBoundSetter
    public void setWaivable(boolean waivable) {
        this.waivable = waivable;
    }

    /** Whether only a contract of a trusted revision releases to protected environments. */
    public boolean isTrustedContract() {
        return trustedContract;
    }

    @DataBoundSetter
    public void setTrustedContract(boolean trustedContract) {
        this.trustedContract = trustedContract;
    }

    @Extension
    @Symbol("policy")
    public static final class DescriptorImpl extends Descriptor<PolicySetup> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PolicySetup_DisplayName();
        }

        private interface Change {
            void on(PolicySetup setup);
        }

        private static FormValidation reads(Item item, Change change) {
            if (!CredentialsField.mayConfigure(item)) {
                return FormValidation.ok();
            }
            PolicySetup setup = new PolicySetup();
            change.on(setup);
            try {
                PolicyReader.read(setup, "here");
                return FormValidation.ok();
            } catch (ContractException e) {
                return PolicyProblem.said(e);
            }
        }

        @RequirePOST
        public FormValidation doCheckEntryTypes(@AncestorInPath Item item, @QueryParameter String value) {
            return reads(item, setup -> setup.setEntryTypes(value));
        }

        @RequirePOST
        public FormValidation doCheckEnvironments(@AncestorInPath Item item, @QueryParameter String value) {
            return reads(item, setup -> setup.setEnvironments(value));
        }

        @RequirePOST
        public FormValidation doCheckBranches(@AncestorInPath Item item, @QueryParameter String value) {
            return reads(item, setup -> setup.setBranches(value));
        }

        @RequirePOST
        public FormValidation doCheckLedgerJobs(@AncestorInPath Item item, @QueryParameter String value) {
            return reads(item, setup -> setup.setLedgerJobs(value));
        }

        @RequirePOST
        public FormValidation doCheckApprovals(@AncestorInPath Item item, @QueryParameter String value) {
            return CredentialsField.mayConfigure(item)
                    ? FormValidation.validateNonNegativeInteger(value)
                    : FormValidation.ok();
        }

        /** A bare name covers only contracts that leave it open too whether a user or a group is meant. */
        @RequirePOST
        public FormValidation doCheckApprovers(@AncestorInPath Item item, @QueryParameter String value) {
            if (!CredentialsField.mayConfigure(item)) {
                return FormValidation.ok();
            }
            if (NameList.isOnlySeparators(value)) {
                return reads(item, setup -> setup.setApprovers(value));
            }
            return Signer.all(NameList.of(value)).stream()
                    .filter(signer -> signer.bare() || signer.name().isBlank())
                    .findFirst()
                    .map(signer -> FormValidation.warning(Messages.PolicySetup_Bare(signer, signer.apart())))
                    .orElseGet(FormValidation::ok);
        }

        @RequirePOST
        public FormValidation doCheckLongestRollback(@AncestorInPath Item item, @QueryParameter String value) {
            return reads(item, setup -> setup.setLongestRollback(value));
        }

        @RequirePOST
        public FormValidation doCheckShortestBake(@AncestorInPath Item item, @QueryParameter String value) {
            return reads(item, setup -> setup.setShortestBake(value));
        }

        @RequirePOST
        public FormValidation doCheckLargestFirstShare(@AncestorInPath Item item, @QueryParameter String value) {
            return reads(item, setup -> setup.setLargestFirstShare(value));
        }
    }
}
