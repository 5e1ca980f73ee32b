// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

/** The names in a release's folder: the journal, and what is made of it. */
public final class ReportFiles {
    public static final String JOURNAL = "journal.jsonl";
    /** The journal's looks and readings of the router; not there before the first. */
    public static final String READINGS = "journal.readings";

    public static final String JSON = "report.json";
    public static final String MARKDOWN = "report.md";
    public static final String HTML = "report.html";

    private ReportFiles() {}
}
