// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.PeriodicWork;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import hudson.model.listeners.RunListener;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Finds releases that lost their build: at its end, at its deletion, at start-up, and by looking every half minute. */
final class Orphans {
    private Orphans() {}

    /** Whether the build is not to be found; where it has ended the release is an orphan at once. */
    private static boolean isLost(OpenRelease release) {
        Run<?, ?> run = release.run();
        if (run != null && !run.isLogUpdated()) {
            release.orphaned("the build has ended");
        }
        return run == null;
    }

    private static void lost(OpenRelease release) {
        release.orphaned("the build was lost");
    }

    @Extension
    public static final class Ends extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(Run<?, ?> run) {
            orphaned(run, "the build was ended without its steps");
        }

        @Override
        public void onDeleted(Run<?, ?> run) {
            orphaned(run, "the build was deleted");
        }

        /** The build's own thread doesn't wait for our files. */
        private static void orphaned(Run<?, ?> run, String why) {
            ReleaseGuardService service = ReleaseGuardService.get();
            service.of(run).forEach(release -> service.promptly(release.id(), () -> release.orphaned(why)));
        }
    }

    @Extension
    public static final class Items extends ItemListener {
        @Override
        public void onLoaded() {
            ReleaseGuardService.get().all().stream().filter(Orphans::isLost).forEach(Orphans::lost);
        }

        /** Comes for everything below a folder that is moved as well. */
        @Override
        public void onLocationChanged(Item item, String oldFullName, String newFullName) {
            ReleaseGuardService.get().all().forEach(release -> release.note().moved(oldFullName, newFullName));
        }
    }

    @Extension
    public static final class Patrol extends PeriodicWork {
        private Set<String> missing = new HashSet<>();

        @Override
        public long getRecurrencePeriod() {
            return TimeUnit.SECONDS.toMillis(30);
        }

        /** A build that is being renamed is nowhere for a moment: only what is missing twice is lost. */
        @Override
        protected void doRun() {
            Set<String> now = new HashSet<>();
            for (OpenRelease release : ReleaseGuardService.get().all()) {
                if (release.note().isOwed()) {
                    ReleaseGuardService.get().pools().file(release.id(), release.note()::catchUp);
                }
                if (isLost(release)) {
                    now.add(release.id());
                    if (missing.contains(release.id())) {
                        lost(release);
                    }
                }
            }
            missing = now;
        }

        @NonNull
        @Override
        public String toString() {
            return "Release Guard's look for releases without a build";
        }
    }
}
