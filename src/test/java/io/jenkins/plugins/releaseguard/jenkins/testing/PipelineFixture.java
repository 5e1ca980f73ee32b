// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.testing;

import com.cloudbees.hudson.plugins.folder.Folder;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Pipelines of tests, all in the sandbox and in one folder: what one of them releases, another one may. */
public final class PipelineFixture {
    /** Full name of the folder. */
    public static final String FOLDER = "releases";

    private PipelineFixture() {}

    /** The contract as the step's argument. */
    public static String contract(String text) {
        return "contractText: '''" + text.replace("\\", "\\\\").replace("$", "\\$") + "'''";
    }

    public static WorkflowJob job(JenkinsRule jenkins, String script) throws Exception {
        Folder folder = jenkins.jenkins.getItem(FOLDER) instanceof Folder known
                ? known
                : jenkins.createProject(Folder.class, FOLDER);
        WorkflowJob job = folder.createProject(
                WorkflowJob.class, "test" + folder.getItems().size());
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** A build that has begun. */
    public static WorkflowRun start(JenkinsRule jenkins, String script) throws Exception {
        return job(jenkins, script).scheduleBuild2(0).waitForStart();
    }
}
