// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.Util;
import hudson.model.HealthReport;
import hudson.model.HealthReportingAction;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.view.Badge;
import io.jenkins.plugins.releaseguard.report.view.ReportView;
import io.jenkins.plugins.releaseguard.report.view.ReportWriter;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import jenkins.management.Badge.Severity;
import jenkins.model.RunAction2;
import jenkins.model.Tab;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerFallback;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The verification report of a release, on the build that made it. build.xml holds the few facts that lists and badges need; the report
 * itself lies in files of its own beside it, and is read when somebody looks.
 */
@Restricted(NoExternalUse.class)
@ExportedBean
public final class ReleaseReportAction extends Tab
        implements RunAction2, HealthReportingAction, Reported, StaplerFallback {
    private static final Pattern RECORD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~-]{0,150}");
    private static final int MAX_SENTENCE = 400;

    private final String record;
    private final int number;
    private final String service;
    private final String version;
    private final String environment;
    private String verdict = "running";
    private boolean confirmed;
    private double seconds;
    private Double rollbackSeconds;
    private String word;
    private String tone;
    private String mark;
    private String sentence;
    private String seal;

    private transient Run<?, ?> run;
    private transient ReportSource source;

    private ReleaseReportAction(String record, int number, String service, String version, String environment) {
        super(null);
        if (!RECORD.matcher(record).matches()) {
            throw new IllegalArgumentException("not a record's id: " + record);
        }
        this.record = record;
        this.number = number;
        this.service = service;
        this.version = version;
        this.environment = environment;
    }

    /**
     * Puts the report on a build and saves it.
     *
     * @param record the id under which a {@link LiveReleases} knows the release
     */
    public static ReleaseReportAction attach(
            Run<?, ?> run, String record, String service, String version, String environment) throws IOException {
        int number = run.getActions(ReleaseReportAction.class).size() + 1;
        ReleaseReportAction action = new ReleaseReportAction(
                record, number, Util.fixNull(service), Util.fixNull(version), Util.fixNull(environment));
        run.addAction(action);
        run.save();
        return action;
    }

    /** The report of a record on this build, if it has one. */
    public static Optional<ReleaseReportAction> of(Run<?, ?> run, String record) {
        return run.getActions(ReleaseReportAction.class).stream()
                .filter(action -> record.equals(action.record))
                .findFirst();
    }

    /** Notes how the release ended and saves the build; the sealed files must be in {@link #folder} by now. */
    public void sealed(ReportWriter.Written written) throws IOException {
        Report report = written.report();
        Badge badge = ReportView.of(report).getVerdict();
        verdict = report.verdict();
        confirmed = report.confirmed();
        seconds = report.seconds();
        rollbackSeconds = report.rollback() == null || report.rollback().observed()
                ? null
                : report.rollback().totalSeconds();
        word = badge.word();
        tone = badge.tone();
        mark = badge.mark();
        sentence = Lines.bounded(report.reason(), MAX_SENTENCE);
        seal = written.seal() == null ? null : written.seal().sha256();
        run.save();
    }

    /** Where the sealed files lie, beside build.xml; a folder that isn't there where build.xml names no valid record. */
    public Path folder() {
        return run.getRootDir().toPath().resolve("release-guard").resolve(isRecord() ? record : "-");
    }

    /** A file by hand, or an older version's, may say anything. */
    private boolean isRecord() {
        return record != null && RECORD.matcher(record).matches();
    }

    @Override
    public void onAttached(Run<?, ?> r) {
        run = r;
        object = r;
    }

    @Override
    public void onLoad(Run<?, ?> r) {
        onAttached(r);
    }

    public Run<?, ?> getRun() {
        return run;
    }

    @Override
    public String getIconFileName() {
        return "symbol-shield-checkmark-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return number == 1 ? Messages.ReleaseReport_DisplayName() : Messages.ReleaseReport_DisplayNameOf(environment);
    }

    @Override
    public String getUrlName() {
        return number == 1 ? "release-guard" : "release-guard-" + number;
    }

    @Override
    public jenkins.management.Badge getBadge() {
        LiveRelease open = open();
        int waiting = open == null ? 0 : open.pending().size();
        if (waiting > 0) {
            return new jenkins.management.Badge(
                    Integer.toString(waiting), Messages.ReleaseReport_Waiting(waiting), Severity.WARNING);
        }
        Badge standing = getStanding();
        return switch (standing.tone()) {
            case "bad" -> new jenkins.management.Badge(standing.mark(), standing.word(), Severity.DANGER);
            case "warn" -> new jenkins.management.Badge(standing.mark(), standing.word(), Severity.WARNING);
            default -> null;
        };
    }

    /** Null while the release runs: a build's weather isn't known before. */
    @Override
    public HealthReport getBuildHealth() {
        return switch (ReleaseOutcome.of(verdict)) {
            case PROMOTED -> new HealthReport(100, Messages._ReleaseReport_Promoted(version));
            case ROLLED_BACK -> new HealthReport(confirmed ? 20 : 0, Messages._ReleaseReport_RolledBack(version));
            case NO_GO -> new HealthReport(40, Messages._ReleaseReport_NoGo(version));
            case HALTED -> new HealthReport(60, Messages._ReleaseReport_Halted(version));
            default -> null;
        };
    }

    private LiveRelease open() {
        return seal != null ? null : LiveReleases.find(record).orElse(null);
    }

    /** A fresh rendering; never null. */
    @Restricted(DoNotUse.class) // for Jelly
    public ReportPage getPage() {
        return page();
    }

    ReportPage page() {
        if (!isRecord()) {
            return new ReportPage(this, ReportSource.Reading.unreadable("build.xml names no valid record."), null, run);
        }
        LiveRelease open = open();
        if (open != null) {
            return new ReportPage(this, source().live(open.folder()), open, run);
        }
        // not sealed and known to nobody: what the journal says is the most there is
        return new ReportPage(this, seal != null ? source().sealed(folder()) : source().live(folder()), null, run);
    }

    private synchronized ReportSource source() {
        if (source == null) {
            source = new ReportSource();
        }
        return source;
    }

    /** What a live page asks for again and again: cheap, and only revisions. */
    @Restricted(DoNotUse.class)
    public HttpResponse doData() {
        run.checkPermission(Item.READ);
        ReportPage page = page();
        return Responses.revisions(page.isLive(), page.getBodyRevision(), page.getPanelRevision());
    }

    /** Where people speak to the releases of this build, by the record's id. */
    @Restricted(DoNotUse.class) // for Stapler
    public ReleaseEndpoint getDynamic(String id) {
        return of(run, id)
                .map(action -> new ReleaseEndpoint(run, action.record))
                .orElse(null);
    }

    /** Checks chain, seal and files against each other and against what build.xml says. Reads everything, so not a GET. */
    @RequirePOST
    @Restricted(DoNotUse.class)
    public HttpResponse doVerify() {
        run.checkPermission(Item.READ);
        return SealCheck.of(folder(), seal);
    }

    /** Serves the files below the report's own address. */
    @Override
    public ReportDownloads getStaplerFallback() {
        LiveRelease open = open();
        return new ReportDownloads(run, open == null ? folder() : open.folder(), () -> page().reading());
    }

    /** Links on the page, in order. */
    @Restricted(DoNotUse.class) // for Jelly
    public List<String> getFiles() {
        return getStaplerFallback().names();
    }

    @Exported
    public String getService() {
        return service;
    }

    @Exported
    public String getVersion() {
        return version;
    }

    @Exported
    public String getEnvironment() {
        return environment;
    }

    /** promoted, rolled-back, no-go, halted or running. */
    @Exported
    public String getVerdict() {
        return verdict;
    }

    /** Whether the traffic was seen to be where the verdict says. */
    @Exported
    public boolean isConfirmed() {
        return confirmed;
    }

    @Exported
    public double getSeconds() {
        return seconds;
    }

    /** Null where nothing was rolled back. */
    @Exported
    public Double getRollbackSeconds() {
        return rollbackSeconds;
    }

    @Override
    @Exported
    public String getSeal() {
        return seal;
    }

    /** The id under which the release's files are kept. */
    @Exported
    public String getRecord() {
        return record;
    }

    @Override
    public String getTitle() {
        return (service + " " + version).strip() + (environment.isEmpty() ? "" : " → " + environment);
    }

    /** As it was sealed, as it stands, or that nobody knows. */
    @Override
    public Badge getStanding() {
        LiveRelease open = open();
        if (word != null) {
            return new Badge(word, tone, mark);
        }
        return open == null ? new Badge(Messages.ReleaseReport_Lost(), "warn", "!") : Headline.badge(open.state());
    }

    @Override
    public String getSentence() {
        LiveRelease open = open();
        return sentence != null
                ? sentence
                : open == null ? Messages.ReleaseReport_LostSentence() : Headline.sentence(open.state());
    }

    /** How long it will take yet, or what was expected of it; empty where nobody knows, and once it has ended. */
    @Restricted(DoNotUse.class) // for Jelly
    public String getOutlook() {
        LiveRelease open = open();
        return open == null || open.hasEnded() ? "" : ReleasesUnderWay.outlook(open);
    }
}
