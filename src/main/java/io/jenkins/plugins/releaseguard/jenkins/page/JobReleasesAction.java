// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import jenkins.management.Badge;
import jenkins.model.Tab;
import jenkins.model.TransientActionFactory;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A job's releases, newest first, from the ledgers of the services that it releases: they outlive discarded builds. */
@Restricted(NoExternalUse.class)
public final class JobReleasesAction extends Tab {
    private static final int LATEST = 5;
    private static final int ALL = 200;

    private final Job<?, ?> job;

    JobReleasesAction(Job<?, ?> job) {
        super(job);
        this.job = job;
    }

    @Override
    public String getIconFileName() {
        return "symbol-rocket-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.JobReleases_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "releases";
    }

    @Override
    public Badge getBadge() {
        return null;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    @Restricted(DoNotUse.class) // for Jelly
    public List<ReleasesUnderWay> getUnderWay() {
        return ReleasesUnderWay.of(job);
    }

    @Restricted(DoNotUse.class) // for Jelly
    public ReleaseList getLatest() {
        return ReleaseList.of(job, LATEST, false);
    }

    @Restricted(DoNotUse.class) // for Jelly
    public ReleaseList getAll() {
        return ReleaseList.of(job, ALL, true);
    }

    /** Only looks into memory: it is asked on every page that shows a job. */
    @Extension
    public static final class Factory extends TransientActionFactory<Job<?, ?>> {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public Class<Job<?, ?>> type() {
            return (Class) Job.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return JobReleasesAction.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job<?, ?> job) {
            return JobReleases.get().any(job) ? List.of(new JobReleasesAction(job)) : List.of();
        }
    }
}
