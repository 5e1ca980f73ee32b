// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and reasons come from repositories, routers and people: none of them may become part of the page. */
class HostileTextTest {
    private static final Pattern TAG = Pattern.compile("<\\s*/?\\s*([a-zA-Z!][a-zA-Z0-9]*)([^>]*)>");

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onmouseover='alert(1)",
                "</style><script>alert(1)</script>",
                "</title><svg/onload=alert(1)>",
                "javascript:alert(1)",
                "{{verdict}} {{&sentence}} {{{title}}}",
                "</dd><!--",
                "<b>&lt;",
            })
    void noTextBecomesMarkup(String text) {
        String plain = page(text.replaceAll("[^ ]", "x"));
        String hostile = page(text);
        assertThat(tags(hostile)).isEqualTo(tags(plain));
        assertThat(hostile).doesNotContain("<script").doesNotContain("javascript:alert(1)\"");
    }

    @Test
    void onlyWebAddressesBecomeLinks() {
        assertThat(Href.safe("https://ci.example.com/job/a%20b/1/console"))
                .isEqualTo("https://ci.example.com/job/a%20b/1/console");
        for (String address : new String[] {
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "//evil.example",
            "/relative",
            "",
            null,
            "https://",
            "java\nscript:alert(1)",
            "file:///etc/passwd",
            "https://a\"b",
            "https://ada:secret@example.com/"
        }) {
            assertThat(Href.safe(address)).as(address).isEmpty();
        }
    }

    @Test
    void thePageStandsAlone() {
        String page = ReportHtml.of(ReportView.of(Report.of(ReportFixture.rolledBack())));
        assertThat(page)
                .doesNotContain("<script")
                .doesNotContain("<link")
                .doesNotContain("<iframe")
                .doesNotContain("@import")
                .doesNotContain("url(")
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContainPattern("\\ssrc=")
                .contains("default-src 'none'");
    }

    @Test
    void markdownStaysText() {
        String markdown = ReportMarkdown.of(
                ReportView.of(Report.of(ReportFixture.hostile("<b>|x|</b>\n# [a](javascript:b) `c` **d**"))));
        assertThat(markdown)
                .doesNotContain("<b>")
                .doesNotContainPattern("(?<!\\\\)\\]\\(javascript")
                .doesNotContain("\n# [a]");
        markdown.lines()
                .filter(line -> line.startsWith("| "))
                .forEach(line -> assertThat(line.replace("\\|", "")).endsWith(" |"));
    }

    @Test
    void aLeadingSignMakesNoHeadingOrList() {
        assertThat(ReportMarkdown.begin("# all is well")).isEqualTo("\\# all is well");
        assertThat(ReportMarkdown.begin("- done")).isEqualTo("\\- done");
        assertThat(ReportMarkdown.begin("build 412")).isEqualTo("build 412");
    }

    private static String page(String text) {
        return ReportHtml.of(ReportView.of(Report.of(ReportFixture.hostile(text))));
    }

    /** Every tag with the names of its attributes, one a line. */
    private static String tags(String page) {
        StringBuilder tags = new StringBuilder();
        Matcher tag = TAG.matcher(page.substring(page.indexOf("</style>")));
        while (tag.find()) {
            tags.append(tag.group(1))
                    .append(tag.group(2).replaceAll("\"[^\"]*\"", "\"\""))
                    .append('\n');
        }
        return tags.toString();
    }
}
