// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.model.ItemGroup;
import hudson.model.Items;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.OrphanPolicy;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.service.Unattended;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.RecordingChannel;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Builds, jobs and folders that go or move in the middle of a release. */
class LostBuildTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    /** M3: the controller went down between the note that the build is gone and what follows from it. */
    @Test
    void anOrphanThatNobodyAnsweredIsAnsweredAfterARestart() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            Path[] build = new Path[1];
            sessions.then(jenkins -> {
                checkout.configure();
                assertThat(ReleaseGuardConfiguration.get().getOrphans()).isEqualTo(OrphanPolicy.ROLLBACK);
                build[0] =
                        begin(jenkins, jenkins.jenkins, checkout).getRootDir().toPath();
            });
            Path record = record("record.json");
            String text = Files.readString(record);
            Files.writeString(record, text.replaceFirst("\"orphan\" : null", "\"orphan\" : \"the build was deleted\""));
            assertThat(Files.readString(record)).isNotEqualTo(text);
            delete(build[0]);
            sessions.then(jenkins -> {
                Waits.untilNoReleaseIsOpen();
                assertThat(checkout.isStill()).isTrue();
                assertThat(verdicts()).containsExactly("rolled-back");
            });
        }
    }

    /** M3: an answer that the journal has is not given twice, and who has decided since is not overruled. */
    @Test
    void aHeldOrphanThatSomebodyLetGoOnIsNotHeldAgain() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                checkout.configure();
                ReleaseGuardConfiguration.get().setOrphans(OrphanPolicy.HOLD);
                ReleaseGuardConfiguration.get().save();
                lose(jenkins, begin(jenkins, jenkins.jenkins, checkout));
                awaitHeld();
                release().runner().operate(OperatorCommand.RESUME, "ann", "go on", null);
                Waits.until("the word", () -> !release().state().holds().containsKey(HoldCause.PAUSED));
            });
            sessions.then(jenkins -> {
                assertThat(release().orphan()).isNotNull();
                Waits.until(
                        "the release taken up again",
                        () -> Files.readString(record("journal.jsonl")).contains("\"resumed\""));
                assertThat(release().state().holds()).doesNotContainKey(HoldCause.PAUSED);
            });
        }
    }

    /** H16: an orphan that is held calls people, over the channels of its place where its contract names none. */
    @Test
    void aHeldOrphanCallsPeople() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                checkout.configure();
                ReleaseGuardConfiguration.get().setOrphans(OrphanPolicy.HOLD);
                RecordingChannel.HEARD.clear();
                ReleaseGuardConfiguration.get().setChannels(List.of(new RecordingChannel()));
                lose(jenkins, begin(jenkins, jenkins.jenkins, checkout));
                awaitHeld();
                ExtensionList.lookupSingleton(Unattended.class).run();
                Waits.until("a call", () -> !RecordingChannel.HEARD.isEmpty());
                assertThat(RecordingChannel.HEARD.get(0))
                        .contains("HELD WITHOUT A BUILD", "checkout 2 in production", "until somebody decides")
                        // there is no build to look at any more
                        .contains("release-guard/release/" + release().id() + "/");
                release().rollBack(BreachCause.OPERATOR, "ann", "enough");
                Waits.untilNoReleaseIsOpen();
                assertThat(checkout.isStill()).isTrue();
            });
        }
    }

    /** M5: its router is set up in the folder that it was in, and the controller is restarted in between. */
    @Test
    void aJobThatIsMovedKeepsItsRouter() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                WorkflowRun run = begin(jenkins, team(jenkins, checkout), checkout);
                Folder other = jenkins.createProject(Folder.class, "other");
                Items.move(run.getParent(), other);
                Jenkins.get().getItemByFullName("team", Folder.class).renameTo("crew");
                assertThat(release().info().run()).isEqualTo("other/release#1");
                assertThat(release().place().getFullName()).isEqualTo("crew");
            });
            sessions.then(jenkins -> {
                // whether Pipeline itself goes on after a move while it ran is its own business
                ReleaseGuardService.get().all().forEach(open -> open.rollBack(BreachCause.OPERATOR, "ann", "enough"));
                Waits.untilNoReleaseIsOpen();
                assertThat(checkout.isStill()).isTrue();
                assertThat(ledger()).singleElement().satisfies(entry -> {
                    assertThat(entry.verdict().text()).isEqualTo("rolled-back");
                    assertThat(entry.confirmed()).isTrue();
                });
            });
        }
    }

    /** M5: with the folder the build is gone, and so is the router's set-up; the way back is not. */
    @Test
    void aFolderThatIsDeletedTakesNoRouterWithIt() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                ReleaseGuardConfiguration.get().setOrphans(OrphanPolicy.HOLD);
                lose(jenkins, begin(jenkins, team(jenkins, checkout), checkout));
                awaitHeld();
                Jenkins.get().getItemByFullName("team", Folder.class).delete();
                assertThat(checkout.share()).isGreaterThan(0);
                release().rollBack(BreachCause.OPERATOR, "ann", "the team is gone");
                Waits.untilNoReleaseIsOpen();
                assertThat(checkout.isStill()).isTrue();
                assertThat(ledger()).singleElement().satisfies(entry -> {
                    assertThat(entry.verdict().text()).isEqualTo("rolled-back");
                    assertThat(entry.confirmed()).isTrue();
                });
            });
        }
    }

    /** A folder of its own that has the router; the controller has another one of that name, which nobody must use. */
    private static Folder team(JenkinsRule jenkins, CheckoutFixture checkout) throws Exception {
        checkout.configure();
        ReleaseGuardConfiguration.get()
                .setRouters(List.of(new HaproxySetup("proxy", "127.0.0.1:1", "checkout", "canary", "baseline")));
        ReleaseGuardConfiguration.get().save();
        Folder team = jenkins.createProject(Folder.class, "team");
        ReleaseGuardFolderProperty property = new ReleaseGuardFolderProperty();
        property.setRouters(
                List.of(new HaproxySetup("proxy", checkout.haproxyAddress(), "checkout", "canary", "baseline")));
        team.addProperty(property);
        return team;
    }

    private static WorkflowRun begin(JenkinsRule jenkins, ItemGroup<?> place, CheckoutFixture checkout)
            throws Exception {
        String contract =
                CheckoutFixture.CONTRACT.replace("bake: 2s", "bake: 10m").replace("maxBake: 4s", "maxBake: 20m");
        WorkflowJob job = place instanceof Folder folder
                ? folder.createProject(WorkflowJob.class, "release")
                : jenkins.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(
                "canaryPromote(" + PipelineFixture.contract(contract) + ") { echo 'checked' }", true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        checkout.awaitCanary();
        jenkins.waitForMessage("baking", run);
        // a body that is killed breaks the release
        Path journal = Jenkins.get()
                .getRootDir()
                .toPath()
                .resolve("release-guard/open")
                .resolve(release().id())
                .resolve("journal.jsonl");
        Waits.until("the body's end", () -> Files.readString(journal).contains("\"body-ended\""));
        return run;
    }

    /** Nobody asks its steps. */
    private static void lose(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        run.doKill();
        jenkins.waitForCompletion(run);
        Waits.until("the end of the log", () -> !run.isLogUpdated());
        run.delete();
    }

    private static OpenRelease release() {
        return ReleaseGuardService.get().all().get(0);
    }

    private static void awaitHeld() {
        Waits.until("a release on hold", () -> release().state().holds().containsKey(HoldCause.PAUSED));
    }

    private static List<LedgerEntry> ledger() {
        return ReleaseGuardService.get().ledger("checkout").history().entries();
    }

    private static List<String> verdicts() {
        return ledger().stream().map(entry -> entry.verdict().text()).toList();
    }

    /** A file of the one record that is open. */
    private Path record(String file) throws Exception {
        Path open = sessions.getHome().toPath().resolve("release-guard").resolve("open");
        try (var releases = Files.list(open)) {
            return releases.filter(Files::isDirectory).findFirst().orElseThrow().resolve(file);
        }
    }

    private static void delete(Path folder) throws Exception {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
