// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The report as one page that stands alone: no script, nothing remote, readable from 360 pixels on, in the dark and on paper. */
public final class ReportHtml {
    private static final String STYLE = resource("report.css");
    private static final Template PAGE = Mustache.compiler()
            .withEscaper(Escapers.HTML)
            .emptyStringIsFalse(true)
            .nullValue("")
            .withLoader(name -> new StringReader(STYLE))
            .compile(resource("report.mustache"));

    private ReportHtml() {}

    public static String of(ReportView view) {
        return PAGE.execute(view);
    }

    /** The page's style, for a page that shows parts of the report. */
    public static String style() {
        return STYLE;
    }

    private static String resource(String name) {
        try (InputStream in = ReportHtml.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
