// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import io.jenkins.plugins.releaseguard.report.Causes;
import io.jenkins.plugins.releaseguard.report.MetricText;
import io.jenkins.plugins.releaseguard.report.PhaseText;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.Words;
import io.jenkins.plugins.releaseguard.report.view.TableBuilder.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The eight sections. */
final class SectionView {
    private final Report report;

    SectionView(Report report) {
        this.report = report;
    }

    List<Section> sections() {
        return List.of(summary(), checks(), execution(), health(), signOff(), issues(), rollback(), followUps());
    }

    private Section summary() {
        Report.Release release = report.release();
        TableBuilder table = new TableBuilder("", "What", "Value")
                .row("Service", release.service())
                .row("Version", release.version())
                .row("Commit", new Code(release.commit()))
                .row("Environment", release.environment())
                .row("Scope", release.scope())
                .row("Risk level", release.risk())
                .row("Owner", release.owner())
                .row("Released by", release.by())
                .row("Build", release.build())
                .row("Started", report.startedAt() == null ? "" : Words.dayTime(report.startedAt()))
                .row("Ended", report.endedAt() == null ? "" : Words.dayTime(report.endedAt()))
                .row("Duration", report.startedAt() == null ? "" : Words.seconds(report.seconds()))
                .row("Without a controller", report.downSeconds() > 0 ? Words.seconds(report.downSeconds()) : "")
                .row("Contract", release.contractFile())
                .row("Contract's SHA-256", new Code(release.contract()))
                .row(
                        "Contract read from",
                        release.contract().isEmpty() ? "" : ContractOrigin.text(release.contractOrigin()));
        release.artifacts().forEach((name, digest) -> table.row("SHA-256 of " + name, new Code(digest)));
        Table facts = withoutBlanks(table.build());
        TableBuilder risks = new TableBuilder("Risks", "Risk", "Level", "Likelihood", "Impact", "Status", "Mitigation");
        release.risks()
                .forEach(risk -> risks.row(
                        joined(risk.id(), risk.title()),
                        risk.level(),
                        risk.likelihood(),
                        risk.impact(),
                        risk.status(),
                        risk.mitigation()));
        return section(
                1,
                "Deployment summary",
                release.observe()
                        ? List.of("Observe mode: verdicts are noted, nothing is stopped or rolled back.")
                        : List.of(),
                concat(concat(List.of(facts), risks.ifAny()), written(release)));
    }

    private static List<Table> written(Report.Release release) {
        TableBuilder table = new TableBuilder("What the contract says", "About", "What", "As written");
        if (release.written() != null) {
            release.written().forEach(line -> table.row(line.about(), line.what(), line.text()));
        }
        return table.ifAny();
    }

    private Section checks() {
        List<String> sentences = new ArrayList<>();
        if (report.gate() == null) {
            sentences.add("The gate has not decided.");
        } else {
            sentences.add("The gate said " + report.gate().decision()
                    + (report.gate().reasons().isEmpty()
                            ? "."
                            : ": " + Words.bare(String.join("; ", report.gate().reasons())) + "."));
            if (!Words.text(report.gate().override()).isEmpty()) {
                sentences.add("Overridden by " + report.gate().override() + ": "
                        + Words.bare(report.gate().overrideReason()) + ".");
            }
        }
        return section(2, "Pre-deployment checks", sentences, entries("", SectionView::before));
    }

    private static boolean before(Report.EntryResult entry) {
        return !"Validation".equals(entry.type()) && !"Rollback".equals(entry.type());
    }

    private List<Table> entries(String caption, Predicate<Report.EntryResult> which) {
        TableBuilder table = new TableBuilder(caption, "Entry", "Status", "Measured", "Limit", "Reason", "What to do");
        report.entries().stream()
                .filter(which)
                .forEach(entry -> table.row(
                        joined(entry.id(), entry.title()),
                        HeadView.badge(entry.status().text()),
                        entry.value(),
                        entry.limit(),
                        entry.reason(),
                        entry.fix()));
        return table.ifAny();
    }

    private Section execution() {
        TableBuilder phases =
                new TableBuilder("Phases", "Phase", "Verdict", "Duration", "Warmed up", "Baked", "Looks", "Reason");
        report.phases()
                .forEach(phase -> phases.row(
                        PhaseText.label(phase.name(), phase.weight()),
                        StepView.badge(phase.verdict()),
                        Words.seconds(phase.seconds()),
                        phase.warmupSeconds() == null ? "" : Words.seconds(phase.warmupSeconds()),
                        phase.bakeSeconds() == null ? "" : Words.seconds(phase.bakeSeconds()),
                        phase.looks(),
                        phase.reason()));
        TableBuilder people = new TableBuilder("Operators", "Who", "Did", "Reason", "When");
        report.operations()
                .forEach(operation -> people.row(
                        operation.by(), operation.command(), operation.reason(), Words.dayTime(operation.at())));
        return section(
                3,
                "Deployment execution",
                List.of(requests()),
                concat(concat(phases.ifAny(), actions("Steps", report.actions())), people.ifAny()));
    }

