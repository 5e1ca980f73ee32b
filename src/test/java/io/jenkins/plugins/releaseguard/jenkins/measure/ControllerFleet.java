// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.measure;

import hudson.model.Result;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.MetricSourceSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.RouterSetup;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.testing.measure.BusyMachine;
import io.jenkins.plugins.releaseguard.testing.measure.FakeFleet;
import io.jenkins.plugins.releaseguard.testing.measure.FleetContract;
import io.jenkins.plugins.releaseguard.testing.measure.FleetFigures;
import io.jenkins.plugins.releaseguard.testing.measure.Forces;
import io.jenkins.plugins.releaseguard.testing.measure.ProcessLoad;
import io.jenkins.plugins.releaseguard.testing.measure.RollbackFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * Measures, and is run when asked for by name: 100 releases watched by {@code waitUntil}, {@code sh} and {@code sleep}, then 1 000 that bake
 * at once, on one controller in a process of its own; at the end all of these are aborted at once. System properties {@code releases}, {@code rivals} and {@code
 * minutes} (of each) change the numbers.
 */
class ControllerFleet {
    private static final int RELEASES = Integer.getInteger("releases", 1000);
    private static final int RIVALS = Integer.getInteger("rivals", 100);
    private static final int MINUTES = Integer.getInteger("minutes", 5);
    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final int TIMEOUT = 12;
    private static final int COUNTED_SECONDS = 60;
    private static final double HOUR = 3600;

    @RegisterExtension
    final RealJenkinsExtension controller =
            new RealJenkinsExtension().withTimeout(3 * 3600).javaOptions("-Xmx4g");

    private final Figures figures = new Figures("fleet");

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void bakingAtOnce() throws Throwable {
        try (FakeFleet fleet = FakeFleet.start()) {
            controller.startJenkins();
            controller.runRemotely(ControllerFleet::configure, fleet.addresses());
            if (RIVALS > 0) {
                rivals(fleet.addresses());
            }
            releases();
            abort();
        } finally {
            figures.write();
        }
    }

    private static void configure(JenkinsRule jenkins, FakeFleet.Addresses fleet) throws Exception {
        List<MetricSourceSetup> sources = new ArrayList<>();
        List<RouterSetup> routers = new ArrayList<>();
        for (int i = 0; i < RELEASES; i++) {
            if (i % FakeFleet.SHARE == 0) {
                PrometheusSetup source = new PrometheusSetup("prom-" + i / FakeFleet.SHARE, fleet.prometheusUrl(i));
                source.setTimeout(TIMEOUT);
                sources.add(source);
            }
            routers.add(new HaproxySetup(
                    "proxy-" + i, fleet.haproxyAddress(i), FakeFleet.backend(i), "canary", "baseline"));
        }
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        configuration.setSources(sources);
        configuration.setRouters(routers);
        configuration.save();
    }

    // --- as it is written without us ---

    private void rivals(FakeFleet.Addresses fleet) throws Throwable {
        ProcessLoad empty = controller.runRemotely(ControllerFleet::load);
        Path looks = Files.createTempDirectory("looks");
        controller.runRemotely(ControllerFleet::watch, script(fleet, looks));
        Thread.sleep(INTERVAL.multipliedBy(3).toMillis());
        figures.say(RIVALS + " with waitUntil, sh and sleep, " + BusyMachine.load());
        Instant from = Instant.now();
        Path job = controller.getHome().toPath().resolve("jobs").resolve("rivals");
        long bytes = Figures.bytes(job);
        int nodes = controller.runRemotely(ControllerFleet::nodes, "rivals");
        ProcessLoad begin = controller.runRemotely(ControllerFleet::load);
        String forces = Forces.of(controller.getProcess().pid(), COUNTED_SECONDS);
        Thread.sleep(Duration.ofMinutes(MINUTES).toMillis());
        ProcessLoad end = controller.runRemotely(ControllerFleet::load);
        double hours = Duration.between(from, Instant.now()).toMillis() / 1e3 / HOUR;
        figures.say(forces);
        figures.say(String.format(
                "%.0f bytes and %.0f flow nodes an hour and release",
                (Figures.bytes(job) - bytes) / hours / RIVALS,
                (controller.runRemotely(ControllerFleet::nodes, "rivals") - nodes) / hours / RIVALS));
        figures.say("a look comes later than due by " + RivalLooks.lateness(looks, from, INTERVAL));
        figures.load(empty, begin, end);
        controller.runRemotely(ControllerFleet::stop, "rivals");
    }

    private static String script(FakeFleet.Addresses fleet, Path looks) {
        StringBuilder urls = new StringBuilder();
        for (int i = 0; i < RIVALS; i++) {
            urls.append(i == 0 ? "" : ", ")
                    .append('\'')
                    .append(fleet.prometheusUrl(i * FakeFleet.SHARE))
                    .append('\'');
        }
        return RivalLooks.SCRIPT.replace("URLS", urls).replace("LOOKS", looks.toString());
    }

