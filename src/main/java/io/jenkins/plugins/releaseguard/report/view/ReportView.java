// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.Words;
import java.util.List;

/**
 * The report as it is shown, by whatever page: every number formatted, every verdict with its tone and sign. Texts are plain and must
 * be escaped by the page.
 */
public final class ReportView {
    private final Report report;
    private final String journalHead;

    private ReportView(Report report, String journalHead) {
        this.report = report;
        this.journalHead = journalHead;
    }

    public static ReportView of(Report report) {
        return new ReportView(report, "");
    }

    /** @param journalHead the SHA-256 of the journal's last line, to tell by which journal the report was made */
    public static ReportView of(Report report, String journalHead) {
        return new ReportView(report, journalHead);
    }

    public String getService() {
        return or(report.release().service(), "Unnamed service");
    }

    public String getVersion() {
        return report.release().version();
    }

    public String getEnvironment() {
        return or(report.release().environment(), "no environment named");
    }

    public String getTitle() {
        return (getService() + " " + getVersion()).strip() + " → " + getEnvironment();
    }

    public String getScope() {
        return report.release().scope();
    }

    /** True while the release is under way and the report will change. */
    public boolean isLive() {
        return report.running();
    }

    public Badge getVerdict() {
        return HeadView.verdict(report);
    }

    /** The reason in one sentence, with the number. */
    public String getSentence() {
        return report.reason();
    }

    /** The most telling facts, for the head of a page. */
    public List<Fact> getFacts() {
        return HeadView.facts(report);
    }

    /** Links to the log, the runbook and so on; http(s) only. */
    public List<Fact> getLinks() {
        return HeadView.links(report);
    }

    /** What failed, the number, the limit, what to do; empty for a release that went through. */
    public List<Fact> getWhyNotGreen() {
        return HeadView.why(report);
    }

    public List<Step> getSteps() {
        return StepView.steps(report);
    }

    /** The strip of phases in words, for those who don't see it. */
    public String getStepsInWords() {
        return StepView.inWords(getSteps());
    }

    /** Whether any phase warmed up, so that the drawings show it. */
    public boolean isWarmedUp() {
        return report.phases().stream().anyMatch(phase -> phase.warmups() != null);
    }

    public List<MetricCard> getMetrics() {
        return report.health().stream()
                .map(health -> MetricView.card(report, health))
                .toList();
    }

    /** Null where nothing went back. */
    public Stopwatch getStopwatch() {
        return report.rollback() == null ? null : StopwatchView.of(report.rollback());
    }

    public List<Section> getSections() {
        return new SectionView(report).sections();
    }

    public List<TimelineLine> getTimeline() {
        return TimelineView.lines(report.timeline());
    }

    /** Empty where unknown. */
    public String getJournalHead() {
        return journalHead;
    }

    /** Empty before the first event. */
    public String getAsOf() {
        return report.asOf() == null ? "" : Words.dayTime(report.asOf());
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }
}
