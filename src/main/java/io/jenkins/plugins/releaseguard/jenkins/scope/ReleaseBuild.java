// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The build that a release belongs to, by its external id {@code job#number}: it may be gone by now. */
@Restricted(NoExternalUse.class)
public record ReleaseBuild(String id) {
    /** Null where it is gone. */
    public Run<?, ?> run() {
        return Run.fromExternalizableId(id);
    }

    /** Null where it is gone. */
    public Job<?, ?> job() {
        Run<?, ?> run = run();
        return run == null ? Jenkins.get().getItemByFullName(jobName(), Job.class) : run.getParent();
    }

    public String jobName() {
        return id.substring(0, id.lastIndexOf('#'));
    }

    /** The job's folder, also where the job is gone: what is set up there still steers the traffic. */
    public ItemGroup<?> place() {
        return Setups.folderOf(jobName());
    }

    /** Where people see the release, for logs. */
    public String page() {
        Run<?, ?> run = run();
        String root = Jenkins.get().getRootUrl();
        return run == null || root == null ? id : root + run.getUrl() + "release-guard/";
    }

    /** The same build after its job has got another name or folder. */
    public ReleaseBuild in(String newJobName) {
        return new ReleaseBuild(newJobName + id.substring(id.lastIndexOf('#')));
    }
}
