// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.model.ItemGroup;
import hudson.model.Items;
import hudson.model.PeriodicWork;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.FolderScopes;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupScope;
import io.jenkins.plugins.releaseguard.jenkins.service.DamagedRecords;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.service.Unattended;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.RecordingChannel;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What else can happen to a release in the middle of a phase. */
class MishapsTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @Test
    void damagedRecordIsToldAndKept() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                checkout.configure();
                begin(jenkins, checkout, "canaryPromote(CONTRACT) { sleep 600 }");
            });
            Path open = sessions.getHome().toPath().resolve("release-guard").resolve("open");
            Path journal;
            try (var releases = Files.list(open)) {
                journal = releases.filter(Files::isDirectory)
                        .findFirst()
                        .orElseThrow()
                        .resolve("journal.jsonl");
            }
            List<String> lines = new ArrayList<>(Files.readAllLines(journal));
            lines.set(2, lines.get(2).replace("\"type\"", "\"typo\""));
            Files.write(journal, lines);
            sessions.then(jenkins -> {
                WorkflowRun run = Jenkins.get()
                        .getItemByFullName("release", WorkflowJob.class)
                        .getBuildByNumber(1);
                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
                jenkins.assertLogContains("can't be read after the restart: see where its traffic is, now", run);
                DamagedRecords told = ExtensionList.lookupSingleton(DamagedRecords.class);
                assertThat(told.isActivated()).isTrue();
                assertThat(told.getRecords())
                        .singleElement()
                        .asString()
                        .contains(journal.getParent().toString());
                try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                    HtmlPage page = client.goTo("manage");
                    assertThat(page.asNormalizedText())
                            .contains("Nobody watches them")
                            .contains(journal.getParent().getFileName().toString());
                }
                // H16: and people are called, over what channels there are
                RecordingChannel.HEARD.clear();
                ReleaseGuardConfiguration.get().setChannels(List.of(new RecordingChannel()));
                ExtensionList.lookupSingleton(Unattended.class).run();
                Waits.until("a call", () -> !RecordingChannel.HEARD.isEmpty());
                assertThat(RecordingChannel.HEARD.get(0))
                        .contains("NOT TAKEN UP AGAIN", "checkout in production", "release#1");
                // nobody has called it ended
                assertThat(journal).exists();
                assertThat(ReleaseGuardService.get().all()).isEmpty();
                assertThat(ReleaseGuardService.get()
                                .ledger("checkout")
                                .history()
                                .entries())
                        .isEmpty();
            });
        }
    }

    /** The traffic is on the canary, whatever became of a plugin that its procedure needs. */
    @Test
    void aReleaseGoesOnWithoutAPluginThatIsGone() throws Throwable {
        restartedWith("procedure: [{traffic: 0}]", "procedure: [{traffic: 0}, {page: night}]", jenkins -> {
            Waits.until(
                    "the release taken up again",
                    () -> !ReleaseGuardService.get().all().isEmpty());
            WorkflowRun run = release();
            run.doStop();
            jenkins.waitForCompletion(run);
            jenkins.assertLogContains("nothing here can do 'page'", run);
        });
    }

    /** Nobody would see the harm that the check was there to see. */
    @Test
    void aReleaseWhoseWatchIsGoneIsBroughtBack() throws Throwable {
        String entry = "- {id: DEP-009, type: Rollback, stage: Post-deploy, title: Queue, trigger: it grows,"
                + " check: {queueDepth: orders}, procedure: [{traffic: 0}], owner: team}";
        restartedWith("entries:\n", "entries:\n  " + entry + "\n", jenkins -> {
            jenkins.waitForCompletion(release());
            jenkins.assertLogContains(
                    "DEP-009 can't be watched any more: there is no check 'queueDepth' here", release());
        });
    }

    /** In the middle of a phase the controller is restarted, and finds a contract that was read with more plugins. */
    private void restartedWith(String before, String now, JenkinsSessionExtension.Step then) throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                checkout.configure();
                begin(jenkins, checkout, "canaryPromote(CONTRACT) { echo 'checked' }");
            });
            Path open = sessions.getHome().toPath().resolve("release-guard").resolve("open");
            Path contract;
            try (var releases = Files.list(open)) {
                contract = releases.filter(Files::isDirectory)
                        .findFirst()
                        .orElseThrow()
                        .resolve("contract.yaml");
            }
            String text = Files.readString(contract);
            Files.writeString(contract, text.replace(before, now));
            assertThat(Files.readString(contract)).isNotEqualTo(text);
            sessions.then(jenkins -> {
                then.run(jenkins);
                Waits.untilNoReleaseIsOpen();
                assertThat(checkout.isStill()).isTrue();
                assertThat(ReleaseGuardService.get()
                                .ledger("checkout")
                                .history()
                                .entries())
                        .singleElement()
                        .satisfies(entry -> {
                            assertThat(entry.verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
                            assertThat(entry.confirmed()).isTrue();
                        });
            });
        }
    }

    private static WorkflowRun release() {
        return Jenkins.get().getItemByFullName("release", WorkflowJob.class).getBuildByNumber(1);
    }

    @Test
    void aJobThatIsRenamedOrMovedKeepsItsRelease() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                checkout.configure();
                WorkflowRun run = begin(jenkins, checkout, "canaryPromote(CONTRACT) { echo 'checked' }");
                Folder folder = jenkins.createProject(Folder.class, "team");
                run.getParent().renameTo("renamed");
                Items.move(run.getParent(), folder);
                OpenRelease release = ReleaseGuardService.get().all().get(0);
                assertThat(release.run()).isSameAs(run);
                assertThat(release.info().run()).isEqualTo("team/renamed#1");
                for (int i = 0; i < 3; i++) {
                    patrol();
                }
                assertThat(release.info().orphan()).isNull();
                assertThat(checkout.share()).isGreaterThan(0);
            });
        }
    }

    @Test
    void aGateIsStoppedWhileItGathers() throws Throwable {
        sessions.then(jenkins -> {
            String slow = GateStepFixture.contract("command: {run: \"touch begun; sleep 600\", timeout: 15m}");
            WorkflowRun run = PipelineFixture.start(jenkins, "node { " + GateStepFixture.step("", slow) + " }");
            jenkins.waitForMessage("lint shows them", run);
            FilePath begun = jenkins.jenkins.getWorkspaceFor(run.getParent()).child("begun");
            Waits.until("a check that runs", begun::exists);
            run.doStop();
            // the check would take longer than this test may
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            Waits.untilNoReleaseIsOpen();
            assertThat(ReleaseGuardService.get().ledger("checkout").history().entries())
                    .extracting(LedgerEntry::verdict)
                    .containsExactly(ReleaseOutcome.HALTED);
        });
    }

    @Test
    void aLookThatFailsEndsTheGate() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            User.getOrCreateByIdOrFullName("dana");
            String approval = "approval: {of: [max, mia], count: 2, deadline: 1h}";
            WorkflowJob job = jenkins.createProject(Folder.class, "team").createProject(WorkflowJob.class, "release");
            job.setDefinition(
                    new CpsFlowDefinition(GateStepFixture.step("", GateStepFixture.contract(approval)), true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            jenkins.waitForMessage("waiting for 2 of max, mia", run);
            ExtensionList.lookupSingleton(BrokenFolders.class).broken = true;
            GateStepFixture.sign(jenkins, run, "max", "DEP-010", GateStepFixture.DIGEST);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("org/example/Folders", run);
            Waits.untilNoReleaseIsOpen();
        });
    }

    /** Folders that can't be read any more, once {@code broken}. */
    @TestExtension("aLookThatFailsEndsTheGate")
    public static final class BrokenFolders implements FolderScopes {
        private volatile boolean broken;

        @Override
        public Optional<SetupScope> at(ItemGroup<?> folder) {
            if (broken) {
                throw new NoClassDefFoundError("org/example/Folders");
            }
            return Optional.empty();
        }

        @Override
        public List<SetupScope> all() {
            return List.of();
        }
    }

    private static WorkflowRun begin(JenkinsRule jenkins, CheckoutFixture checkout, String script) throws Exception {
        String contract =
                CheckoutFixture.CONTRACT.replace("bake: 2s", "bake: 10m").replace("maxBake: 4s", "maxBake: 20m");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "release");
        job.setDefinition(new CpsFlowDefinition(script.replace("CONTRACT", PipelineFixture.contract(contract)), true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        checkout.awaitCanary();
        jenkins.waitForMessage("baking", run);
        return run;
    }

    /** What comes every half minute. */
    private static void patrol() {
        ExtensionList.lookup(PeriodicWork.class).stream()
                .filter(work -> work.toString().startsWith("Release Guard"))
                .forEach(PeriodicWork::run);
    }
}
