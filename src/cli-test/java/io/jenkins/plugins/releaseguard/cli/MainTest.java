// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of which commands the command line is made. */
class MainTest {
    private static String help(String... args) {
        StringWriter out = new StringWriter();
        Main.commandLine(args).setOut(new PrintWriter(out)).execute(args);
        return out.toString();
    }

    @Test
    void onlyTheCommandThatIsNamedIsMadeReadyAndSaysTheSame() {
        Set<String> all = Main.commandLine().getSubcommands().keySet();
        assertThat(all).hasSizeGreaterThan(8).contains("lint", "rehearse");
        for (String name : all) {
            assertThat(Main.commandLine(name, "--help").getSubcommands()).containsOnlyKeys(name);
            StringWriter whole = new StringWriter();
            Main.commandLine().setOut(new PrintWriter(whole)).execute(name, "--help");
            assertThat(help(name, "--help")).isEqualTo(whole.toString()).contains("release-guard " + name);
        }
    }

    @Test
    void whateverElseIsWrittenSeesAllCommands() {
        Set<String> all = Main.commandLine().getSubcommands().keySet();
        assertThat(Main.commandLine("--help").getSubcommands().keySet()).isEqualTo(all);
        assertThat(Main.commandLine("lnt").getSubcommands().keySet()).isEqualTo(all);
        assertThat(help("--help")).contains("lint", "rehearse", "rollback");
    }
}
