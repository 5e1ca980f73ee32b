// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.cli.rollback.RollbackCommand;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;
import picocli.CommandLine;

/** The controller's process is killed, without a word to anybody, in the middle of a phase. */
class KillTest {
    // three starts of a controller on a busy machine
    @RegisterExtension
    final RealJenkinsExtension controller = new RealJenkinsExtension().withTimeout(600);

    /** The second phase is still there when it is killed. */
    private static final String CONTRACT = CheckoutFixture.CONTRACT.replace(
            "phases: [20, 50, 100]", "phases: [20, {weight: 50, bake: 10m, maxBake: 20m}, 100]");

    @Test
    void killedTwice() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            controller.startJenkins();
            controller.runRemotely(KillTest::begin, checkout.prometheusUrl(), checkout.haproxyAddress());
            awaitJournal("\"bake-started\"", 1);
            controller.stopJenkinsForcibly();
            // nobody moves traffic while the controller is down
            assertThat(checkout.share()).isBetween(19.0, 21.0);

            controller.startJenkins();
            awaitJournal("\"resumed\"", 1);
            // the first phase begins anew, then comes the second: none is skipped
            awaitJournal("\"phase-started\"", 2);
            awaitJournal("\"phase-ended\"", 1);
            awaitShare(checkout, 49);
            checkout.world().faults().choose(Scenario.BREACH);
            controller.stopJenkinsForcibly();
            assertThat(checkout.share()).isBetween(49.0, 51.0);

            controller.startJenkins();
            String end = controller.runRemotely(KillTest::end, "release", "rollback confirmed");
            assertThat(end).isEqualTo("FAILURE rolled-back true");
            assertThat(checkout.isStill()).isTrue();
        }
    }

    /** What whoever is on call does on a day without Jenkins, which takes it up and seals it when it is back. */
    @Test
    void rolledBackByHandWhileItIsDown() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            controller.startJenkins();
            controller.runRemotely(KillTest::begin, checkout.prometheusUrl(), checkout.haproxyAddress());
            awaitJournal("\"bake-started\"", 1);
            assertThat(byHand()).startsWith("1 ").contains("Roll back now");
            controller.stopJenkinsForcibly();
            assertThat(checkout.share()).isGreaterThan(10);

            assertThat(byHand()).startsWith("0 ");
            assertThat(checkout.share()).isZero();

            controller.startJenkins();
            assertThat(controller.runRemotely(KillTest::end, "release", "Rolled back by hand, without Jenkins"))
                    .isEqualTo("FAILURE rolled-back true");
            assertThat(checkout.isStill()).isTrue();
        }
    }

    /** Exit status and what was said. */
    private String byHand() throws IOException {
        StringWriter said = new StringWriter();
        Path open = controller.getHome().toPath().resolve("release-guard").resolve("open");
        try (var releases = Files.list(open)) {
            Path record = releases.filter(Files::isDirectory).findFirst().orElseThrow();
            PrintWriter writer = new PrintWriter(said, true);
            CommandLine command = new CommandLine(new RollbackCommand());
            int status = command.setOut(writer).setErr(writer).execute(record.toString(), "--by", "ann");
            return status + " " + said;
        }
    }

    private static void begin(JenkinsRule jenkins, String prometheus, String haproxy) throws Throwable {
        CheckoutFixture.configure(prometheus, haproxy);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(
                "autoRollback(" + PipelineFixture.contract(CONTRACT) + ") { canaryPromote { echo 'checked' } }", true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static String end(JenkinsRule jenkins, String job, String told) throws Throwable {
        WorkflowRun run =
                jenkins.jenkins.getItemByFullName(job, WorkflowJob.class).getBuildByNumber(1);
        jenkins.waitForCompletion(run);
        jenkins.assertLogContains(told, run);
        assertThat(ReleaseGuardConfiguration.get().getRouters()).hasSize(1);
        List<LedgerEntry> ledger =
                ReleaseGuardService.get().ledger("checkout").history().entries();
        assertThat(ledger).hasSize(1);
        return run.getResult() + " " + ledger.get(0).verdict() + " "
                + ledger.get(0).confirmed();
    }

    /** Looks at the record itself, which is what a controller that is killed leaves behind. */
    private void awaitJournal(String text, int times) {
        Path open = controller.getHome().toPath().resolve("release-guard").resolve("open");
        Waits.until(times + " times " + text, () -> count(open, text) >= times);
    }

    private static int count(Path open, String text) throws IOException {
        if (!Files.isDirectory(open)) {
            return 0;
        }
        try (var releases = Files.list(open)) {
            Path journal = releases.filter(Files::isDirectory)
                    .findFirst()
                    .map(release -> release.resolve("journal.jsonl"))
                    .orElse(open);
            return Files.isRegularFile(journal) ? Files.readString(journal).split(text, -1).length - 1 : 0;
        }
    }

    private static void awaitShare(CheckoutFixture checkout, double share) {
        Waits.until(share + "% of the traffic", () -> checkout.share() >= share);
    }
}
