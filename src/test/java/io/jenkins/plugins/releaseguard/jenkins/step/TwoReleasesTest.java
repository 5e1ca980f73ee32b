// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.config.HaproxySetup;
import io.jenkins.plugins.releaseguard.jenkins.config.PrometheusSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.page.ReleaseReportAction;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** H11, H14, N1: a release is service and environment, also in one build, and a router has one release at a time. */
@WithJenkins
class TwoReleasesTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private static final String OTHER = CheckoutFixture.CONTRACT.replace("service: checkout", "service: search");

    /** Of another world: its own router and its own metrics. */
    private static final String ELSEWHERE =
            OTHER.replace("router: proxy", "router: other").replace("source: prom", "source: others");

    private static void configure(CheckoutFixture checkout, CheckoutFixture elsewhere) {
        checkout.configure();
        ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
        configuration.setRouters(List.of(
                new HaproxySetup("proxy", checkout.haproxyAddress(), "checkout", "canary", "baseline"),
                new HaproxySetup("other", elsewhere.haproxyAddress(), "checkout", "canary", "baseline")));
        configuration.setSources(List.of(
                new PrometheusSetup("prom", checkout.prometheusUrl()),
                new PrometheusSetup("others", elsewhere.prometheusUrl())));
    }

    private static String step(String head, String contract) {
        return head.replace("CONTRACT", PipelineFixture.contract(contract));
    }

    @Test
    void twoServicesOfABuildHaveTheirOwnVerdicts(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture good = new CheckoutFixture(Scenario.HEALTHY);
                CheckoutFixture bad = new CheckoutFixture(Scenario.BREACH)) {
            configure(good, bad);
            WorkflowRun run = PipelineFixture.start(
                    jenkins,
                    "parallel(checkout: { " + step("canaryPromote(CONTRACT) { }", CheckoutFixture.CONTRACT)
                            + " }, search: { try { "
                            + step("canaryPromote(CONTRACT) { }", ELSEWHERE)
                            + " } catch (e) { echo 'it ended' } })");
            Waits.until("both releases", () -> ReleaseGuardService.get().of(run).size() == 2);
            good.awaitCanary();
            bad.awaitCanary();
            assertThat(ReleaseGuardService.get().of(run))
                    .extracting(OpenRelease::service)
                    .containsExactlyInAnyOrder("checkout", "search");
            ReleaseGuardService.get().of(run).stream()
                    .filter(release -> release.service().equals("search"))
                    .forEach(release -> release.rollBack(BreachCause.OPERATOR, "anna", "another one's matter"));
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
            assertThat(run.getActions(ReleaseReportAction.class))
                    .extracting(action -> action.getService() + " " + action.getVerdict())
                    .containsExactlyInAnyOrder("checkout promoted", "search rolled-back");
        }
    }

    @Test
    void aGateOfOneServiceIsNoneForAnother(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowRun run = PipelineFixture.start(
                    jenkins,
                    step("releaseGate(onNoGo: 'continue', CONTRACT)\n", OTHER)
                            + step("canaryPromote(CONTRACT) { }", CheckoutFixture.CONTRACT));
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
            assertThat(run.getActions(ReleaseReportAction.class))
                    .extracting(ReleaseReportAction::getService)
                    .containsExactly("search", "checkout");
        }
    }

    @Test
    void theSameServiceOfABuildIsOneRelease(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowRun run = PipelineFixture.start(
                    jenkins,
                    step("autoRollback(CONTRACT) { ", CheckoutFixture.CONTRACT)
                            + step("canaryPromote(CONTRACT) { } }", CheckoutFixture.CONTRACT));
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
            assertThat(run.getActions(ReleaseReportAction.class)).hasSize(1);
        }
    }

    @Test
    void aStepInsideAnothersReleaseMayHaveItsOwn(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY);
                CheckoutFixture second = new CheckoutFixture(Scenario.HEALTHY)) {
            configure(checkout, second);
            WorkflowRun run = PipelineFixture.start(
                    jenkins,
                    step("autoRollback(CONTRACT) { ", CheckoutFixture.CONTRACT)
                            + step("canaryPromote(CONTRACT) { } }", ELSEWHERE));
            jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
            assertThat(run.getActions(ReleaseReportAction.class))
                    .extracting(ReleaseReportAction::getService)
                    .containsExactlyInAnyOrder("checkout", "search");
            assertThat(second.share()).isEqualTo(100);
        }
    }

    @Test
    void aRouterHasOneReleaseAtATimeWhateverTheServiceIsCalled(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            // the same router under another id is the same router
            ReleaseGuardConfiguration.get()
                    .setRouters(List.of(
                            new HaproxySetup("proxy", checkout.haproxyAddress(), "checkout", "canary", "baseline"),
                            new HaproxySetup("alias", checkout.haproxyAddress(), "checkout", "canary", "baseline")));
            String held =
                    CheckoutFixture.CONTRACT.replace("bake: 2s", "bake: 10m").replace("maxBake: 4s", "maxBake: 20m");
            WorkflowRun first = PipelineFixture.start(jenkins, step("canaryPromote(CONTRACT) { }", held));
            checkout.awaitCanary();
            // weights are set one after the other
            jenkins.waitForMessage("baking", first);
            double share = checkout.share();
            String alias = OTHER.replace("router: proxy", "router: alias").replace("search", "mail");
            for (String contract : List.of(OTHER, alias)) {
                WorkflowRun refused =
                        PipelineFixture.start(jenkins, step("canaryPromote(busy: 'refuse', CONTRACT) { }", contract));
                jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(refused));
                jenkins.assertLogContains(
                        first.getExternalizableId() + ", which releases checkout to production over the router 'proxy'",
                        refused);
            }
            WorkflowRun patient = PipelineFixture.start(jenkins, step("canaryPromote(CONTRACT) { }", OTHER));
            WorkflowRun impatient = PipelineFixture.start(
                    jenkins, step("canaryPromote(CONTRACT) { }", OTHER.replace("service: search", "service: news")));
            jenkins.waitForMessage("a router has one release at a time", patient);
            jenkins.waitForMessage("a router has one release at a time", impatient);
            assertThat(checkout.share()).as("waiting moves nothing").isEqualTo(share);
            impatient.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(impatient));
            first.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(first));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(patient));
            assertThat(checkout.share()).isEqualTo(100);
        }
    }
}
