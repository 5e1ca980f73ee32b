// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Takes the new version through the contract's phases. With a router the plugin moves the traffic and the body is each phase's
 * check; without, the body moves it.
 */
@Restricted(NoExternalUse.class)
public final class CanaryPromoteStep extends ReleaseStep {
    private static final long serialVersionUID = 1L;

    private boolean observe;

    @DataBoundConstructor
    public CanaryPromoteStep() {
        // everything is optional
    }

    public boolean isObserve() {
        return observe;
    }

    /** Do everything but act. */
    @DataBoundSetter
    public void setObserve(boolean observe) {
        this.observe = observe;
    }

    @Override
    public StepExecution start(StepContext context) {
        return new CanaryPromoteExecution(context, this);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor {
        @Override
        public String getFunctionName() {
            return "canaryPromote";
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CanaryPromoteStep_DisplayName();
        }
    }
}
