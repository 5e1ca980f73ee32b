// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import io.jenkins.plugins.releaseguard.text.Shown;
import java.util.stream.Collectors;

/** The report in GitHub's Markdown, for a pull request, a ticket or a chat. */
public final class ReportMarkdown {
    private final StringBuilder out = new StringBuilder();

    private ReportMarkdown() {}

    public static String of(ReportView view) {
        ReportMarkdown markdown = new ReportMarkdown();
        markdown.write(view);
        return markdown.out.toString();
    }

    private void write(ReportView view) {
        line("# " + safe(view.getTitle()));
        line("**" + badge(view.getVerdict()) + "** " + safe(view.getSentence()));
        view.getWhyNotGreen().forEach(fact -> item("**" + safe(fact.label()) + ":** " + safe(fact.value())));
        gap();
        if (!view.getSteps().isEmpty()) {
            line("Phases: " + safe(view.getStepsInWords()) + ".");
        }
        String links = view.getLinks().stream().map(ReportMarkdown::link).collect(Collectors.joining(" · "));
        if (!links.isEmpty()) {
            line(links);
        }
        view.getSections().forEach(this::section);
        line("## Timeline");
        view.getTimeline().forEach(this::moment);
        gap();
        if (!view.getJournalHead().isEmpty()) {
            line("Made from the journal that ends with `" + view.getJournalHead() + "`.");
        }
    }

    private void section(Section section) {
        line("## " + section.number() + ". " + safe(section.title()));
        section.sentences().forEach(sentence -> line(begin(sentence)));
        section.tables().forEach(this::table);
        section.items().forEach(item -> item(begin(item)));
        gap();
    }

    private void table(Table table) {
        if (!table.caption().isEmpty()) {
            line("**" + safe(table.caption()) + "**");
        }
        row(table.columns().stream().map(ReportMarkdown::safe).collect(Collectors.joining(" | ")));
        row(table.columns().stream().map(column -> "---").collect(Collectors.joining(" | ")));
        for (Row row : table.rows()) {
            row(row.cells().stream().map(ReportMarkdown::cell).collect(Collectors.joining(" | ")));
        }
        gap();
    }

    private static String cell(Cell cell) {
        String text = safe(cell.text());
        return cell.badge() != null ? (badge(cell.badge()) + " " + text).strip() : text;
    }

    private void moment(TimelineLine line) {
        String day = line.day().isEmpty() ? "" : line.day() + " ";
        item(day + line.time() + " " + line.mark() + " " + safe(line.text()));
    }

    private static String link(Fact fact) {
        return "[" + safe(fact.label()) + "](<" + fact.href() + ">)";
    }

    private static String badge(Badge badge) {
        return badge.mark() + " " + safe(badge.word());
    }

    private void line(String text) {
        out.append(text).append("\n\n");
    }

    private void item(String text) {
        out.append("- ").append(text).append('\n');
    }

    private void row(String cells) {
        out.append("| ").append(cells).append(" |\n");
    }

    private void gap() {
        if (!out.toString().endsWith("\n\n")) {
            out.append('\n');
        }
    }

    static String begin(String text) {
        return Shown.markdownStart(text);
    }

    private static String safe(String text) {
        return Shown.markdown(text);
    }
}
