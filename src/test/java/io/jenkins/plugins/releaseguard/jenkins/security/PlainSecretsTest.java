// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.PasswordParameterValue;
import hudson.model.Result;
import hudson.model.queue.QueueTaskFuture;
import hudson.util.Secret;
import io.jenkins.plugins.releaseguard.jenkins.config.EndpointSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.WebhookSetup;
import io.jenkins.plugins.releaseguard.jenkins.scope.ServiceLedgers;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.secret.Mask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * Class 6: secrets reach the addresses that they are for, and nothing else: no file, no log, no exception, neither while a release goes on
 * nor afterwards.
 */
@WithJenkins
class PlainSecretsTest {
    private static final String TOKEN = "t0ken-4711-never-shown";
    private static final String PASSWORD = "passw0rd-0815-never-shown";
    private static final String HOOK = "h00k-path-never-shown";
    private static final Mask PLANTED = Mask.of(List.of(TOKEN, PASSWORD, HOOK));

    private static JenkinsRule jenkins;

    /** One controller for all: starting it is what takes time. */
    @BeforeAll
    static void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterEach
    void settle() {
        GateStepFixture.settle();
    }

    @Test
    void secretsStandInNoFileAndNoLog() throws Exception {
        LogRecorder log = new LogRecorder().recordPackage(ReleaseGuardConfiguration.class, Level.ALL);
        log.record("io.jenkins.plugins.releaseguard", Level.ALL).capture(10_000);
        // whatever is asked fails, and says the secret back
        try (FakeHttpServer hostile = new FakeHttpServer(500, "{\"error\": \"bad header $AUTHORIZATION\"}");
                FakeHttpServer chat = new FakeHttpServer(404, "no such hook")) {
            configure(hostile, chat);
            String contract = GateStepFixture.contract(
                            "metric: {metric: MON-001, limit: \"< 5%\", window: 5m}",
                            "http: {endpoint: tracker, path: /health, status: 200}")
                    .replace("objective: 20s", "objective: 5s")
                    .replace("bake: 1s", "bake: 1s, interval: 1s, noData: 5s")
                    .replace("procedure: [{traffic: 0}]", "procedure: [{notify: oncall}, {traffic: 0}]");
            WorkflowRun gate = jenkins.assertBuildStatus(
                    Result.FAILURE,
                    PipelineFixture.job(jenkins, GateStepFixture.step("", contract))
                            .scheduleBuild2(0)
                            .get());
            assertThat(hostile.heard())
                    .extracting(FakeHttpServer.Heard::authorization)
                    .contains("Bearer " + TOKEN, basic());
            jenkins.assertLogContains("no-go", gate);

            // a rollout whose source, router and channel all fail
            QueueTaskFuture<WorkflowRun> build = PipelineFixture.job(
                            jenkins, "canaryPromote(" + PipelineFixture.contract(contract) + ") { }")
                    .scheduleBuild2(0);
            Waits.until(
                    "an unconfirmed rollback that somebody is called about",
                    () -> !chat.heard().isEmpty()
                            && ReleaseGuardService.get().all().stream()
                                    .anyMatch(release -> release.state().isUnconfirmed()));
            // under way, with all that its steps and its service keep
            assertThat(everyFile(jenkins.jenkins.getRootDir().toPath()))
                    .contains("build.xml", "program.dat", "config.xml", "journal.jsonl", "log");
            // it would try on for ever: a person ends it, with a reason
            for (OpenRelease release : ReleaseGuardService.get().all()) {
                release.runner().operate(OperatorCommand.CLOSE, "anna", "taken off by hand", null);
            }
            WorkflowRun rollout = jenkins.assertBuildStatus(Result.FAILURE, build.get());
            assertThat(rollout.getLog()).contains("NOT CONFIRMED");
            assertThat(chat.heard())
                    .isNotEmpty()
                    .allSatisfy(heard -> assertThat(heard.path()).contains(HOOK));
            for (WorkflowRun run : List.of(gate, rollout)) {
                clean("log of " + run, run.getLog());
            }
            log.getRecords().forEach(record -> {
                clean("a log record", record.getMessage() + " " + List.of(parameters(record.getParameters())));
                for (Throwable t = record.getThrown(); t != null; t = t.getCause()) {
                    clean("an exception", t.toString());
                }
            });
            GateStepFixture.settle();
            assertThat(everyFile(jenkins.jenkins.getRootDir().toPath()))
                    .contains("build.xml", "config.xml", "journal.jsonl", "report.json", "report.html", "report.md");
            assertThat(ServiceLedgers.of("checkout").history().entries()).isNotEmpty();
        }
    }

