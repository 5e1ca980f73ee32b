// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.jenkins.plugins.releaseguard.text.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The report as one page that stands alone: no script, nothing remote, readable from 360 pixels on, in the dark and on paper. */
public final class ReportHtml {
    private static final Pattern UNIT = Pattern.compile(
            "(?<=[0-9]) (?=(?:%|ms|s|min|h|d)(?!\\w))|(?<=[0-9] (?:min|h|d)) (?=[0-9]+ (?:s|min|h)(?!\\w))");
    private static final String STYLE = resource("report.css");
    private static final Template PAGE = Mustache.compiler()
            .withEscaper(ReportHtml::escape)
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

    /** A number is never separated from its unit at the end of a line. */
    private static String escape(String text) {
        return UNIT.matcher(Escapers.HTML.escape(Shown.lines(text))).replaceAll("\u00a0");
    }

    private static String resource(String name) {
        try (InputStream in = ReportHtml.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
