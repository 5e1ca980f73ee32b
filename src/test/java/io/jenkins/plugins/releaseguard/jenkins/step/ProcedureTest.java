// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.FilePath;
import hudson.model.Result;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.EndpointSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.RouterSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.SetupUser;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every action of a rollback procedure is done in Jenkins, or said not to be. */
@WithJenkins
class ProcedureTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    @Test
    void everyKindIsDoneInItsOrder(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY);
                CheckoutFixture edge = new CheckoutFixture(Scenario.HEALTHY);
                FakeHttpServer flags = new FakeHttpServer(200, "{\"id\": \"new-cart\", \"enabled\": false}");
                FakeHttpServer oncall = new FakeHttpServer(200, "")) {
            configure(checkout, flags, oncall);
            List<RouterSetup> routers =
                    new ArrayList<>(ReleaseGuardConfiguration.get().getRouters());
            routers.add(new HaproxySetup("edge", edge.haproxyAddress(), "checkout", "canary", "baseline"));
            ReleaseGuardConfiguration.get().setRouters(routers);
            Setups.router(SetupUser.at(jenkins.jenkins), "edge").shift(30);
            assertThat(edge.share()).isGreaterThan(0);
            WorkflowRun run = midPhase(
                    jenkins,
                    checkout,
                    "node { autoRollback(CONTRACT) { canaryPromote { sleep 600 } } }",
                    "{traffic: 0}, {traffic: {weight: 0, router: edge}}, {command: {run: 'echo \"$RELEASE_SERVICE"
                            + " $RELEASE_VERSION $WHAT\" > undone.txt', env: {WHAT: cache}, deadline: 2m}}, {flag: {id:"
                            + " new cart, provider: flags}}, {http: {endpoint: flags, path: purge, method: POST}},"
                            + " {notify: [oncall]}");
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogNotContains("failed:", run);
            assertThat(checkout.isStill()).isTrue();
            assertThat(edge.share()).isZero();
            FilePath workspace = jenkins.jenkins.getWorkspaceFor(run.getParent());
            assertThat(workspace.child("undone.txt").readToString()).isEqualToIgnoringNewLines("checkout 2 cache");
            assertThat(flags.heard())
                    .extracting(heard -> heard.method() + " " + heard.path())
                    .containsExactly("PUT /new%20cart", "POST /purge");
            assertThat(flags.heard().get(0).body())
                    .contains("\"state\":\"off\"")
                    .contains("\"enabled\":false");
            assertThat(oncall.heard()).hasSize(1);
            List<Event> events = journal(run);
            assertThat(events)
                    .filteredOn(Event.Intended.class::isInstance)
                    .extracting(event -> ((Event.Intended) event).effect())
                    .containsSubsequence("traffic", "command", "flag", "http", "notify");
            assertThat(events)
                    .filteredOn(event ->
                            event instanceof Event.Done done && done.key().startsWith("action-"))
                    .hasSize(5)
                    .allMatch(event -> ((Event.Done) event).error() == null);
        }
    }

    @Test
    void whatCannotBeDoneIsSaidAndPeopleAreCalled(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY);
                FakeHttpServer flags = new FakeHttpServer(200, "{\"enabled\": true}");
                FakeHttpServer oncall = new FakeHttpServer(200, "")) {
            configure(checkout, flags, oncall);
            WorkflowRun run = midPhase(
                    jenkins,
                    checkout,
                    "node { autoRollback(CONTRACT) { canaryPromote { sleep 600 } } }",
                    "{traffic: 0}, {command: {run: 'echo no such backup; exit 3'}},"
                            + " {command: {run: 'sleep 600', deadline: 2s}}, {flag: {id: cart, provider: flags}},"
                            + " {flag: {id: basket}}, {traffic: {weight: 0, router: nowhere, deadline: 10s}},"
                            + " {traffic: {weight: 50}}");
            run.doStop();
            // nothing holds the others up: the second command would take longer than this test may
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            // the traffic is back whatever became of the rest
            assertThat(checkout.isStill()).isTrue();
            LedgerEntry entry = ReleaseGuardService.get()
                    .ledger("checkout")
                    .history()
                    .entries()
                    .get(0);
            assertThat(entry.verdict()).isEqualTo(ReleaseOutcome.ROLLED_BACK);
            assertThat(entry.confirmed()).isTrue();
            List<String> errors = journal(run).stream()
                    .filter(event ->
                            event instanceof Event.Done done && done.key().startsWith("action-"))
                    .map(event -> ((Event.Done) event).error())
                    .toList();
            assertThat(errors).hasSize(6);
            assertThat(errors.get(0)).contains("ended with 3", "no such backup", "by hand");
            assertThat(errors.get(1)).contains("'command'", "no answer within 2.0 s");
            assertThat(errors.get(2)).contains("'cart' is still on", "by hand");
            assertThat(errors.get(3)).contains("nobody knows where flag 'basket'", "provider");
            assertThat(errors.get(4)).contains("'nowhere'");
            assertThat(errors.get(5)).contains("50", "nothing was shifted");
            jenkins.assertLogContains("NOT DONE by the procedure", run);
            Waits.until("a call", () -> !oncall.heard().isEmpty());
            assertThat(oncall.heard())
                    .extracting(FakeHttpServer.Heard::body)
                    .allMatch(body -> body.contains("ROLLBACK INCOMPLETE"))
                    .anyMatch(body -> body.contains("no such backup"));
        }
    }

    @Test
    void aCommandWithoutAnAgentIsSaid(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY);
                FakeHttpServer oncall = new FakeHttpServer(200, "")) {
            configure(checkout, oncall, oncall);
            String undo = "{traffic: 0}, {command: ./undo.sh}";
            WorkflowRun outside =
                    midPhase(jenkins, checkout, "autoRollback(CONTRACT) { canaryPromote { sleep 600 } }", undo);
            outside.doStop();
            jenkins.waitForCompletion(outside);
            jenkins.assertLogContains("'./undo.sh' needs an agent, and no step of this release stands in one", outside);

            WorkflowRun killed = midPhase(
                    jenkins, checkout, "node { autoRollback(CONTRACT) { canaryPromote { sleep 600 } } }", undo);
            killed.doKill();
            jenkins.waitForCompletion(killed);
            Waits.untilNoReleaseIsOpen();
            assertThat(checkout.isStill()).isTrue();
            assertThat(journal(killed))
                    .filteredOn(event ->
                            event instanceof Event.Done done && done.key().startsWith("action-"))
                    .singleElement()
                    .satisfies(event -> assertThat(((Event.Done) event).error()).contains("the build is gone"));
        }
    }

    @Test
    void aJobAndAFolderThatNobodyElseSees(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            ReleaseGuardConfiguration global = ReleaseGuardConfiguration.get();
            Folder folder = jenkins.createProject(Folder.class, "team");
            ReleaseGuardFolderProperty property = new ReleaseGuardFolderProperty();
            property.setRouters(global.getRouters());
            property.setSources(global.getSources());
            folder.addProperty(property);
            global.setRouters(List.of());
            global.setSources(List.of());
            WorkflowJob undo = folder.createProject(WorkflowJob.class, "undo");
            undo.setDefinition(new CpsFlowDefinition("echo 'undone'", true));
            // whoever isn't logged in sees nothing at all
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.ADMINISTER)
                    .everywhere()
                    .to("root"));
            WorkflowJob job = folder.createProject(WorkflowJob.class, "release");
            job.setDefinition(new CpsFlowDefinition(
                    "canaryPromote(" + PipelineFixture.contract(contract("{traffic: 0}, {job: undo}"))
                            + ") { sleep 600 }",
                    true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            checkout.awaitCanary();
            jenkins.waitForMessage("Sleeping for 10 min", run);
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("rollback confirmed", run);
            jenkins.assertLogNotContains("NOT DONE", run);
            jenkins.assertLogContains("undone", jenkins.assertBuildStatusSuccess(undo.getLastBuild()));
            assertThat(checkout.isStill()).isTrue();
        }
    }

    private static void configure(CheckoutFixture checkout, FakeHttpServer flags, FakeHttpServer oncall) {
        checkout.configure();
        EndpointSetup provider = new EndpointSetup("flags", flags.url());
        provider.setMethods("get, put, post");
        provider.setPaths("**");
        EndpointSetup channel = new EndpointSetup("oncall", oncall.url());
        channel.setMethods("POST");
        ReleaseGuardConfiguration.get().setEndpoints(List.of(provider, channel));
    }

    private static WorkflowRun midPhase(JenkinsRule jenkins, CheckoutFixture checkout, String script, String procedure)
            throws Exception {
        WorkflowRun run = PipelineFixture.start(
                jenkins, script.replace("CONTRACT", PipelineFixture.contract(contract(procedure))));
        checkout.awaitCanary();
        jenkins.waitForMessage("Sleeping for 10 min", run);
        return run;
    }

    private static String contract(String procedure) {
        return CheckoutFixture.CONTRACT
                .replace("bake: 2s", "bake: 10m")
                .replace("maxBake: 4s", "maxBake: 20m")
                .replace("procedure: [{traffic: 0}]", "procedure: [" + procedure + "]\n    notification: [oncall]");
    }

    private static List<Event> journal(WorkflowRun run) throws Exception {
        Path folder = run.getRootDir().toPath().resolve("release-guard");
        try (var releases = Files.list(folder)) {
            Path journal = releases.findFirst().orElseThrow().resolve("journal.jsonl");
            return JournalReader.read(journal).events().stream()
                    .map(Stamped::event)
                    .toList();
        }
    }
}
