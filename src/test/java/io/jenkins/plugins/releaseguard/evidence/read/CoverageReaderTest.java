// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.releaseguard.evidence.read.Coverage.Count;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CoverageReaderTest {
    private static Coverage read(String xml, String format) throws IOException {
        return CoverageReader.read(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), format);
    }

    @Test
    void jacocosRootCountersAreTheWhole() throws IOException {
        Coverage coverage = read("""
            <report name="r"><group name="g"><package name="p"><counter type="LINE" missed="9" covered="9"/></package></group>
            <counter type="INSTRUCTION" missed="10" covered="30"/><counter type="BRANCH" missed="1" covered="1"/>
            <counter type="LINE" missed="2" covered="8"/><counter type="METHOD" missed="0" covered="3"/></report>\
            """, "auto");

        assertThat(coverage)
                .isEqualTo(new Coverage(new Count(8, 10), new Count(1, 2), new Count(30, 40), new Count(3, 3)));
        assertThat(coverage.line().rate()).isEqualTo(0.8);
        assertThat(coverage.plus(coverage).line()).isEqualTo(new Count(16, 20));
    }

    @Test
    void coberturasRootSaysItOrItsLinesDo() throws IOException {
        String classes = "<packages><package><classes><class name='A'><methods><method><lines><line number='1'"
                + " hits='1'/></lines></method></methods><lines><line number='1' hits='1'/><line number='2'"
                + " hits='0' branch='true' condition-coverage='50%"
                + " (1/2)'/></lines></class></classes></package></packages>";

        assertThat(read("<coverage line-rate='0.5'>" + classes + "</coverage>", "auto"))
                .isEqualTo(new Coverage(new Count(1, 2), new Count(1, 2), Count.NONE, Count.NONE));
        String stated = "<coverage line-rate='0.9' lines-covered='%d' lines-valid='10'>%s</coverage>";
        assertThat(read(stated.formatted(9, ""), "cobertura").line()).isEqualTo(new Count(9, 10));
        // where both are there and differ, the worse
        assertThat(read(stated.formatted(9, classes), "cobertura").line()).isEqualTo(new Count(1, 2));
        assertThat(read(stated.formatted(2, classes), "cobertura").line()).isEqualTo(new Count(2, 10));
    }

    @Test
    void nonsenseIsAnError() {
        for (String xml : new String[] {
            "<report><counter type='LINE' missed='-1' covered='2'/></report>",
            "<report><counter type='LINE' covered='2'/></report>",
            "<report><counter type='LINE' missed='9223372036854775807' covered='2'/></report>",
            "<coverage line-rate='1' lines-covered='11' lines-valid='10'/>",
            "<coverage line-rate='1' lines-covered='a' lines-valid='10'/>",
            "<coverage generated='1'/>",
            "<testsuite/>"
        }) {
            assertThatThrownBy(() -> read(xml, "auto")).as(xml).isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> read("<report/>", "cobertura")).isInstanceOf(FormatException.class);
    }
}