    private String requests() {
        Report.Requests requests = report.requests();
        if (requests == null) {
            return "Requests lost: unknown, no metric counts requests.";
        }
        String served = Words.number(requests.canary()) + " requests on the new version, "
                + Words.number(requests.canaryFailed()) + " failed (" + requests.metric() + ")";
        return requests.lost() == null
                ? "Requests lost: unknown, there was no baseline to compare with; " + served + "."
                : "Requests lost to the release: " + HeadView.lost(requests) + " beyond the baseline's rate; " + served
                        + ".";
    }

    private static List<Table> actions(String caption, List<Report.Action> actions) {
        TableBuilder table = new TableBuilder(caption, "Action", "Result", "Duration", "Attempts", "Error");
        actions.forEach(action -> table.row(
                Words.text(action.detail()).startsWith(Words.text(action.effect()))
                        ? action.detail()
                        : joined(action.effect(), action.detail()),
                action.error() != null
                        ? HeadView.badge("fail", "failed")
                        : action.seconds() == null
                                ? HeadView.badge("unknown", "not known to have ended")
                                : HeadView.badge("pass", "done"),
                action.seconds() == null ? "" : Words.seconds(action.seconds()),
                action.attempts(),
                action.error()));
        return table.ifAny();
    }

    private Section health() {
        TableBuilder table =
                new TableBuilder("Metrics", "Metric", "Verdict", "Canary", "Baseline", "Change", "Interval", "Reason");
        report.health()
                .forEach(metric -> table.row(
                        joined(metric.metric(), MetricText.name(metric)),
                        MetricView.badge(metric.verdict()),
                        MetricText.canary(metric),
                        MetricText.baseline(metric) + ("before".equals(metric.baselineFrom()) ? " (before)" : ""),
                        MetricView.change(metric),
                        MetricView.interval(metric),
                        metric.reason()));
        String numbers = String.join(
                ", ", report.health().stream().map(MetricText::numbers).toList());
        return section(
                4,
                "Health check results",
                List.of(numbers.isEmpty() ? "No metric was looked at." : Words.capital(numbers) + "."),
                concat(table.ifAny(), entries("Validations", entry -> "Validation".equals(entry.type()))));
    }

    private Section signOff() {
        TableBuilder table = new TableBuilder("", "Entry", "Decision", "Who", "When", "Comment");
        report.approvals()
                .forEach(approval -> table.row(
                        approval.entry(),
                        HeadView.badge(approval.approved() ? "approved" : "refused"),
                        approval.by(),
                        Words.dayTime(approval.at()),
                        approval.comment()));
        List<Table> asked = entries(
                "Approvals asked for",
                entry -> entry.checks().stream().anyMatch(check -> "approval".equals(check.check())));
        return section(
                5,
                "Verification sign-off",
                report.approvals().isEmpty() && asked.isEmpty() ? List.of("Nobody signed off.") : List.of(),
                concat(table.ifAny(), asked));
    }

    private Section issues() {
        TableBuilder table = new TableBuilder("", "What", "Kind", "When");
        report.issues().forEach(issue -> table.row(issue.text(), issue.kind(), Words.dayTime(issue.at())));
        return section(
                6, "Issues encountered", report.issues().isEmpty() ? List.of("None.") : List.of(), table.ifAny());
    }

    private Section rollback() {
        Report.Rollback rollback = report.rollback();
        if (rollback == null) {
            return section(
                    7,
                    "Rollback",
                    List.of(report.phases().isEmpty() ? "No traffic was moved, nothing to roll back." : "Not needed."),
                    List.of());
        }
        TableBuilder times = new TableBuilder("Stopwatch", "Part", "Time")
                .row("Detect", Words.seconds(rollback.detectSeconds()))
                .row("Decide", Words.seconds(rollback.decideSeconds()))
                .row("Act", Words.seconds(rollback.actSeconds()))
                .row("Confirm", Words.seconds(rollback.confirmSeconds()))
                .row("Total", Words.seconds(rollback.totalSeconds()))
                .row("Objective", Words.seconds(rollback.objectiveSeconds()))
                .row("Recovered", Words.seconds(rollback.recoveredSeconds()));
        if (rollback.downSeconds() > 0) {
            times.row("Controller down", Words.seconds(rollback.downSeconds()));
        }
        boolean watched = !Words.text(rollback.trigger()).equals(rollback.cause());
        String trigger = "Started "
                + (watched ? "by " + Words.text(rollback.trigger()) + ": " : "because ")
                + Causes.title(rollback.cause())
                + Words.measured(rollback.value(), rollback.limit()) + ".";
        return section(
                7,
                "Rollback",
                List.of(trigger, new StopwatchView(rollback).sentence()),
                concat(List.of(times.build()), actions("Actions", rollback.actions())));
    }

    private Section followUps() {
        return new Section(
                8,
                "Follow-up actions",
                report.followUps().isEmpty() ? List.of("None.") : List.of(),
                List.of(),
                report.followUps());
    }

    private static Section section(int number, String title, List<String> sentences, List<Table> tables) {
        return new Section(number, title, sentences, tables, List.of());
    }

    private static Table withoutBlanks(Table table) {
        return new Table(
                table.caption(),
                table.columns(),
                table.rows().stream()
                        .filter(row -> !row.cells().get(1).text().isEmpty())
                        .toList());
    }

    private static List<Table> concat(List<Table> first, List<Table> second) {
        List<Table> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static String joined(String id, String title) {
        return (Words.text(id) + " " + Words.text(title)).strip();
    }
}
