// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/plan.md shows what the command says. The judge's figures change with the judge: of them the page must have the shape, of all
 * else each word. {@code -Ddocs.write=true} writes the example anew.
 */
class PlanPageTest {
    private static final Path PAGE = Path.of("docs/plan.md");
    private static final Pattern EXAMPLE =
            Pattern.compile("(?s)<!-- PlanPageTest -->\n```\n\\$ bin/release-guard ([^\n]*)\n(.*?)```\n");

    /** The fewest that the command simulates. */
    private static final int FEW = 20;

    @Test
    void theExampleIsWhatTheCommandSays() throws IOException {
        String page = Files.readString(PAGE);
        Matcher example = EXAMPLE.matcher(page);
        assertThat(example.find()).isTrue();
        String command = example.group(1);
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(
                    PAGE, page.substring(0, example.start(2)) + said(command) + page.substring(example.end(2)));
        } else {
            // the numbers aren't compared: the fewest releases say as much
            Object usual = Main.commandLine()
                    .getSubcommands()
                    .get("plan")
                    .getCommandSpec()
                    .findOption("--runs")
                    .initialValue();
            String few = example.group(2).replace("of " + usual + " simulated", "of " + FEW + " simulated");
            assertThat(shape(few)).isEqualTo(shape(said(command + " --runs " + FEW)));
        }
    }

    private static String said(String command) {
        StringWriter out = new StringWriter();
        Main.commandLine().setOut(new PrintWriter(out)).execute(command.split(" "));
        return out.toString();
    }

    /** All up to the table, and of that the head and the phases. */
    private static List<String> shape(String text) {
        List<String> lines = Arrays.asList(text.split("\n"));
        int table = lines.indexOf("The service's habits");
        int end = (int)
                lines.stream().takeWhile(l -> !l.startsWith("What to expect")).count();
        assertThat(table).isPositive();
        List<String> phases = lines.subList(end, lines.size()).stream()
                .takeWhile(l -> !l.startsWith("Harm that begins"))
                .map(l -> l.strip().split("[ :]+")[0])
                .toList();
        return java.util.stream.Stream.concat(lines.subList(1, end).stream(), phases.stream())
                .toList();
    }

    @Test
    void everyFieldThatMayBeChangedAndEveryOptionIsOnThePage() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(page).contains("`warmup`, `sticky`", "`bake`, `maxBake`", "`weight`", "`allow`");
        assertThat(Main.commandLine().getSubcommands().get("plan").getCommandSpec().options().stream()
                        .map(o -> o.longestName())
                        .filter(o -> o.startsWith("--")
                                && !List.of("--help", "--version").contains(o)))
                .allMatch(page::contains);
    }
}
