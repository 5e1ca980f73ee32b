// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import io.jenkins.plugins.releaseguard.report.ReportFiles;
import io.jenkins.plugins.releaseguard.report.ReportJson;
import io.jenkins.plugins.releaseguard.report.view.ReportHtml;
import io.jenkins.plugins.releaseguard.report.view.ReportMarkdown;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * The report's files as they were sealed, byte by byte, or made from the journal so far. Whatever a file says, the browser neither guesses
 * its type nor runs anything in it.
 */
final class Downloads {
    private static final Map<String, String> TYPES = Map.of(
            ReportFiles.JSON, "application/json;charset=UTF-8",
            ReportFiles.MARKDOWN, "text/markdown;charset=UTF-8",
            ReportFiles.HTML, "text/html;charset=UTF-8",
            ReportFiles.JOURNAL, "application/x-ndjson;charset=UTF-8",
            ReportFiles.READINGS, "application/octet-stream");
    /** Made from nothing else. */
    private static final Set<String> ORIGINALS = Set.of(ReportFiles.JOURNAL, ReportFiles.READINGS);

    private Downloads() {}

    /** @param name one of the five, never what a request says */
    static HttpResponse of(Path folder, String name, ReportSource.Reading reading) {
        Path file = folder.resolve(name);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Responses.answer(response -> {
                headers(response, name);
                try (InputStream in = Files.newInputStream(file)) {
                    in.transferTo(response.getOutputStream());
                }
            });
        }
        if (reading.report() == null || ORIGINALS.contains(name)) {
            return HttpResponses.notFound();
        }
        byte[] bytes = made(name, reading).getBytes(StandardCharsets.UTF_8);
        return Responses.answer(response -> {
            headers(response, name);
            response.getOutputStream().write(bytes);
        });
    }

    private static String made(String name, ReportSource.Reading reading) {
        return switch (name) {
            case ReportFiles.MARKDOWN -> ReportMarkdown.of(reading.view());
            case ReportFiles.HTML -> ReportHtml.of(reading.view());
            default -> ReportJson.of(reading.report(), null);
        };
    }

    private static void headers(StaplerResponse2 response, String name) {
        response.setContentType(TYPES.get(name));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'");
        response.setHeader("Cache-Control", "no-store");
        boolean shown = name.equals(ReportFiles.HTML) || name.equals(ReportFiles.JSON);
        response.setHeader("Content-Disposition", (shown ? "inline" : "attachment") + "; filename=\"" + name + "\"");
    }
}
