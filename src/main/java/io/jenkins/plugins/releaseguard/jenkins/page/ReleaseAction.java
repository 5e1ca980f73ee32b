// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.model.Run;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.RunAction2;

/** What a build keeps of its releases: ids and verdicts. Journal and report are files of their own. */
public final class ReleaseAction implements RunAction2 {
    private final List<ReleaseRef> releases = new ArrayList<>();
    private transient Run<?, ?> run;

    @Override
    public void onAttached(Run<?, ?> owner) {
        run = owner;
    }

    @Override
    public void onLoad(Run<?, ?> owner) {
        run = owner;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    public synchronized List<ReleaseRef> getReleases() {
        return List.copyOf(releases);
    }

    /** The desk of one of this build's releases, by its id. */
    public ReleaseDesk getDynamic(String id) {
        return getReleases().stream()
                .filter(release -> release.getId().equals(id))
                .findFirst()
                .map(release -> new ReleaseDesk(run, release))
                .orElse(null);
    }

    public synchronized void opened(String id, String service, String environment) {
        put(new ReleaseRef(id, service, environment, null, null));
    }

    public synchronized void ended(String id, String service, String environment, String verdict, String seal) {
        put(new ReleaseRef(id, service, environment, verdict, seal));
    }

    private void put(ReleaseRef release) {
        int index = 0;
        while (index < releases.size() && !releases.get(index).getId().equals(release.getId())) {
            index++;
        }
        if (index < releases.size()) {
            releases.set(index, release);
        } else {
            releases.add(release);
        }
    }

    @Override
    public String getIconFileName() {
        return "symbol-shield-checkmark-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.ReleaseAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "release-guard";
    }
}
