// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.report.Words;
import io.jenkins.plugins.releaseguard.report.view.Badge;
import java.util.List;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A release of a job that hasn't ended, in the lines that the job's page has for it. */
@Restricted(NoExternalUse.class)
public final class ReleasesUnderWay {
    private final LiveRelease release;
    private final Run<?, ?> run;

    private ReleasesUnderWay(LiveRelease release, Run<?, ?> run) {
        this.release = release;
        this.run = run;
    }

    /** Those of the job's own builds, which whoever sees the job may see. */
    static List<ReleasesUnderWay> of(Job<?, ?> job) {
        return LiveReleases.everywhere().stream()
                .filter(release -> !release.hasEnded())
                .map(release -> new ReleasesUnderWay(
                        release, new BuildName(release.facts().build()).run()))
                .filter(release -> release.run != null && Objects.equals(release.run.getParent(), job))
                .sorted((a, b) -> b.run.getNumber() - a.run.getNumber())
                .toList();
    }

    public String getTitle() {
        return release.facts().title();
    }

    public Badge getBadge() {
        return Headline.badge(release.state());
    }

    public String getSentence() {
        return Headline.sentence(release.state());
    }

    public String getOutlook() {
        return outlook(release);
    }

    /** How long it will take yet, else what was expected of it; empty where nobody knows. */
    static String outlook(LiveRelease release) {
        String remaining = release.remaining();
        return !remaining.isEmpty() || release.expected().isEmpty()
                ? Words.capital(remaining)
                : Messages.ReleaseReport_Expected(release.expected());
    }

    /** Relative to Jenkins' root. */
    public String getUrl() {
        return run.getUrl()
                + ReleaseReportAction.of(run, release.facts().id())
                        .map(action -> action.getUrlName() + "/")
                        .orElse("");
    }

    public String getBuild() {
        return run.getDisplayName();
    }
}