    @Test
    void passwordParametersAreRefusedInContracts() throws Exception {
        WorkflowJob job = PipelineFixture.job(
                jenkins,
                GateStepFixture.step(
                        "",
                        GateStepFixture.contract("freeze: {windows: [\"2001-01-01..2001-01-02\"]}")
                                .replace("scope: Saved cards", "scope: \"${DOOR}\"")));
        job.addProperty(
                new ParametersDefinitionProperty(new PasswordParameterDefinition("DOOR", Secret.fromString(""), "")));
        WorkflowRun run = jenkins.assertBuildStatus(
                Result.FAILURE,
                job.scheduleBuild2(0, new ParametersAction(new PasswordParameterValue("DOOR", PASSWORD)))
                        .get());
        jenkins.assertLogContains("DOOR", run);
        clean("log", run.getLog());
        everyFile(jenkins.jenkins.getRootDir().toPath());
    }

    /** A parameter is in the environment of the commands of checks: what they print of it is hidden, in whatever form. */
    @Test
    void whatCommandsOnAgentsPrintOfPasswordsIsHidden() throws Exception {
        WorkflowJob job = PipelineFixture.job(
                jenkins,
                "node { "
                        + GateStepFixture.step(
                                "",
                                GateStepFixture.contract("command: {run: 'printf %s \"$DOOR\";"
                                        + " printf \"robot:%s\" \"$DOOR\" | base64; exit 1'}"))
                        + " }");
        job.addProperty(
                new ParametersDefinitionProperty(new PasswordParameterDefinition("DOOR", Secret.fromString(""), "")));
        WorkflowRun run = jenkins.assertBuildStatus(
                Result.FAILURE,
                job.scheduleBuild2(0, new ParametersAction(new PasswordParameterValue("DOOR", PASSWORD)))
                        .get());
        jenkins.assertLogContains("no-go", run);
        clean("log", run.getLog());
        everyFile(jenkins.jenkins.getRootDir().toPath());
    }

    private static void configure(FakeHttpServer hostile, FakeHttpServer chat) throws IOException {
        var store = SystemCredentialsProvider.getInstance();
        store.getCredentials()
                .addAll(List.of(
                        new StringCredentialsImpl(CredentialsScope.GLOBAL, "token", "", Secret.fromString(TOKEN)),
                        new StringCredentialsImpl(
                                CredentialsScope.GLOBAL, "hook", "", Secret.fromString(chat.url() + "/" + HOOK)),
                        login()));
        store.save();
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        PrometheusSetup source = new PrometheusSetup("prom", hostile.url());
        source.setCredentialsId("token");
        configuration.setSources(List.of(source));
        EndpointSetup tracker = new EndpointSetup("tracker", hostile.url());
        tracker.setCredentialsId("login");
        configuration.setEndpoints(List.of(tracker));
        configuration.setRouters(List.of(new HaproxySetup("proxy", "127.0.0.1:1", "b", "canary", "")));
        configuration.setChannels(List.of(new WebhookSetup("oncall", "hook")));
        configuration.save();
    }

    private static UsernamePasswordCredentialsImpl login() {
        try {
            return new UsernamePasswordCredentialsImpl(CredentialsScope.GLOBAL, "login", "", "robot", PASSWORD);
        } catch (hudson.model.Descriptor.FormException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String basic() {
        return "Basic " + Base64.getEncoder().encodeToString(("robot:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private static Object[] parameters(Object[] given) {
        return given == null ? new Object[0] : given;
    }

    /** In no form in which a program could have written them. */
    private static void clean(String what, String text) {
        assertThat(PLANTED.apply(text)).as(what).isEqualTo(text);
    }

    /** build.xml, program.dat, journals, reports, configuration: nothing below the home has them. Gives the names of what was read. */
    private static Set<String> everyFile(Path home) throws IOException {
        Set<String> seen = new TreeSet<>();
        Files.walkFileTree(home, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String name = home.relativize(file).toString();
                if (attributes.isRegularFile() && !name.startsWith("plugins") && !name.startsWith("war")) {
                    try {
                        clean(name, Files.readString(file, StandardCharsets.ISO_8859_1));
                        seen.add(file.getFileName().toString());
                    } catch (NoSuchFileException e) {
                        return visitFileFailed(file, e);
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            /** One that was being written has its own name by now. */
            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        assertThat(seen).hasSizeGreaterThan(10);
        return seen;
    }
}
