// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.MetricSourceSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.RouterSetup;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.testing.OurThreads;
import io.jenkins.plugins.releaseguard.testing.measure.FakeFleet;
import io.jenkins.plugins.releaseguard.testing.measure.FleetContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * C1, M1: sixteen threads are enough for a controller's releases, however many there are, their sources slow, gates at work beside them and all
 * of them stopped at once.
 */
@WithJenkins
@Timeout(900)
class HowManyThreadsTest {
    private static final int BAKING = 30;
    private static final int GATES = 10;

    /** Sixteen of ours, the one of Java's HTTP client for all connections, and the one that looks for a past to forecast from. */
    private static final int USUAL = 18;

    /** Each ten of a hundred of the fleet's releases have a source that takes five seconds. */
    private static final int SLOW = 70;

    private final OurThreads ours = new OurThreads();
    private final ScheduledExecutorService counting = Executors.newSingleThreadScheduledExecutor();

    private static int number(int release) {
        return SLOW + release / FakeFleet.SHARE * 100 + release % FakeFleet.SHARE;
    }

    @Test
    void sixteenAreEnoughHoweverManyReleasesThereAre(JenkinsRule jenkins) throws Exception {
        try (FakeFleet fleet = FakeFleet.start()) {
            configure(fleet.addresses());
            counting.scheduleWithFixedDelay(ours::count, 0, 10, TimeUnit.MILLISECONDS);
            List<WorkflowRun> bake = new ArrayList<>();
            List<WorkflowRun> gates = new ArrayList<>();
            for (int i = 0; i < BAKING; i++) {
                String contract = FleetContract.of(Integer.toString(i), "prom-" + i / FakeFleet.SHARE, "proxy-" + i)
                        .replace("interval: 30s", "interval: 5s");
                bake.add(PipelineFixture.start(
                        jenkins, "canaryPromote(" + PipelineFixture.contract(contract) + ") { }"));
                if (i < GATES) {
                    String check = "http: {url: '" + fleet.addresses().prometheusUrl(number(i)) + "', status: 200}";
                    String gated = GateStepFixture.contractOf("gated-" + i, GateStepFixture.DIGEST, check);
                    gates.add(PipelineFixture.start(jenkins, GateStepFixture.step("", gated)));
                }
            }
            for (WorkflowRun gate : gates) {
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(gate));
            }
            Waits.until("all bake", () -> bake.stream().allMatch(HowManyThreadsTest::isBaking));
            for (WorkflowRun run : bake) {
                run.doStop();
            }
            for (WorkflowRun run : bake) {
                jenkins.waitForCompletion(run);
            }
            counting.shutdown();
            assertThat(counting.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            // on a machine that is busy enough even what is short may take a second
            int late = ReleaseGuardService.get().threads().lanes().mostBeyondUsual();
            System.out.println("threads: " + ours.most() + ", " + late + " of them for what took long: " + ours);
            assertThat(ours.most()).as("%s", ours).isBetween(5, USUAL + late);
        } finally {
            counting.shutdownNow();
            ReleaseGuardService.get()
                    .all()
                    .forEach(release -> release.rollBack(BreachCause.ABORT, "test", "the test is over"));
            Waits.untilNoReleaseIsOpen();
        }
    }

    private static boolean isBaking(WorkflowRun run) {
        return ReleaseGuardService.get().of(run).stream()
                .anyMatch(release -> release.runner() != null && release.state().life() == Lifecycle.BAKING);
    }

    private static void configure(FakeFleet.Addresses fleet) {
        List<MetricSourceSetup> sources = new ArrayList<>();
        List<RouterSetup> routers = new ArrayList<>();
        for (int i = 0; i < BAKING; i++) {
            if (i % FakeFleet.SHARE == 0) {
                sources.add(new PrometheusSetup("prom-" + i / FakeFleet.SHARE, fleet.prometheusUrl(number(i))));
            }
            routers.add(new HaproxySetup(
                    "proxy-" + i, fleet.haproxyAddress(number(i)), FakeFleet.backend(i), "canary", "baseline"));
        }
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        configuration.setSources(sources);
        configuration.setRouters(routers);
        configuration.setAllowedAddresses(fleet.prometheusUrl(number(0)) + "\n" + fleet.prometheusUrl(number(10)));
        configuration.save();
    }
}
