// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Knows the releases under way on this controller; whoever runs them implements it, so that pages need not know how. */
@Restricted(NoExternalUse.class)
public interface LiveReleases extends ExtensionPoint {
    /** @param record the id under which the release was opened */
    Optional<LiveRelease> live(String record);

    /** All that haven't ended, in no order. */
    default List<LiveRelease> all() {
        return List.of();
    }

    /** Records of releases that can't be taken up again, a sentence each. */
    default List<String> damaged() {
        return List.of();
    }

    /** How late our own threads are. */
    default List<LaneRow> lanes() {
        return List.of();
    }

    /** What has more of our own threads than all the rest need, a sentence each; empty while nothing hangs. */
    default List<String> hanging() {
        return List.of();
    }

    static List<LiveRelease> everywhere() {
        return each(LiveReleases::all);
    }

    static List<String> damagedRecords() {
        return each(LiveReleases::damaged);
    }

    static List<LaneRow> allLanes() {
        return each(LiveReleases::lanes);
    }

    static List<String> allHanging() {
        return each(LiveReleases::hanging);
    }

    private static <T> List<T> each(Function<LiveReleases, List<T>> part) {
        return ExtensionList.lookup(LiveReleases.class).stream()
                .flatMap(releases -> part.apply(releases).stream())
                .toList();
    }

    /** Empty once the release has ended. */
    static Optional<LiveRelease> find(String record) {
        return ExtensionList.lookup(LiveReleases.class).stream()
                .flatMap(releases -> releases.live(record).stream())
                .findFirst();
    }
}
