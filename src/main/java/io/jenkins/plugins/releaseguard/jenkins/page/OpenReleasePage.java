// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.report.view.Badge;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;

/** The live page of one release, below the list of all: it needs no build. */
@Restricted(NoExternalUse.class)
public final class OpenReleasePage implements ModelObject, Reported {
    private final LiveFacts facts;
    private final ReleaseAccess access;
    private final LiveRelease open;
    private final ReportSource source;

    /** @param open null once it has ended */
    OpenReleasePage(LiveFacts facts, ReleaseAccess access, LiveRelease open, ReportSource source) {
        this.facts = facts;
        this.access = access;
        this.open = open;
        this.source = source;
    }

    @Override
    public String getDisplayName() {
        return getTitle();
    }

    public String getRecord() {
        return facts.id();
    }

    public boolean isLive() {
        return open != null;
    }

    /** A fresh rendering; null once the release has ended. */
    @Restricted(DoNotUse.class) // for Jelly
    public ReportPage getPage() {
        return page();
    }

    private ReportPage page() {
        return open == null ? null : new ReportPage(this, source.live(open.folder()), open, access.place());
    }

    /** What the page asks for again and again. */
    @Restricted(DoNotUse.class)
    public HttpResponse doData() {
        access.place().checkPermission(access.place() instanceof Item ? Item.READ : Jenkins.READ);
        ReportPage page = page();
        return page == null
                ? Responses.revisions(false, "ended", "ended")
                : Responses.revisions(true, page.getBodyRevision(), page.getPanelRevision());
    }

    /** Where people speak to the release. */
    @Restricted(DoNotUse.class) // for Stapler
    public ReleaseEndpoint getDynamic(String id) {
        return id.equals(facts.id()) ? new ReleaseEndpoint(access.place(), id) : null;
    }

    /** The build's name, with its job's. */
    public String getBuild() {
        return new BuildName(facts.build()).shown();
    }

    /** Relative to Jenkins' root; empty when the build is gone. */
    public String getBuildUrl() {
        return new BuildName(facts.build()).url();
    }

    /** Where its report is; empty when the build is gone. */
    public String getReportUrl() {
        Run<?, ?> run = new BuildName(facts.build()).run();
        return run == null
                ? ""
                : ReleaseReportAction.of(run, facts.id())
                        .map(action -> run.getUrl() + action.getUrlName() + "/")
                        .orElse("");
    }

    /** Why there is no build; empty where there is one. */
    public String getGone() {
        return facts.gone() == null ? "" : facts.gone();
    }

    @Override
    public String getTitle() {
        return facts.title();
    }

    @Override
    public String getSeal() {
        return null;
    }

    @Override
    public Badge getStanding() {
        return Headline.badge(open.state());
    }

    @Override
    public String getSentence() {
        return Headline.sentence(open.state());
    }
}