    private static void watch(JenkinsRule jenkins, String script) throws Exception {
        jenkins.jenkins.setNumExecutors(RIVALS);
        start(jenkins, "rivals", script);
    }

    // --- ours ---

    private void releases() throws Throwable {
        ProcessLoad empty = controller.runRemotely(ControllerFleet::load);
        String contract = FleetContract.of("NUMBER", "SOURCE", "ROUTER");
        controller.runRemotely(ControllerFleet::release, contract, RELEASES);
        await("they bake", () -> controller.runRemotely(ControllerFleet::baking) >= RELEASES);
        Thread.sleep(INTERVAL.multipliedBy(2).toMillis());
        figures.say(RELEASES + " releases, " + BusyMachine.load());
        Instant from = Instant.now();
        Path open = controller.getHome().toPath().resolve("release-guard").resolve("open");
        Path jobs = controller.getHome().toPath().resolve("jobs");
        long bytes = Figures.bytes(open);
        long ofJobs = Figures.bytes(jobs);
        ProcessLoad begin = controller.runRemotely(ControllerFleet::load);
        String forces = Forces.of(controller.getProcess().pid(), COUNTED_SECONDS);
        Thread.sleep(Duration.ofMinutes(MINUTES).toMillis());
        Instant to = Instant.now();
        ProcessLoad end = controller.runRemotely(ControllerFleet::load);
        double hours = Duration.between(from, to).toMillis() / 1e3 / HOUR;
        figures.say(forces);
        figures.say(String.format(
                "%.0f bytes an hour and release in journals, %.0f in builds",
                (Figures.bytes(open) - bytes) / hours / RELEASES, (Figures.bytes(jobs) - ofJobs) / hours / RELEASES));
        FleetFigures.of(inOrder(Figures.journals(open)), from, to, INTERVAL)
                .lines()
                .forEach(figures::say);
        figures.load(empty, begin, end);
    }

    /** A build each. */
    private static void release(JenkinsRule jenkins, String contract, int releases) throws Exception {
        for (int i = 0; i < releases; i++) {
            String own = contract.replace("NUMBER", "" + i)
                    .replace("SOURCE", "prom-" + i / FakeFleet.SHARE)
                    .replace("ROUTER", "proxy-" + i);
            start(
                    jenkins,
                    "release-" + i,
                    "canaryPromote(contractText: '''"
                            + own.replace("\\", "\\\\").replace("$", "\\$") + "''') { }");
        }
    }

    /** By the number in the service's name. */
    private static List<Path> inOrder(List<Path> journals) throws IOException {
        Map<Integer, Path> numbered = new TreeMap<>();
        for (Path journal : journals) {
            try (JournalReader reader = JournalReader.open(journal)) {
                if (reader.next().event() instanceof Event.Opened opened) {
                    numbered.put(Integer.parseInt(opened.service().substring("shop-".length())), journal);
                }
            }
        }
        return List.copyOf(numbered.values());
    }

    /** What a person who stops all builds sees: every way back at once. */
    private void abort() throws Throwable {
        Instant from = Instant.now();
        controller.runRemotely(ControllerFleet::stopAll, RELEASES);
        await("no release is open", () -> controller.runRemotely(ControllerFleet::open) == 0);
        figures.say(RELEASES + " stopped at once, ended after "
                + Duration.between(from, Instant.now()).toSeconds() + " s, " + BusyMachine.load());
        RollbackFigures rollbacks = new RollbackFigures();
        for (Path journal : Figures.journals(controller.getHome().toPath().resolve("jobs"))) {
            rollbacks.add(journal);
        }
        rollbacks.lines().forEach(figures::say);
    }

    // --- in the controller ---

    private static void start(JenkinsRule jenkins, String name, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        job.scheduleBuild2(0).waitForStart();
    }

    private static void stop(JenkinsRule jenkins, String name) {
        WorkflowRun run =
                jenkins.jenkins.getItemByFullName(name, WorkflowJob.class).getLastBuild();
        if (run.getResult() != Result.ABORTED) {
            run.doStop();
        }
    }

    private static void stopAll(JenkinsRule jenkins, int releases) {
        for (int i = 0; i < releases; i++) {
            stop(jenkins, "release-" + i);
        }
    }

    private static ProcessLoad load(JenkinsRule jenkins) throws Exception {
        return ProcessLoad.now();
    }

    private static Integer nodes(JenkinsRule jenkins, String name) {
        return Figures.nodes(jenkins.jenkins
                .getItemByFullName(name, WorkflowJob.class)
                .getLastBuild()
                .getExecution());
    }

    private static Integer baking(JenkinsRule jenkins) {
        return (int) ReleaseGuardService.get().all().stream()
                .filter(release -> release.state().life() == Lifecycle.BAKING)
                .count();
    }

    private static Integer open(JenkinsRule jenkins) {
        return ReleaseGuardService.get().all().size();
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
            Thread.sleep(1000); // asking takes the time that is measured
        }
    }
}
