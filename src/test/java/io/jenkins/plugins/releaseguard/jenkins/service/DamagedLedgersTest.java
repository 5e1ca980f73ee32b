// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import java.nio.file.Files;
import java.nio.file.Path;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** M11: administrators are told of files of a ledger that can't be read. */
@WithJenkins
class DamagedLedgersTest {
    @Test
    void aFileThatCantBeReadIsNamedUntilItIsGone(JenkinsRule jenkins) throws Exception {
        Path folder = Files.createDirectories(
                ReleaseGuardService.get().ledger("checkout").folder());
        Path torn = Files.writeString(folder.resolve("1-torn.json"), "{\"version\":\"9\",");
        DamagedLedgers told = DamagedLedgers.get();
        assertThat(told.isActivated()).isFalse();
        look();
        Waits.until("the monitor", told::isActivated);
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage page = client.goTo("manage");
            assertThat(page.asNormalizedText())
                    .contains("can't read these files of its ledgers")
                    .contains(folder.toString())
                    .contains("1-torn.json");
        }
        Files.delete(torn);
        look();
        Waits.until("the monitor's end", () -> !told.isActivated());
    }

    /** As Jenkins does each hour: in a thread of its own, and not while the last look goes on. */
    private static void look() {
        Waits.until(
                "the look",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("Release Guard's look for ledger files")));
        ExtensionList.lookupSingleton(DamagedLedgers.Look.class).run();
    }
}
