// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.model.Job;
import hudson.model.Run;
import jenkins.model.Jenkins;

/** The build of an open release by its external id, {@code job#number}: it may be gone by now. */
record BuildName(String id) {
    /** Null where it is gone, or the reader can't see it. */
    Run<?, ?> run() {
        return Run.fromExternalizableId(id);
    }

    /** Null where it is gone, or the reader can't see it. */
    Job<?, ?> job() {
        int hash = id.lastIndexOf('#');
        return Jenkins.get().getItemByFullName(hash < 0 ? id : id.substring(0, hash), Job.class);
    }

    /** Relative to Jenkins' root; empty when the build is gone. */
    String url() {
        Run<?, ?> run = run();
        return run == null ? "" : run.getUrl();
    }

    /** With its job's full name. */
    String shown() {
        return id.replace("#", " #").replace("/", " » ");
    }
}
