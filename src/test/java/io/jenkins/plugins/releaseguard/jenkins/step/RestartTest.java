// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.ItemGroup;
import hudson.model.Result;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Track;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.RouterSetup;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.service.Unattended;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.RecordingChannel;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.HoldCause;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The controller goes down in the middle of a phase. */
class RestartTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static final String CONTRACT =
            CheckoutFixture.CONTRACT.replace("bake: 2s", "bake: 6s").replace("maxBake: 4s", "maxBake: 8s");

    @Test
    void goesOnToTheEnd() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                bake(
                        jenkins,
                        checkout,
                        "def r = autoRollback(CONTRACT) { canaryPromote { echo \"checks ${env.CANARY_PHASE}\" } }\necho \"verdict ${r.verdict}\"",
                        CONTRACT);
            });
            // nobody moves traffic while the controller is down
            assertThat(checkout.share()).isGreaterThan(0);
            sessions.then(jenkins -> {
                WorkflowRun run = last();
                jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
                jenkins.assertLogContains("taken up again", run);
                jenkins.assertLogContains("verdict promoted", run);
                assertThat(checkout.share()).isEqualTo(100);
            });
        }
    }

    @Test
    void breachIsAnsweredAfterwards() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                bake(jenkins, checkout, "canaryPromote(CONTRACT) { sleep 1 }", CONTRACT);
            });
            checkout.world().faults().choose(Scenario.BREACH);
            sessions.then(jenkins -> {
                WorkflowRun run = last();
                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
                jenkins.assertLogContains("rollback confirmed", run);
                assertThat(checkout.isStill()).isTrue();
            });
        }
    }

    /** H10: who took the canary out while nobody drove the release had a reason. */
    @Test
    void trafficThatWasChangedMeanwhileIsNotSetAgain() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                bake(jenkins, checkout, "canaryPromote(CONTRACT) { sleep 1 }", CONTRACT);
            });
            checkout.world().proxy().backend(Track.CANARY).weight(0);
            sessions.then(jenkins -> {
                WorkflowRun run = last();
                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
                jenkins.assertLogContains("the traffic was changed: the router reads 0 %", run);
                assertThat(checkout.isStill()).isTrue();
            });
        }
    }

    /** H10: while the router says nothing after a restart nothing is moved, people are called, and it is asked on. */
    @Test
    void aRouterThatKeepsSilentHoldsTheReleaseAndPeopleAreCalled() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                String longer = CONTRACT.replace("bake: 6s", "bake: 10m").replace("maxBake: 8s", "maxBake: 20m");
                bake(jenkins, checkout, "canaryPromote(CONTRACT) { sleep 1 }", longer);
                // read when the controller is back
                ReleaseGuardConfiguration.get().setRouters(List.of(new BrokenRouter()));
                ReleaseGuardConfiguration.get().save();
            });
            double share = checkout.share();
            assertThat(share).isGreaterThan(0);
            sessions.then(jenkins -> {
                RecordingChannel.HEARD.clear();
                ReleaseGuardConfiguration.get().setChannels(List.of(new RecordingChannel()));
                OpenRelease release = ReleaseGuardService.get().all().get(0);
                Waits.until("a hold", () -> release.state().holds().containsKey(HoldCause.ROUTER));
                assertThat(release.state().holds().get(HoldCause.ROUTER))
                        .contains("nothing is moved before the router says where the traffic is");
                Waits.until("a call", () -> {
                    ExtensionList.lookupSingleton(Unattended.class).run();
                    return !RecordingChannel.HEARD.isEmpty();
                });
                assertThat(RecordingChannel.HEARD.get(0)).contains("NOT GOING ON after the restart");
                assertThat(checkout.share()).isEqualTo(share);
                assertThat(release.state().isRollingBack()).isFalse();
                checkout.configure();
                Waits.until("the release goes on", () -> !release.state().isHeld());
                jenkins.waitForMessage("taken up again", last());
                assertThat(checkout.share()).isEqualTo(share);
                last().doStop();
                jenkins.waitForCompletion(last());
                Waits.untilNoReleaseIsOpen();
                assertThat(checkout.isStill()).isTrue();
            });
        }
    }

    /** Of a plugin that lacks a class since the restart. */
    public static final class BrokenRouter extends RouterSetup {
        public BrokenRouter() {
            super("proxy");
        }

        @Override
        public TrafficRouter connect(ItemGroup<?> context) {
            throw new NoClassDefFoundError("org/example/Client");
        }
    }

    @Test
    void buildThatDoesNotComeBackIsRolledBack() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            Path[] build = new Path[1];
            sessions.then(jenkins -> {
                checkout.configure();
                WorkflowRun run = PipelineFixture.start(
                        jenkins,
                        "canaryPromote(CONTRACT) { sleep 600 }"
                                .replace("CONTRACT", PipelineFixture.contract(CONTRACT)));
                checkout.awaitCanary();
                build[0] = run.getRootDir().toPath();
            });
            try (var files = Files.walk(build[0])) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            sessions.then(jenkins -> {
                Waits.untilNoReleaseIsOpen();
                assertThat(checkout.isStill()).isTrue();
                assertThat(ReleaseGuardService.get()
                                .ledger("checkout")
                                .history()
                                .entries())
                        .extracting(e -> e.verdict().text())
                        .containsExactly("rolled-back");
            });
        }
    }

    @Test
    void theProgramHoldsLittle() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                checkout.configure();
                WorkflowRun run = PipelineFixture.start(
                        jenkins,
                        "canaryPromote(CONTRACT) { sleep 600 }"
                                .replace("CONTRACT", PipelineFixture.contract(CONTRACT)));
                jenkins.waitForMessage("Sleeping for", run);
                String program =
                        Files.readString(run.getRootDir().toPath().resolve("program.dat"), StandardCharsets.ISO_8859_1);
                // the contract stands in the release's own folder; the script with it in build.xml
                assertThat(program).contains("CanaryPromoteExecution").doesNotContain("MON-001");
                run.doStop();
                jenkins.waitForCompletion(run);
            });
        }
    }

    /** Begins a release and waits until its first phase bakes. */
    private static void bake(JenkinsRule jenkins, CheckoutFixture checkout, String script, String contract)
            throws Exception {
        checkout.configure();
        WorkflowRun run =
                PipelineFixture.start(jenkins, script.replace("CONTRACT", PipelineFixture.contract(contract)));
        checkout.awaitCanary();
        jenkins.waitForMessage("baking", run);
    }

    private static WorkflowRun last() {
        return Jenkins.get().getAllItems(WorkflowJob.class).get(0).getLastBuild();
    }
}
