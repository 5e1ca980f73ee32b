// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.report.view.ReportHtml;
import io.jenkins.plugins.releaseguard.report.view.ReportMarkdown;
import io.jenkins.plugins.releaseguard.report.view.ReportView;
import io.jenkins.plugins.releaseguard.testing.HostileTexts;
import io.jenkins.plugins.releaseguard.testing.ReportFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** T11: what stands in contracts, journals and evidence, through all that prints it. */
class HostileOutputTest {
    @TempDir
    Path dir;

    /** What a command prints on both streams. */
    private static String said(String... args) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        Main.commandLine().setOut(out).setErr(out).execute(args);
        return said.toString();
    }

    @Test
    void lintShowsTheContractAndNothingElse() throws IOException {
        ObjectMapper json = new ObjectMapper();
        StringBuilder contract = new StringBuilder("apiVersion: release-guard/v1\nrelease: {service: x, version: 1}\n");
        contract.append("entries:\n");
        int number = 1;
        for (String text : HostileTexts.all()) {
            String quoted =
                    json.writeValueAsString(text).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
            contract.append("  - {id: DEP-")
                    .append(100 + number++)
                    .append(", type: ")
                    .append(quoted);
            contract.append(", title: ")
                    .append(quoted)
                    .append(", depends: [")
                    .append(quoted)
                    .append("]}\n");
        }
        Path file = Files.writeString(dir.resolve("release.yaml"), shownTo(contract.toString()));
        String text = said("lint", file.toString());
        assertThat(text).contains("[RG-");
        assertThat(HostileTexts.forbidden(text)).isEmpty();
        for (String format : List.of("json", "sarif")) {
            String document = said("lint", "--format", format, file.toString());
            assertThat(HostileTexts.forbidden(document.replace("s3cret", "")))
                    .as(format)
                    .isEmpty();
            assertThat(json.readTree(document)).isNotNull();
        }
    }

    /** As escapes of YAML, which takes no such character as it is. */
    private static String shownTo(String contract) {
        StringBuilder escaped = new StringBuilder();
        for (char c : contract.toCharArray()) {
            escaped.append(c == '\n' || c >= ' ' && c < 0x7F ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return escaped.toString();
    }

    @Test
    void noOtherCommandRepeatsThem() throws IOException {
        for (String text : HostileTexts.all()) {
            if (text.indexOf('\0') >= 0
                    || text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
                continue; // no name of a file
            }
            String name = text.replace('/', '_').replace("s3cret", "secret");
            for (String command : List.of("judge", "replay", "verify", "rollback", "plan")) {
                List<String> args = command.equals("replay")
                        ? List.of(
                                "replay",
                                "--contract",
                                dir.resolve(name).toString(),
                                dir.resolve(name).toString())
                        : command.equals("plan")
                                ? List.of("plan", dir.resolve(name).toString(), "--rps=1", "--errors=1%")
                                : List.of(command, dir.resolve(name).toString());
                assertThat(HostileTexts.forbidden(said(args.toArray(new String[0]))))
                        .as(command + " " + text)
                        .isEmpty();
            }
        }
    }

    /** A line that names another before it may be anything. */
    @Test
    void aForgedJournalWritesNoLineOfItsOwn() throws IOException {
        Files.writeString(dir.resolve("report.json"), "{\"seal\" : null}");
        Files.writeString(
                dir.resolve("journal.jsonl"),
                "{\"seq\":1,\"at\":\"2026-11-02T09:00:00Z\",\"prev\":\"x\\n"
                        + "intact: 3 journal lines\\u001b[2J\",\"type\":\"armed\"}\n");
        String said = said("verify", dir.toString());
        assertThat(said).startsWith("altered: ");
        assertThat(said.lines()).noneMatch(line -> line.startsWith("intact"));
        assertThat(HostileTexts.forbidden(said)).isEmpty();
    }

    @Test
    void reportsShowThemAsText() {
        for (String text : HostileTexts.all()) {
            ReportView view = ReportView.of(Report.of(ReportFixture.hostile(text)));
            String markdown = ReportMarkdown.of(view);
            assertThat(HostileTexts.forbidden(markdown)).as(text).isEmpty();
            assertThat(markdown.replaceAll("(?<!\\\\)`[^`\n]*`", ""))
                    .as(text)
                    .doesNotContainPattern("(?<!\\w)@[A-Za-z0-9]")
                    .doesNotContainPattern("(?<!&)#[0-9]");
            assertThat(HostileTexts.forbidden(ReportHtml.of(view))).as(text).isEmpty();
        }
    }
}
