// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import hudson.model.Item;
import hudson.security.AccessControlled;
import io.jenkins.plugins.releaseguard.report.ReportFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.WebMethod;

/** The files of one report, each by its own name and no other: what is kept of a release can be checked elsewhere. */
@Restricted(NoExternalUse.class)
public final class ReportDownloads {
    private final AccessControlled place;
    private final Path folder;
    private final Supplier<ReportSource.Reading> reading;

    /**
     * @param place whose permissions count
     * @param reading what a report is made of that isn't written yet
     */
    ReportDownloads(AccessControlled place, Path folder, Supplier<ReportSource.Reading> reading) {
        this.place = place;
        this.folder = folder;
        this.reading = reading;
    }

    /** In the order of the page's links; a release that ended before its first look has no readings. */
    List<String> names() {
        Stream<String> always =
                Stream.of(ReportFiles.HTML, ReportFiles.MARKDOWN, ReportFiles.JSON, ReportFiles.JOURNAL);
        return Files.exists(folder.resolve(ReportFiles.READINGS))
                ? Stream.concat(always, Stream.of(ReportFiles.READINGS)).toList()
                : always.toList();
    }

    @WebMethod(name = ReportFiles.JSON)
    public HttpResponse doReportJson() {
        return download(ReportFiles.JSON);
    }

    @WebMethod(name = ReportFiles.MARKDOWN)
    public HttpResponse doReportMarkdown() {
        return download(ReportFiles.MARKDOWN);
    }

    @WebMethod(name = ReportFiles.HTML)
    public HttpResponse doReportHtml() {
        return download(ReportFiles.HTML);
    }

    @WebMethod(name = ReportFiles.JOURNAL)
    public HttpResponse doJournal() {
        return download(ReportFiles.JOURNAL);
    }

    @WebMethod(name = ReportFiles.READINGS)
    public HttpResponse doReadings() {
        return download(ReportFiles.READINGS);
    }

    private HttpResponse download(String file) {
        place.checkPermission(Item.READ);
        return Downloads.of(folder, file, reading.get());
    }
}
