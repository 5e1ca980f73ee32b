// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.testing;

import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Pipelines of tests, all in the sandbox. */
public final class PipelineFixture {
    private PipelineFixture() {}

    /** The contract as the step's argument. */
    public static String contract(String text) {
        return "contractText: '''" + text.replace("\\", "\\\\").replace("$", "\\$") + "'''";
    }

    public static WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** A build that has begun. */
    public static WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        return job(jenkins, script).scheduleBuild2(0).waitForStart();
    }
}
