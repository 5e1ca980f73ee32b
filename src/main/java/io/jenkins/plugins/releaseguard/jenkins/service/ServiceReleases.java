// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.Extension;
import io.jenkins.plugins.releaseguard.jenkins.page.LaneRow;
import io.jenkins.plugins.releaseguard.jenkins.page.LiveRelease;
import io.jenkins.plugins.releaseguard.jenkins.page.LiveReleases;
import io.jenkins.plugins.releaseguard.rollout.runner.Lanes;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Shows the service's open releases to the pages. */
@Extension
@Restricted(NoExternalUse.class)
public final class ServiceReleases implements LiveReleases {
    @Override
    public Optional<LiveRelease> live(String record) {
        return ReleaseGuardService.get().find(record).map(ShownRelease::new);
    }

    @Override
    public List<LiveRelease> all() {
        return ReleaseGuardService.get().all().stream()
                .map(release -> (LiveRelease) new ShownRelease(release))
                .toList();
    }

    @Override
    public List<LaneRow> lanes() {
        return ReleaseGuardService.get().threads().lanes().loads().stream()
                .map(Lateness::row)
                .toList();
    }

    @Override
    public List<String> hanging() {
        Lanes lanes = ReleaseGuardService.get().threads().lanes();
        return Lateness.hanging(lanes.hanging(), lanes.mayHang()).stream().toList();
    }

    @Override
    public List<String> damaged() {
        return DamagedRecords.get().getRecords();
    }
}
