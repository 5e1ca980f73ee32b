// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.security.AccessControlled;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import io.jenkins.plugins.releaseguard.report.view.ReportView;
import io.jenkins.plugins.releaseguard.report.view.Row;
import io.jenkins.plugins.releaseguard.report.view.Table;
import io.jenkins.plugins.releaseguard.report.view.TimelineLine;
import java.io.IOException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** One rendering of the report page, for one reader: everything on it is of the same moment. */
@Restricted(NoExternalUse.class)
public final class ReportPage {
    private static final Logger LOGGER = Logger.getLogger(ReportPage.class.getName());

    private final Reported action;
    private final ReportSource.Reading reading;
    private final LiveRelease open;
    private final List<Control> controls;
    private final List<SignOffCard> signOffs;
    private final List<String> against;
    private final List<WaivableFinding> waivable;

    /** @param place whose permissions count */
    ReportPage(Reported action, ReportSource.Reading reading, LiveRelease open, AccessControlled place) {
        this.action = action;
        this.reading = reading;
        this.open = open;
        this.controls = open != null && !open.hasEnded() && place.hasPermission(ReleaseGuardPermissions.OPERATE)
                ? Control.of(open.state())
                : List.of();
        this.signOffs = open == null ? List.of() : signOffs(place);
        this.against = open != null
                        && !open.hasStarted()
                        && !open.hasEnded()
                        && place.hasPermission(ReleaseGuardPermissions.OVERRIDE)
                ? against(open)
                : List.of();
        this.waivable = findings();
    }

    private List<SignOffCard> signOffs(AccessControlled place) {
        Person reader = Person.current();
        boolean permitted = place.hasPermission(ReleaseGuardPermissions.SIGN_OFF);
        return open.pending().stream()
                .map(pending -> SignOffCard.of(pending, reader, open.people(), permitted))
                .toList();
    }

    /** For who may override; who has made the release is refused when it is asked, since a directory may have to say. */
    private List<WaivableFinding> findings() {
        try {
            return against.isEmpty() ? List.of() : open.waivable();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "What of " + open.facts().id() + " may be waived can't be read");
            return List.of();
        }
    }

    private static List<String> against(LiveRelease open) {
        try {
            return open.against();
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "What the gate holds against " + open.facts().id() + " can't be read");
            return List.of();
        }
    }

    ReportSource.Reading reading() {
        return reading;
    }

    public Reported getAction() {
        return action;
    }

    /** Null where there is nothing to show. */
    public ReportView getView() {
        return reading.view();
    }

    /** A table in two parts; for Jelly. */
    public CollapsedList<Row> folded(Table table) {
        return CollapsedList.of(table);
    }

    public CollapsedList<TimelineLine> getTimeline() {
        return CollapsedList.of(reading.view().getTimeline());
    }

    /** Why there is nothing to show; empty where there is. */
    public String getProblem() {
        return reading.problem();
    }

    /** Empty while the release runs. */
    public String getSeal() {
        return reading.seal();
    }

    public boolean isLive() {
        return open != null;
    }

    /** What the release is about now, from memory; empty once it has ended. */
    public String getNow() {
        if (open == null) {
            return "";
        } else if (open.hasStarted() || open.hasEnded()) {
            return Headline.sentence(open.state());
        } else if (signOffs.stream().anyMatch(SignOffCard::isWaiting)) {
            return Messages.ReportPage_Waiting();
        }
        return open.isHeld() ? Messages.ReportPage_Held() : Headline.sentence(open.state());
    }

    /** What was expected of it; empty where nothing was, and once it has ended. */
    public String getExpected() {
        return open == null || open.hasEnded() ? "" : open.expected();
    }

    /** How long it will likely take yet; empty where nobody knows. */
    public String getRemaining() {
        return open == null || open.hasEnded() ? "" : open.remaining();
    }

    public List<Control> getControls() {
        return controls;
    }

    public List<SignOffCard> getSignOffs() {
        return signOffs;
    }

    /** Whether the reader may let the release start in spite of what the gate has said. */
    public boolean isOverridable() {
        return !against.isEmpty();
    }

    /** What an override of now is given for, as its form sends it. */
    public String getShown() {
        return against.stream().map(GateOverride::id).collect(Collectors.joining(","));
    }

    /** The same for people. */
    public String getOverruled() {
        return against.stream().map(GateOverride::inWords).collect(Collectors.joining(", "));
    }

    /** What the reader may waive, one by one. */
    public List<WaivableFinding> getWaivable() {
        return waivable;
    }

    /** Changes whenever the report does. */
    public String getBodyRevision() {
        return (open == null ? "ended-" : "live-") + reading.revision();
    }

    /** Changes whenever buttons or sign-offs do, for this reader. */
    public String getPanelRevision() {
        return Integer.toHexString(
                List.of(isLive(), controls, signOffs, against, waivable, getNow(), getExpected(), getRemaining())
                        .hashCode());
    }
}
