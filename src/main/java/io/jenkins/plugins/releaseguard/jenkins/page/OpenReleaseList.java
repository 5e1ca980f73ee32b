// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One rendering of all releases in motion, for one reader: what needs somebody comes first, then the oldest. */
@Restricted(NoExternalUse.class)
public final class OpenReleaseList {
    private final List<OpenReleaseRow> rows;
    private final List<String> damaged;
    private final List<LaneRow> lanes;
    private final List<String> hanging;

    private OpenReleaseList(
            List<OpenReleaseRow> rows, List<String> damaged, List<LaneRow> lanes, List<String> hanging) {
        this.rows = rows;
        this.damaged = damaged;
        this.lanes = lanes;
        this.hanging = hanging;
    }

    static OpenReleaseList ofReader() {
        List<OpenReleaseRow> rows = LiveReleases.everywhere().stream()
                .filter(release -> !release.hasEnded())
                .flatMap(OpenReleaseList::row)
                .sorted(Comparator.comparing((OpenReleaseRow row) -> !row.needsSomebody())
                        .thenComparing(OpenReleaseRow::openedAt)
                        .thenComparing(OpenReleaseRow::getRecord))
                .toList();
        boolean administers = Jenkins.get().hasPermission(Jenkins.ADMINISTER);
        return new OpenReleaseList(
                rows,
                administers ? LiveReleases.damagedRecords() : List.of(),
                administers ? LiveReleases.allLanes() : List.of(),
                administers ? LiveReleases.allHanging() : List.of());
    }

    private static Stream<OpenReleaseRow> row(LiveRelease release) {
        ReleaseAccess access = ReleaseAccess.of(release.facts().build());
        return access.mayRead() ? Stream.of(new OpenReleaseRow(release, access)) : Stream.empty();
    }

    public List<OpenReleaseRow> getRows() {
        return rows;
    }

    /** Records that can't be taken up again; for administrators. */
    public List<String> getDamaged() {
        return damaged;
    }

    /** Our own threads and how late they are; for administrators. */
    public List<LaneRow> getLanes() {
        return lanes;
    }

    /** What holds threads of our own for long; for administrators. */
    public List<String> getHanging() {
        return hanging;
    }

    /** Whether a row has buttons. */
    public boolean isOperable() {
        return rows.stream().anyMatch(row -> !row.getControls().isEmpty());
    }

    public String getBodyRevision() {
        return Integer.toHexString(
                List.of(rows.stream().map(OpenReleaseRow::revision).toList(), damaged)
                        .hashCode());
    }

    public String getPanelRevision() {
        return Integer.toHexString(List.of(lanes, hanging).hashCode());
    }
}
