// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.User;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.Checkout;
import io.jenkins.plugins.releaseguard.jenkins.Gates;
import io.jenkins.plugins.releaseguard.jenkins.Pipelines;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * Builds that an earlier version began are brought to their end by this one. {@code running.zip} holds a controller's home as the
 * first version left it: a build in a phase of {@code canaryPromote} inside {@code autoRollback}, and one waiting in
 * {@code releaseGate}. It is never made anew; a new format adds one of its own, by {@code -Dreleaseguard.serialForm=FILE}.
 */
class StepSerialFormTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static final String CONFIGURATION = ReleaseGuardConfiguration.class.getName() + ".xml";
    private static final String PROMETHEUS = "http://127.0.0.1:1/prometheus";
    private static final String HAPROXY = "127.0.0.1:1";

    @Test
    void runningBuildsGoOn() throws Throwable {
        // the fixture grows old, and Pipelines that are too old are given up
        System.setProperty(WorkflowRun.class.getName() + ".maxResumptionAge", "36500d");
        try (Checkout checkout = new Checkout(Scenario.HEALTHY)) {
            Path home = sessions.getHome().toPath();
            // a gate that meets an author whom nobody knows doesn't wait
            sessions.then(jenkins -> User.getOrCreateByIdOrFullName("dana").save());
            unpack("running.zip", home);
            programHolds(home, "release", "AutoRollbackExecution", "CanaryPromoteExecution", "PhaseBody", "ReleaseRef");
            programHolds(home, "gate", "ReleaseGateExecution");
            Path configuration = home.resolve(CONFIGURATION);
            Files.writeString(
                    configuration,
                    Files.readString(configuration)
                            .replace(PROMETHEUS, checkout.prometheusUrl())
                            .replace(HAPROXY, checkout.haproxyAddress()));
            sessions.then(jenkins -> {
                WorkflowRun release = build("release");
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(release));
                jenkins.assertLogContains("taken up again", release);
                jenkins.assertLogContains("checked 20%", release);
                jenkins.assertLogContains("checked 100%", release);
                jenkins.assertLogContains("then promoted", release);
                assertThat(checkout.share()).isEqualTo(100);

                people(jenkins);
                WorkflowRun gate = build("gate");
                jenkins.assertLogContains("waiting for 1 of mia", gate);
                assertThat(gate.isBuilding()).as(JenkinsRule.getLog(gate)).isTrue();
                assertThat(Gates.sign(jenkins, gate, "mia", "DEP-010", Gates.DIGEST))
                        .isEqualTo(200);
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(gate));
                jenkins.assertLogContains("then go", gate);
            });
        } finally {
            System.clearProperty(WorkflowRun.class.getName() + ".maxResumptionAge");
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "releaseguard.serialForm", matches = ".+")
    void writeFixture() throws Throwable {
        try (Checkout checkout = new Checkout(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                people(jenkins);
                checkout.configure();
                start(
                        jenkins,
                        "release",
                        "def r = autoRollback(" + Pipelines.contract(Checkout.CONTRACT)
                                + ") { canaryPromote { if (env.CANARY_PHASE == '20%') { sleep 60 }; echo \"checked ${env.CANARY_PHASE}\" } }; echo \"then ${r.verdict}\"",
                        "Sleeping for");
                start(
                        jenkins,
                        "gate",
                        "def r = "
                                + Gates.step(
                                        "",
                                        Gates.contractOf(
                                                "search",
                                                Gates.DIGEST,
                                                "approval: {of: [mia], count: 1, deadline: 36500d}"))
                                + "; echo \"then ${r.verdict}\"",
                        "waiting for 1 of mia");
                Checkout.configure(PROMETHEUS, HAPROXY);
            });
            pack(sessions.getHome().toPath(), Path.of(System.getProperty("releaseguard.serialForm")));
        }
    }

    private static void start(JenkinsRule jenkins, String name, String script, String until) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        jenkins.waitForMessage(until, job.scheduleBuild2(0).waitForStart());
    }

    private static WorkflowRun build(String job) {
        return Jenkins.get().getItemByFullName(job, WorkflowJob.class).getBuildByNumber(1);
    }

    private static void people(JenkinsRule jenkins) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        User.getOrCreateByIdOrFullName("dana");
        User.getOrCreateByIdOrFullName("mia");
    }

    private static void programHolds(Path home, String job, String... classes) throws IOException {
        String program = Files.readString(
                home.resolve("jobs").resolve(job).resolve("builds/1/program.dat"), StandardCharsets.ISO_8859_1);
        assertThat(program).contains(classes);
    }

    private void unpack(String name, Path home) throws IOException {
        try (InputStream file = getClass().getResourceAsStream(getClass().getSimpleName() + "/" + name);
                ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path target = home.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.copy(zip, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void pack(Path home, Path target) throws IOException {
        List<Path> roots = List.of(home.resolve("jobs"), home.resolve("release-guard"), home.resolve(CONFIGURATION));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target))) {
            for (Path root : roots) {
                try (var files = Files.walk(root)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        zip.putNextEntry(new ZipEntry(home.relativize(file).toString()));
                        Files.copy(file, zip);
                    }
                }
            }
        }
    }
}
