// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.Util;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import io.jenkins.plugins.releaseguard.report.view.Badge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A release in motion as one reader sees it in the list. Told from memory. */
@Restricted(NoExternalUse.class)
public final class OpenReleaseRow {
    private final LiveFacts facts;
    private final Badge badge;
    private final String sentence;
    private final String phase;
    private final String weight;
    private final String late;
    private final String outlook;
    private final List<Control> controls;
    private final int waiting;

    OpenReleaseRow(LiveRelease release, ReleaseAccess access) {
        this.facts = release.facts();
        this.badge = Headline.badge(release.state());
        this.sentence = Headline.sentence(release.state());
        int index = release.state().phaseIndex();
        this.phase = index < 0 ? "" : Messages.OpenReleaseRow_Phase(index + 1, facts.phases());
        this.weight = Util.fixNull(release.state().weightRead());
        this.late = release.lateness();
        this.outlook = ReleasesUnderWay.outlook(release);
        this.controls = access.place().hasPermission(ReleaseGuardPermissions.OPERATE) && !release.hasEnded()
                ? Control.of(release.state())
                : List.of();
        this.waiting = release.pending().size();
    }

    public String getRecord() {
        return facts.id();
    }

    public String getTitle() {
        return facts.title();
    }

    public String getSentence() {
        return sentence;
    }

    public String getWord() {
        return badge.word();
    }

    public String getTone() {
        return badge.tone();
    }

    public String getMark() {
        return badge.mark();
    }

    /** Empty before the first. */
    public String getPhase() {
        return phase;
    }

    /** The canary's share as the router was last read; empty where it wasn't. */
    public String getWeight() {
        return weight;
    }

    /** How long its work has waited for threads of our own; empty where that isn't worth a word. */
    public String getLate() {
        return late;
    }

    /** How long it will take yet, or what was expected of it; empty where nobody knows. */
    public String getOutlook() {
        return outlook;
    }

    /** Empty where nobody knows. */
    public String getIso() {
        return facts.openedAt() == null ? "" : facts.openedAt().toString();
    }

    public String getAge() {
        return facts.openedAt() == null
                ? ""
                : Util.getTimeSpanString(Math.max(
                        0, Duration.between(facts.openedAt(), Instant.now()).toMillis()));
    }

    public List<Control> getControls() {
        return controls;
    }

    /** How many approvals it waits for. */
    public int getWaiting() {
        return waiting;
    }

    /** Relative to Jenkins' root; empty when the build is gone. */
    public String getBuildUrl() {
        return new BuildName(facts.build()).url();
    }

    /** With its job's full name. */
    public String getBuild() {
        return new BuildName(facts.build()).shown();
    }

    /** Why there is no build; empty where there is one. */
    public String getGone() {
        return Util.fixNull(facts.gone());
    }

    /** Changes whenever the reader sees something else, but for the age. */
    List<Object> revision() {
        return List.of(
                facts.id(), facts.build(), getGone(), badge, sentence, phase, weight, late, outlook, controls, waiting);
    }

    boolean needsSomebody() {
        return waiting > 0 || !badge.tone().equals("info");
    }

    Instant openedAt() {
        return facts.openedAt() == null ? Instant.EPOCH : facts.openedAt();
    }
}
