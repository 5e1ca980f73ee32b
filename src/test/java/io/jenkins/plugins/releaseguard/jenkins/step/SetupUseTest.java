// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.EndpointSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.RouterSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.WebhookSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** C7: what is set up is set up for environments and jobs, and a release's own word for its environment opens nothing. */
@WithJenkins
class SetupUseTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private JenkinsRule jenkins;

    @BeforeEach
    void rule(JenkinsRule rule) {
        jenkins = rule;
    }

    @AfterEach
    void settle() {
        GateStepFixture.settle();
    }

    @Test
    void productionsRouterMovesForNoSandbox() throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            router().setEnvironments("prod*");
            for (String step : List.of(
                    "canaryPromote(environment: 'sandbox', CONTRACT) { }",
                    "autoRollback(environment: 'sandbox', CONTRACT) { canaryPromote() { } }")) {
                WorkflowRun refused = build(step, CheckoutFixture.CONTRACT, Result.FAILURE);
                jenkins.assertLogContains(
                        "release.yaml:13:3: error: The router 'proxy' of the controller is set up for prod*, and this release is to"
                                + " sandbox [RG-SETUP-USE]",
                        refused);
                jenkins.assertLogContains("nothing was begun", refused);
                assertThat(checkout.share()).isZero();
            }
            build("canaryPromote(CONTRACT) { }", CheckoutFixture.CONTRACT, Result.SUCCESS);
            assertThat(checkout.share()).isEqualTo(100);
        }
    }

    @Test
    void theGateSaysItToo() throws Exception {
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        String contract = GateStepFixture.contract("freeze: {windows: [\"2001-01-01..2001-01-02\"]}");
        HaproxySetup router = new HaproxySetup("proxy", "127.0.0.1:1", "b", "canary", "");
        PrometheusSetup source = new PrometheusSetup("prom", "http://127.0.0.1:1");
        WebhookSetup channel = new WebhookSetup("oncall", "none");
        configuration.setRouters(List.of(router));
        configuration.setSources(List.of(source));
        configuration.setChannels(List.of(channel));
        jenkins.assertLogContains("gate: go", gate(contract, Result.SUCCESS));
        router.setEnvironments("staging, prod-*");
        jenkins.assertLogContains(
                "The router 'proxy' of the controller is set up for staging, prod-*", gate(contract, Result.FAILURE));
        router.setEnvironments("staging\nproduction");
        source.setEnvironments("staging");
        jenkins.assertLogContains("The metric source 'prom'", gate(contract, Result.FAILURE));
        source.setEnvironments(null);
        channel.setJobs("shop/*");
        jenkins.assertLogContains(
                "The channel 'oncall' of the controller is set up for the jobs shop/*, and this release is of releases/test",
                gate(contract, Result.FAILURE));
        channel.setJobs("shop/*, releases/*");
        jenkins.assertLogContains("gate: go", gate(contract, Result.SUCCESS));
    }

    /** An endpoint may be a check's, an action's, a flag's provider or a channel. */
    @Test
    void everythingThatAContractNamesIsAsked() throws Exception {
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        EndpointSetup endpoint = new EndpointSetup("tracker", "http://127.0.0.1:1");
        endpoint.setEnvironments("staging");
        endpoint.setMethods("GET, PUT, POST");
        endpoint.setPaths("**");
        HaproxySetup edge = new HaproxySetup("edge", "127.0.0.1:1", "b", "canary", "");
        edge.setEnvironments("staging");
        configuration.setEndpoints(List.of(endpoint));
        configuration.setRouters(List.of(edge));
        String good = GateStepFixture.contract("freeze: {windows: [\"2001-01-01..2001-01-02\"]}");
        String only = "The endpoint 'tracker' of the controller is set up for staging";
        for (String procedure : List.of(
                "{http: {endpoint: tracker, path: purge}}",
                "{flag: {id: cart, provider: tracker}}",
                "{notify: [tracker]}")) {
            jenkins.assertLogContains(
                    only, gate(good.replace("{traffic: 0}", "{traffic: 0}, " + procedure), Result.FAILURE));
        }
        jenkins.assertLogContains(
                "The router 'edge'",
                gate(
                        good.replace("{traffic: 0}", "{traffic: 0}, {traffic: {weight: 0, router: edge}}"),
                        Result.FAILURE));
        jenkins.assertLogContains(
                only,
                gate(
                        good.replace("http: {url: \"https://example.com/health\"", "http: {endpoint: tracker"),
                        Result.FAILURE));
        jenkins.assertLogContains(only, gate(good.replace("[oncall]", "[tracker]"), Result.FAILURE));
    }

    /** H13: whoever may write a contract could call any path by any method with an endpoint's credentials. */
    @Test
    void anEndpointIsCalledAsItIsSetUp() throws Exception {
        try (FakeHttpServer server = new FakeHttpServer(200, "fine")) {
            EndpointSetup endpoint = new EndpointSetup("tracker", server.url());
            ReleaseGuardConfiguration.get().setEndpoints(List.of(endpoint));
            String good = GateStepFixture.contract("http: {endpoint: tracker, path: issues/1, status: 200}");
            jenkins.assertLogContains("gate: go", gate(good, Result.SUCCESS));
            assertThat(server.heard()).hasSize(1);
            WorkflowRun posts = gate(good.replace("path: issues/1", "path: issues/1, method: POST"), Result.FAILURE);
            jenkins.assertLogContains(
                    "The endpoint 'tracker' of the controller is set up for GET, HEAD, and this is POST [RG-SETUP-CALL]",
                    posts);
            jenkins.assertLogContains("release.yaml:17:", posts);
            String purges = "The endpoint 'tracker' of the controller is set up ";
            for (String action : List.of(
                    "{http: {endpoint: tracker, path: purge}}",
                    "{flag: {id: cart, provider: tracker}}",
                    "{notify: [tracker]}")) {
                jenkins.assertLogContains(
                        purges + "for GET, HEAD, and this is P",
                        gate(good.replace("{traffic: 0}", "{traffic: 0}, " + action), Result.FAILURE));
            }
            jenkins.assertLogContains(
                    purges + "for GET, HEAD, and this is POST",
                    gate(good.replace("[oncall]", "[tracker]"), Result.FAILURE));
            endpoint.setPaths("issues/*/status");
            int before = server.heard().size();
            jenkins.assertLogContains(
                    purges + "for the paths issues/*/status, and this is 'issues/1'", gate(good, Result.FAILURE));
            assertThat(server.heard()).as("nor is it called").hasSize(before);
            endpoint.setPaths("issues/*, purge");
            endpoint.setMethods("GET, POST");
            jenkins.assertLogContains(
                    "gate: go",
                    gate(
                            good.replace("{traffic: 0}", "{traffic: 0}, {http: {endpoint: tracker, path: /purge}}"),
                            Result.SUCCESS));
        }
    }

    /** H13: a procedure's job is asked for before anything moves. */
    @Test
    void aJobThatMayNotBeStartedIsToldByTheGate() throws Exception {
        Folder operations = jenkins.createProject(Folder.class, "operations");
        operations.createProject(WorkflowJob.class, "wipe");
        String contract = GateStepFixture.contract("freeze: {windows: [\"2001-01-01..2001-01-02\"]}")
                .replace("{traffic: 0}", "{traffic: 0}, {job: operations/wipe}");
        WorkflowRun refused = gate(contract, Result.FAILURE);
        jenkins.assertLogContains("this release may not start the job 'operations/wipe'", refused);
        jenkins.assertLogContains("[RG-SETUP-JOB]", refused);
        jenkins.assertLogContains("release.yaml:18:", refused);
        ReleaseGuardConfiguration.get().setProcedureJobs("operations/*");
        jenkins.assertLogContains("gate: go", gate(contract, Result.SUCCESS));
        jenkins.assertLogContains(
                "there is no job 'operations/gone' that this release may see",
                gate(contract.replace("operations/wipe", "operations/gone"), Result.FAILURE));
    }

    /** A policy's environments are what its routers may serve, not what a pipeline calls them. */
    @Test
    void anotherNameIsNoWayAroundAPolicy() throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            PolicySetup policy = new PolicySetup();
            policy.setEnvironments("prod*");
            ReleaseGuardConfiguration.get().setPolicy(policy);
            String sandbox = "canaryPromote(environment: 'sandbox', CONTRACT) { }";
            jenkins.assertLogContains(
                    "sandbox is protected under the policy of the controller: the router 'proxy' is set up for any environment,"
                            + " and the policy protects prod*",
                    build(sandbox, CheckoutFixture.CONTRACT, Result.FAILURE));
            router().setEnvironments("sand*, production");
            WorkflowRun gate = build(
                    "releaseGate(environment: 'sandbox', CONTRACT)",
                    GateStepFixture.contract("freeze: {windows: [\"2001-01-01..2001-01-02\"]}"),
                    Result.FAILURE);
            jenkins.assertLogContains(
                    "sandbox is protected, and nobody but its author has to sign for it: the router 'proxy' is set up for sand*,"
                            + " production",
                    gate);
            assertThat(checkout.share()).isZero();
            // nor is the same backend under another id, or in a folder of the team's own
            router().setEnvironments("sand*");
            HaproxySetup same = new HaproxySetup("theirs", checkout.haproxyAddress(), "checkout", "canary*", "");
            same.setEnvironments("prod");
            ReleaseGuardConfiguration.get().setRouters(List.of(router(), same));
            jenkins.assertLogContains(
                    "the router 'proxy' is set up as 'theirs' of the controller for prod, and the policy protects prod*",
                    build(sandbox, CheckoutFixture.CONTRACT, Result.FAILURE));
            assertThat(checkout.share()).isZero();
            ReleaseGuardConfiguration.get().setRouters(List.of(router()));
            build(sandbox, CheckoutFixture.CONTRACT, Result.SUCCESS);
            assertThat(checkout.share()).isEqualTo(100);
        }
    }

    /** What production has set up in its own folder, and a team beside it as a router of its own. */
    @Test
    void productionsRouterIsMetInWhicheverFolderItIsSetUp() throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            GateStepFixture.letEverybodyRelease("checkout");
            PolicySetup policy = new PolicySetup();
            policy.setEnvironments("prod*");
            ReleaseGuardConfiguration.get().setPolicy(policy);
            router().setEnvironments("sand*");
            String theirs = checkout.haproxyAddress().replace("127.0.0.1", "localhost");
            HaproxySetup production = new HaproxySetup("main", theirs, "checkout", "canary", "");
            production.setEnvironments("prod");
            ReleaseGuardFolderProperty property = new ReleaseGuardFolderProperty();
            property.setRouters(List.of(production));
            jenkins.createProject(Folder.class, "prod").addProperty(property);
            WorkflowJob job =
                    jenkins.createProject(Folder.class, "sandbox").createProject(WorkflowJob.class, "release");
            job.setDefinition(new CpsFlowDefinition(
                    "canaryPromote(environment: 'sandbox', " + PipelineFixture.contract(CheckoutFixture.CONTRACT)
                            + ") { }",
                    true));
            jenkins.assertLogContains(
                    "the router 'proxy' is set up in a folder of others for prod, and the policy protects prod*",
                    jenkins.buildAndAssertStatus(Result.FAILURE, job));
            assertThat(checkout.share()).isZero();
        }
    }

    @Test
    void oneIdForEachEnvironmentItsOwn() throws Exception {
        try (CheckoutFixture sandbox = new CheckoutFixture(Scenario.HEALTHY);
                CheckoutFixture production = new CheckoutFixture(Scenario.HEALTHY)) {
            sandbox.configure();
            RouterSetup theirs =
                    new HaproxySetup("proxy", production.haproxyAddress(), "checkout", "canary", "baseline");
            theirs.setEnvironments("production");
            RouterSetup ours = router();
            ours.setEnvironments("sandbox");
            ReleaseGuardConfiguration.get().setRouters(List.of(theirs, ours));
            build("canaryPromote(environment: 'sandbox', CONTRACT) { }", CheckoutFixture.CONTRACT, Result.SUCCESS);
            assertThat(sandbox.share()).isEqualTo(100);
            assertThat(production.share()).isZero();
            jenkins.assertLogContains(
                    "is set up for production, and this release is to staging; another for sandbox, and this release is to staging",
                    build(
                            "canaryPromote(environment: 'staging', CONTRACT) { }",
                            CheckoutFixture.CONTRACT,
                            Result.FAILURE));
        }
    }

    /** What set-ups are for is asked before anything moves; it never stands in the way back. */
    @Test
    void whatChangesInTheMiddleStrandsNoTraffic() throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowRun run = PipelineFixture.start(
                    jenkins,
                    "canaryPromote(environment: 'sandbox', CONTRACT) { sleep 600 }"
                            .replace(
                                    "CONTRACT",
                                    PipelineFixture.contract(CheckoutFixture.CONTRACT
                                            .replace("bake: 2s", "bake: 10m")
                                            .replace("maxBake: 4s", "maxBake: 20m"))));
            checkout.awaitCanary();
            jenkins.waitForMessage("Sleeping for 10 min", run);
            ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
            router().setEnvironments("production");
            configuration.getSources().get(0).setEnvironments("production");
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("rollback confirmed", run);
            assertThat(checkout.isStill()).isTrue();
        }
    }

    @Test
    void theControllerSaysWhichPlacesMayUseWhatItHas() throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            GateStepFixture.letEverybodyRelease("checkout");
            router().setJobs("shop/*");
            jenkins.assertLogContains(
                    "is set up for the jobs shop/*, and this release is of ",
                    build("canaryPromote(CONTRACT) { }", CheckoutFixture.CONTRACT, Result.FAILURE));
            Folder shop = jenkins.createProject(Folder.class, "shop");
            WorkflowJob job = shop.createProject(WorkflowJob.class, "release");
            job.setDefinition(new CpsFlowDefinition(
                    "canaryPromote(" + PipelineFixture.contract(CheckoutFixture.CONTRACT) + ") { }", true));
            jenkins.buildAndAssertSuccess(job);
            assertThat(checkout.share()).isEqualTo(100);
        }
    }

    private static RouterSetup router() {
        return ReleaseGuardConfiguration.get().getRouters().get(0);
    }

    private WorkflowRun gate(String contract, Result result) throws Exception {
        return build("releaseGate(CONTRACT)", contract, result);
    }

    private WorkflowRun build(String script, String contract, Result result) throws Exception {
        return jenkins.assertBuildStatus(
                result,
                jenkins.waitForCompletion(PipelineFixture.start(
                        jenkins, script.replace("CONTRACT", PipelineFixture.contract(contract)))));
    }
}
