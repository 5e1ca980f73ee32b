// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Knows the releases under way on this controller; whoever runs them implements it, so that pages need not know how. */
@Restricted(NoExternalUse.class)
public interface LiveReleases extends ExtensionPoint {
    /** @param record the id under which the release was opened */
    Optional<LiveRelease> live(String record);

    /** Empty once the release has ended. */
    static Optional<LiveRelease> find(String record) {
        return ExtensionList.lookup(LiveReleases.class).stream()
                .flatMap(releases -> releases.live(record).stream())
                .findFirst();
    }
}
