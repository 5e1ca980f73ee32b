// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.Extension;
import hudson.model.RootAction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import jenkins.management.Badge;
import jenkins.management.Badge.Severity;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;

/**
 * All releases in motion on this controller, whatever became of their builds, each with a page of its own below. Readers see the releases
 * of the jobs that they see; those of jobs that are gone are for who may decide at the root.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class OpenReleases implements RootAction {
    private static final int REMEMBERED = 200;

    private final Map<String, ReportSource> sources = new ConcurrentHashMap<>();

    /** Builds of releases that were looked at here, for those who still look when they have ended. */
    private final Map<String, LiveFacts> seen = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LiveFacts> eldest) {
            return size() > REMEMBERED;
        }
    });

    /** Shown to who sees a release there, and to administrators always. It is asked on every page: memory answers. */
    @Override
    public String getIconFileName() {
        boolean shown = Jenkins.get().hasPermission(Jenkins.ADMINISTER) || isPrimaryAction();
        return shown ? "symbol-rocket-outline plugin-ionicons-api" : null;
    }

    /** In the header itself while something is in motion, among the rest otherwise. */
    @Override
    public boolean isPrimaryAction() {
        return LiveReleases.everywhere().stream().anyMatch(OpenReleases::mayRead);
    }

    private static boolean mayRead(LiveRelease release) {
        return ReleaseAccess.of(release.facts().build()).mayRead();
    }

    @Override
    public String getDisplayName() {
        return Messages.OpenReleases_DisplayName();
    }

    @Override
    public String getUrlName() {
        return "release-guard";
    }

    /** How many need somebody. */
    @Override
    public Badge getBadge() {
        long needing = OpenReleaseList.ofReader().getRows().stream()
                .filter(OpenReleaseRow::needsSomebody)
                .count();
        return needing == 0
                ? null
                : new Badge(Long.toString(needing), Messages.OpenReleases_Need(needing), Severity.WARNING);
    }

    @Restricted(DoNotUse.class) // for Jelly
    public OpenReleaseList getList() {
        return OpenReleaseList.ofReader();
    }

    /** What the page asks for again and again: cheap, and only revisions. */
    @Restricted(DoNotUse.class)
    public HttpResponse doData() {
        Jenkins.get().checkPermission(Jenkins.READ);
        OpenReleaseList list = OpenReleaseList.ofReader();
        return Responses.revisions(true, list.getBodyRevision(), list.getPanelRevision());
    }

    /** The page of one release; null, and so not found, for who may not know of it. */
    @Restricted(DoNotUse.class) // for Stapler
    public OpenReleasePage getRelease(String id) {
        Optional<LiveRelease> open = LiveReleases.find(id);
        LiveFacts facts = open.map(LiveRelease::facts).orElseGet(() -> seen.get(id));
        if (facts == null) {
            return null;
        }
        ReleaseAccess access = ReleaseAccess.of(facts.build());
        if (!access.mayRead()) {
            return null;
        }
        if (open.isPresent()) {
            seen.put(id, facts);
        }
        return new OpenReleasePage(facts, access, open.orElse(null), source(id, open.isPresent()));
    }

    private ReportSource source(String id, boolean open) {
        sources.keySet()
                .retainAll(LiveReleases.everywhere().stream()
                        .map(release -> release.facts().id())
                        .collect(Collectors.toSet()));
        return open ? sources.computeIfAbsent(id, each -> new ReportSource()) : new ReportSource();
    }
}
