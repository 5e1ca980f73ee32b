// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.util.ListBoxModel;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** Reads the contract, gathers evidence, waits for sign-offs, and returns the decision or stops the build. */
@Restricted(NoExternalUse.class)
public final class ReleaseGateStep extends ReleaseStep {
    private static final long serialVersionUID = 1L;

    private String onNoGo = DescriptorImpl.FAIL;
    private int holdMinutes;

    @DataBoundConstructor
    public ReleaseGateStep() {
        // everything is optional
    }

    /** fail, unstable or continue. */
    public String getOnNoGo() {
        return onNoGo;
    }

    @DataBoundSetter
    public void setOnNoGo(String onNoGo) {
        this.onNoGo = DescriptorImpl.UNSTABLE.equals(onNoGo) || DescriptorImpl.CONTINUE.equals(onNoGo)
                ? onNoGo
                : DescriptorImpl.FAIL;
    }

    /** How long a no-go is held for somebody to override it. */
    public int getHoldMinutes() {
        return holdMinutes;
    }

    @DataBoundSetter
    public void setHoldMinutes(int holdMinutes) {
        this.holdMinutes = Math.max(0, holdMinutes);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new ReleaseGateExecution(context, this);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor {
        static final String FAIL = "fail";
        static final String UNSTABLE = "unstable";
        static final String CONTINUE = "continue";

        @Override
        public String getFunctionName() {
            return "releaseGate";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ReleaseGateStep_DisplayName();
        }

        @RequirePOST
        public ListBoxModel doFillOnNoGoItems(@AncestorInPath Item item) {
            checkRead(item);
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.ReleaseGateStep_Fail(), FAIL);
            items.add(Messages.ReleaseGateStep_Unstable(), UNSTABLE);
            items.add(Messages.ReleaseGateStep_Continue(), CONTINUE);
            return items;
        }
    }
}
