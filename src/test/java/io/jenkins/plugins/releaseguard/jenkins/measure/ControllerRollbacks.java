// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.measure;

import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.MetricSourceSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.RouterSetup;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.testing.measure.BusyMachine;
import io.jenkins.plugins.releaseguard.testing.measure.RollbackFigures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Measures, and is run when asked for by name: rollbacks in a real controller on a machine kept busy, five at once. In two of ten rounds the
 * controller is killed and started again: so long after the canary's errors rose as chance has it, and right after the breach.
 * The system property {@code rounds} changes their number.
 */
class ControllerRollbacks {
    private static final int ROUNDS = Integer.getInteger("rounds", 10);
    private static final int AT_ONCE = 5;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final double FAULTY_AT = 25;
    private static final int AFTER_FAULT_MILLIS = 4000;
    private static final long POLL_MILLIS = 20;

    private static final String CONTRACT = CheckoutFixture.CONTRACT
            .replace("service: checkout", "service: checkout-NUMBER")
            .replace("objective: 20s", "objective: 60s")
            .replace("maxBake: 4s", "maxBake: 6s")
            .replace("noData: 15s", "noData: 30s")
            .replace("source: prom", "source: prom-NUMBER")
            .replace("router: proxy", "router: proxy-NUMBER");

    @RegisterExtension
    final RealJenkinsExtension controller = new RealJenkinsExtension().withTimeout(2 * 3600);

    private final Random random = new Random(8);
    private final Figures figures = new Figures("rollbacks");
    private final List<CheckoutFixture> services = new ArrayList<>();

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void onAMachineKeptBusy() throws Throwable {
        try (BusyMachine busy = new BusyMachine()) {
            figures.say("kept busy by " + busy.processes() + " processes, and whoever else is there");
            String[] addresses = new String[2 * AT_ONCE];
            for (int i = 0; i < AT_ONCE; i++) {
                CheckoutFixture service = new CheckoutFixture(Scenario.BREACH);
                services.add(service);
                addresses[2 * i] = service.prometheusUrl();
                addresses[2 * i + 1] = service.haproxyAddress();
            }
            controller.startJenkins();
            controller.runRemotely(ControllerRollbacks::configure, addresses);
            for (int round = 0; round < ROUNDS; round++) {
                round(round);
                figures.say("round " + round + ": " + BusyMachine.load());
            }
            RollbackFigures rollbacks = new RollbackFigures();
            for (Path journal : Figures.journals(controller.getHome().toPath().resolve("jobs"))) {
                rollbacks.add(journal);
            }
            rollbacks.lines().forEach(figures::say);
        } finally {
            figures.write();
            for (CheckoutFixture service : services) {
                service.close();
            }
        }
    }

    private void round(int round) throws Throwable {
        services.forEach(service -> service.world().reset());
        controller.runRemotely(ControllerRollbacks::begin);
        boolean byChance = round % 10 == 2;
        boolean known = round % 10 == 7;
        if (byChance || known) {
            Path open = controller.getHome().toPath().resolve("release-guard").resolve("open");
            await("the time to be killed", () -> known ? isBreached(open) : isFaulty());
            Thread.sleep(byChance ? random.nextInt(AFTER_FAULT_MILLIS) : 0);
            controller.stopJenkinsForcibly();
            controller.startJenkins();
        }
        await("the end of round " + round, () -> controller.runRemotely(ControllerRollbacks::isOver));
    }

    private boolean isFaulty() {
        return services.stream().anyMatch(service -> service.share() > FAULTY_AT);
    }

    private static boolean isBreached(Path open) throws IOException {
        for (Path journal : Figures.journals(open)) {
            if (Files.readString(journal, StandardCharsets.UTF_8).contains("\"type\":\"breached\"")) {
                return true;
            }
        }
        return false;
    }

    // --- in the controller ---

    private static void configure(JenkinsRule jenkins, String[] addresses) throws Exception {
        List<MetricSourceSetup> sources = new ArrayList<>();
        List<RouterSetup> routers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            sources.add(new PrometheusSetup("prom-" + i, addresses[2 * i]));
            routers.add(new HaproxySetup("proxy-" + i, addresses[2 * i + 1], "checkout", "canary", "baseline"));
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "release-" + i);
            String contract = CONTRACT.replace("NUMBER", Integer.toString(i));
            job.setDefinition(
                    new CpsFlowDefinition("canaryPromote(" + PipelineFixture.contract(contract) + ") { }", true));
        }
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        configuration.setSources(sources);
        configuration.setRouters(routers);
        configuration.save();
    }

    private static void begin(JenkinsRule jenkins) throws Exception {
        for (int i = 0; i < AT_ONCE; i++) {
            jenkins.jenkins
                    .getItemByFullName("release-" + i, WorkflowJob.class)
                    .scheduleBuild2(0)
                    .waitForStart();
        }
    }

    private static Boolean isOver(JenkinsRule jenkins) {
        return ReleaseGuardService.get().all().isEmpty()
                && jenkins.jenkins.getAllItems(WorkflowJob.class).stream()
                        .noneMatch(job -> job.getLastBuild().isBuilding());
    }

    private interface Condition {
        boolean holds() throws Throwable;
    }

    private static void await(String what, Condition condition) throws Throwable {
        Instant until = Instant.now().plus(LIMIT);
        while (!condition.holds()) {
            if (Instant.now().isAfter(until)) {
                throw new AssertionError("not within " + LIMIT + ": " + what);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
