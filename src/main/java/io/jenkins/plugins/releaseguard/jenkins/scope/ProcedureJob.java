// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import jenkins.model.Jenkins;
import jenkins.model.ParameterizedJobMixIn;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;

/**
 * A job that a contract's procedure starts: one of the folder in which the release's job stands, or below it, or one that a list of
 * {@code procedureJobs} has; and one that whoever the release's job runs as may build.
 *
 * @param as whoever that is
 */
@Restricted(NoExternalUse.class)
public record ProcedureJob(Job<?, ?> job, ParameterizedJobMixIn.ParameterizedJob<?, ?> task, Authentication as) {
    /**
     * @param own the release's job, null where it is gone
     * @param name full, or relative to the release's job
     * @throws EffectException it isn't there, or may not be started
     */
    public static ProcedureJob find(Job<?, ?> own, String name) throws EffectException {
        if (!(own instanceof Queue.Task task)) {
            throw new EffectException("the release's own job is gone, so nobody can say what it may start");
        }
        Authentication as = Tasks.getAuthenticationOf2(task);
        try (ACLContext ignored = ACL.as2(as)) {
            Item item = Jenkins.get().getItem(name, own.getParent(), Item.class);
            if (!(item instanceof ParameterizedJobMixIn.ParameterizedJob<?, ?> target)
                    || !(item instanceof Job<?, ?> job)) {
                throw new EffectException("there is no job '" + name + "' that this release may see");
            }
            if (!isListed(own, job)) {
                throw new EffectException("this release may not start the job '" + job.getFullName()
                        + "', which stands outside the folder of the release's own job: no list of jobs that procedures may"
                        + " start has it, neither at the controller nor in a folder above both");
            }
            if (!item.hasPermission(Item.BUILD)) {
                throw new EffectException("this release may not start the job '" + name + "'");
            }
            return new ProcedureJob(job, target, as);
        }
    }

    private static boolean isListed(Job<?, ?> own, Job<?, ?> job) {
        ItemGroup<?> folder = own.getParent();
        // what stands at the root has no folder of its own, and all of Jenkins below
        boolean inFolder = folder == Jenkins.get() ? job.getParent() == folder : isBelow(job, folder);
        return inFolder
                || Setups.around(folder).stream()
                        .filter(scope -> isBelow(job, scope.context()))
                        .anyMatch(scope -> scope.hasProcedureJob(job.getFullName()));
    }

    private static boolean isBelow(Job<?, ?> job, ItemGroup<?> folder) {
        return folder == Jenkins.get() || job.getFullName().startsWith(folder.getFullName() + "/");
    }
}
