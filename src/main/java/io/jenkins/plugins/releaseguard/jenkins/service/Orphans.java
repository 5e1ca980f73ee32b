// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.PeriodicWork;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import java.util.concurrent.TimeUnit;

/** Finds releases that lost their build: at its end, at its deletion, at start-up, and by looking every half minute. */
final class Orphans {
    private Orphans() {}

    static void look() {
        for (OpenRelease release : ReleaseGuardService.get().all()) {
            Run<?, ?> run = release.run();
            if (run == null) {
                release.orphaned("the build was lost");
            } else if (!run.isLogUpdated()) {
                release.orphaned("the build has ended");
            }
        }
    }

    @Extension
    public static final class Ends extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(Run<?, ?> run) {
            ReleaseGuardService.get().of(run).forEach(r -> r.orphaned("the build was ended without its steps"));
        }

        @Override
        public void onDeleted(Run<?, ?> run) {
            ReleaseGuardService.get().of(run).forEach(r -> r.orphaned("the build was deleted"));
        }
    }

    @Extension
    public static final class StartUp extends ItemListener {
        @Override
        public void onLoaded() {
            look();
        }
    }

    @Extension
    public static final class Patrol extends PeriodicWork {
        @Override
        public long getRecurrencePeriod() {
            return TimeUnit.SECONDS.toMillis(30);
        }

        @Override
        protected void doRun() {
            look();
        }

        @NonNull
        @Override
        public String toString() {
            return "Release Guard's look for releases without a build";
        }
    }
}
