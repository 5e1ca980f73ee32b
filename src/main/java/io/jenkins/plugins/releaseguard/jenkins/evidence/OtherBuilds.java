// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.evidence;

import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.releaseguard.evidence.UnavailableException;
import java.io.IOException;
import jenkins.model.Jenkins;

/** Builds of other jobs by name, as far as the release's own job may read them. */
final class OtherBuilds {
    private OtherBuilds() {}

    /** @param name {@code job} for its last successful build, or {@code job#number} */
    static Run<?, ?> find(Job<?, ?> own, String name) throws IOException {
        int hash = name.lastIndexOf('#');
        String job = hash < 0 ? name : name.substring(0, hash);
        if (!(own instanceof Queue.Task task)) {
            throw new UnavailableException("the release's own job is gone", "run the gate in a job");
        }
        try (ACLContext ignored = ACL.as2(Tasks.getAuthenticationOf2(task))) {
            Job<?, ?> found = Jenkins.get().getItem(job, own.getParent(), Job.class);
            Run<?, ?> run = found == null || !found.hasPermission(Item.READ)
                    ? null
                    : hash < 0 ? found.getLastSuccessfulBuild() : build(found, name.substring(hash + 1));
            if (run == null) {
                throw new UnavailableException(
                        "there is no build '" + name + "' that this release may read", "name a job, or job#number");
            }
            return run;
        }
    }

    private static Run<?, ?> build(Job<?, ?> job, String number) {
        return number.matches("[0-9]{1,9}") ? job.getBuildByNumber(Integer.parseInt(number)) : null;
    }
}
