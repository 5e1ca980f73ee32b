// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.contract.policy.RequiredCheck;
import io.jenkins.plugins.releaseguard.jenkins.config.ChannelSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.EndpointSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.FreezeSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.MetricSourceSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.OrphanPolicy;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.WebhookSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.config.mail.MailSetup;
import io.jenkins.plugins.releaseguard.jenkins.effect.RollbackCause;
import io.jenkins.plugins.releaseguard.jenkins.page.ReleaseReportAction;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicyReader;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import io.jenkins.plugins.releaseguard.jenkins.policy.RequiredCheckSetup;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.report.Verification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import jenkins.model.CauseOfInterruption;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * Builds that an earlier version began are brought to their end by this one, and what it has kept is read. {@code running.zip}
 * holds a controller's home as the first version left it: a build in a phase of {@code canaryPromote} inside
 * {@code autoRollback}, and one waiting in {@code releaseGate}. {@code rooms.zip} is the same as of before classes moved into
 * rooms of their own, with a rollback that has started a job, and the configuration of a folder. They are never made anew; a
 * new format adds one of its own, by {@code -Dreleaseguard.serialForm=FILE}.
 */
class StepSerialFormTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private static final String CONFIGURATION = ReleaseGuardConfiguration.class.getName() + ".xml";
    private static final String PROMETHEUS = "http://127.0.0.1:1/prometheus";
    private static final String HAPROXY = "127.0.0.1:1";

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"running.zip", "rooms.zip"})
    void runningBuildsGoOn(String fixture) throws Throwable {
        // the fixture grows old, and Pipelines that are too old are given up
        System.setProperty(WorkflowRun.class.getName() + ".maxResumptionAge", "36500d");
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            // where the record says it was: anything else has been changed by others meanwhile
            checkout.shift(20);
            Path home = sessions.getHome().toPath();
            // a gate that meets an author whom nobody knows doesn't wait
            sessions.then(jenkins -> User.getOrCreateByIdOrFullName("dana").save());
            unpack(fixture, home);
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
                assertThat(GateStepFixture.sign(jenkins, gate, "mia", "DEP-010", GateStepFixture.DIGEST))
                        .isEqualTo(200);
                jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(gate));
                jenkins.assertLogContains("then go", gate);
            });
        } finally {
            System.clearProperty(WorkflowRun.class.getName() + ".maxResumptionAge");
        }
    }

    @Test
    void whatEndedIsReadByTheNamesOfThen() throws Throwable {
        Path home = sessions.getHome().toPath();
        unpack("rooms.zip", home);
        assertThat(Files.readString(home.resolve("jobs/redeploy/builds/1/build.xml")))
                .contains("jenkins.service.RollbackCause");
        assertThat(allTexts(home.resolve("jobs/broken/builds/1"))).contains("jenkins.step.NotGreen");
        sessions.then(jenkins -> {
            RollbackCause cause = build("redeploy").getCause(RollbackCause.class);
            assertThat(cause.getShortDescription()).contains("Part of the rollback of release checkout-");
            List<CauseOfInterruption> why = new ArrayList<>();
            for (FlowNode node :
                    new DepthFirstScanner().allNodes(build("broken").getExecution())) {
                if (node.getError() != null
                        && node.getError().getError() instanceof FlowInterruptedException interrupted) {
                    why.addAll(interrupted.getCauses());
                }
            }
            assertThat(why)
                    .hasAtLeastOneElementOfType(ReleaseFailure.class)
                    .allSatisfy(one -> assertThat(one.getShortDescription()).contains("rolled-back"));
            ReleaseReportAction report = build("broken").getAction(ReleaseReportAction.class);
            assertThat(report.getVerdict()).isEqualTo("rolled-back");
            Verification sealed = Verification.verify(report.folder());
            assertThat(sealed.intact()).as(sealed.message()).isTrue();
        });
    }

    @Test
    void configurationOfThenIsRead() throws Throwable {
        Path home = sessions.getHome().toPath();
        unpack("rooms.zip", home);
        sessions.then(jenkins -> {
            ReleaseGuardConfiguration controller = ReleaseGuardConfiguration.get();
            assertThat(controller.getOrphans()).isEqualTo(OrphanPolicy.HOLD);
            assertThat(controller.getSignOffHours()).isEqualTo(36500);
            assertThat(controller.getSources()).singleElement().isInstanceOf(PrometheusSetup.class);
            assertThat(controller.getChannels()).extracting(ChannelSetup::getId).containsExactly("oncall", "leads");
            assertThat(controller.getEndpoints())
                    .extracting(EndpointSetup::getUrl)
                    .containsExactly("https://flags.example.com");
            Folder folder = Jenkins.get().getItemByFullName("team", Folder.class);
            ReleaseGuardFolderProperty team = folder.getProperties().get(ReleaseGuardFolderProperty.class);
            assertThat(team.getRouters()).singleElement().isInstanceOfSatisfying(HaproxySetup.class, router -> {
                assertThat(router.getBackend()).isEqualTo("shop");
                assertThat(router.isMaintenanceAtZero()).isTrue();
            });
            assertThat(team.getSources()).extracting(MetricSourceSetup::getId).containsExactly("team-prom");
            assertThat(team.getChannels()).extracting(ChannelSetup::getId).containsExactly("#incidents");
            assertThat(team.getFreezes()).extracting(FreezeSetup::getReason).containsExactly("Weekend");
            assertThat(team.getPolicy().isWaivable()).isFalse();
            assertThat(PolicyReader.read(team.getPolicy(), "here").checks())
                    .extracting(RequiredCheck::kind)
                    .containsExactly("tests");
        });
    }

    private static String allTexts(Path folder) throws IOException {
        StringBuilder texts = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return texts.toString();
    }

    @Test
    @EnabledIfSystemProperty(named = "releaseguard.serialForm", matches = ".+")
    void writeFixture() throws Throwable {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            sessions.then(jenkins -> {
                people(jenkins);
                checkout.configure();
                broken(jenkins);
                start(
                        jenkins,
                        "release",
                        "def r = autoRollback(" + PipelineFixture.contract(CheckoutFixture.CONTRACT)
                                + ") { canaryPromote { if (env.CANARY_PHASE == '20%') { sleep 60 }; echo \"checked ${env.CANARY_PHASE}\" } }; echo \"then ${r.verdict}\"",
                        "Sleeping for");
                start(
                        jenkins,
                        "gate",
                        "def r = "
                                + GateStepFixture.step(
                                        "",
                                        GateStepFixture.contractOf(
                                                "search",
                                                GateStepFixture.DIGEST,
                                                "approval: {of: [mia], count: 1, deadline: 36500d}"))
                                + "; echo \"then ${r.verdict}\"",
                        "waiting for 1 of mia");
                team(jenkins);
                ReleaseGuardConfiguration controller = ReleaseGuardConfiguration.get();
                controller.setOrphans(OrphanPolicy.HOLD);
                controller.setSignOffHours(36500);
                controller.setChannels(
                        List.of(new WebhookSetup("oncall", "hook"), new MailSetup("leads", "leads@example.com")));
                controller.setEndpoints(List.of(new EndpointSetup("flags", "https://flags.example.com")));
                CheckoutFixture.configure(PROMETHEUS, HAPROXY);
            });
            pack(sessions.getHome().toPath(), Path.of(System.getProperty("releaseguard.serialForm")));
        }
    }

    /** A release that was rolled back because its canary's body failed, and has started a job on the way. */
    private static void broken(JenkinsRule jenkins) throws Exception {
        WorkflowJob redeploy = jenkins.createProject(WorkflowJob.class, "redeploy");
        redeploy.setDefinition(new CpsFlowDefinition("echo 'the last good version'", true));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "broken");
        job.setDefinition(new CpsFlowDefinition(
                "autoRollback(environment: 'staging', "
                        + PipelineFixture.contract(
                                CheckoutFixture.CONTRACT.replace("[{traffic: 0}]", "[{traffic: 0}, {job: redeploy}]"))
                        + ") { canaryPromote(environment: 'staging') { error 'smoke test failed' } }",
                true));
        jenkins.buildAndAssertStatus(Result.FAILURE, job);
    }

    /** A folder in which everything is set up that can be. */
    private static void team(JenkinsRule jenkins) throws Exception {
        ReleaseGuardFolderProperty property = new ReleaseGuardFolderProperty();
        HaproxySetup router = new HaproxySetup("edge", "127.0.0.1:9999", "shop", "canary", "stable*");
        router.setMaintenanceAtZero(true);
        property.setRouters(List.of(router));
        property.setSources(List.of(new PrometheusSetup("team-prom", "https://prometheus.example.com")));
        property.setChannels(List.of(new WebhookSetup("#incidents", "team-hook")));
        property.setEndpoints(List.of(new EndpointSetup("tracker", "https://tracker.example.com/api")));
        FreezeSetup freeze = new FreezeSetup("Fri 16:00..Mon 08:00");
        freeze.setZone("Europe/Berlin");
        freeze.setReason("Weekend");
        property.setFreezes(List.of(freeze));
        RequiredCheckSetup tests = new RequiredCheckSetup("tests");
        tests.setLimits("passRate: \">95%\"");
        PolicySetup policy = new PolicySetup();
        policy.setEnvironments("production");
        policy.setChecks(List.of(tests));
        policy.setWaivable(false);
        property.setPolicy(policy);
        jenkins.createProject(Folder.class, "team").addProperty(property);
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
