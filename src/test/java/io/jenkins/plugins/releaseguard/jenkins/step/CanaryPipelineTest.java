// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.forecast.HeldForecasts;
import io.jenkins.plugins.releaseguard.jenkins.page.ReleaseReportAction;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.Verification;
import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import io.jenkins.plugins.releaseguard.testing.OrdinaryService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A whole rollout in a Pipeline: promoted, and rolled back. */
@WithJenkins
class CanaryPipelineTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private static final String PIPELINE = """
            def result = autoRollback(CONTRACT) {
                canaryPromote {
                    stage("canary ${env.CANARY_WEIGHT} %") {
                        echo "checks ${env.CANARY_PHASE} for ${env.CANARY_AUDIENCE}, attempt ${env.CANARY_ATTEMPT}"
                    }
                }
            }
            echo "verdict ${result.verdict}, score ${result.score}"
            """.replace("CONTRACT", PipelineFixture.contract(CheckoutFixture.CONTRACT));

    @Test
    void healthyVersionIsPromoted(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowRun run = jenkins.buildAndAssertSuccess(PipelineFixture.job(jenkins, PIPELINE));
            jenkins.assertLogContains("verdict promoted", run);
            jenkins.assertLogContains("checks 20% for public, attempt 1", run);
            jenkins.assertLogContains("checks 100% for public, attempt 1", run);
            assertThat(checkout.share()).isEqualTo(100);
            sealed(run, "promoted");
            assertThat(stages(jenkins, run))
                    .containsExactly("canary 20 % success", "canary 50 % success", "canary 100 % success");
        }
    }

    /** What the looks of an earlier build's release tell of the service is said when the next one begins. */
    @Test
    void theNextBuildSaysWhatToExpect(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowJob job = PipelineFixture.job(jenkins, "echo 'as if it had released'");
            Path record =
                    jenkins.buildAndAssertSuccess(job).getRootDir().toPath().resolve("release-guard/checkout-1");
            JournalFixture.write(Files.createDirectories(record).resolve("journal.jsonl"), past());
            job.setDefinition(new CpsFlowDefinition(PIPELINE, true));

            // a machine that is busy must not change which line is the first
            System.setProperty(HeldForecasts.WAIT, "600");
            try {
                WorkflowRun run = jenkins.buildAndAssertSuccess(job);

                List<String> said = jenkins.getLog(run)
                        .lines()
                        .filter(line -> line.startsWith("[release-guard]"))
                        .toList();
                assertThat(said.get(0))
                        .matches(
                                ".* Expected: (about|likely held: ).* at the present 4\\d requests/s"
                                        + " \\(a forecast of 40 simulated releases from journals of 1 release since 2026-11-02\\)");
                assertThat(said.get(1)).contains("the contract is from");
                assertThat(said).filteredOn(line -> line.contains("Expected: ")).hasSize(1);
                assertThat(journal(run))
                        .filteredOn(event -> event instanceof Event.Noted noted && noted.kind() == NoteKind.EXPECTED)
                        .singleElement()
                        .extracting(event -> ((Event.Noted) event).text())
                        .satisfies(text -> assertThat(said.get(0)).endsWith(text));
            } finally {
                System.clearProperty(HeldForecasts.WAIT);
            }
        }
    }

    /** What a release saw before, as its journal has it. */
    static List<Event> past() {
        OrdinaryService service = new OrdinaryService(1, 42, 0.01, 1, 1);
        List<Event> events = new ArrayList<>(List.of(
                new Event.Opened(
                        "checkout",
                        "1",
                        "",
                        "",
                        "",
                        "",
                        "release.yaml",
                        "",
                        Map.of(),
                        "",
                        "",
                        Map.of(),
                        60,
                        false,
                        List.of(),
                        null,
                        null),
                new Event.PhaseStarted(0, "20%", 20, ""),
                new Event.BakeStarted(0)));
        for (int i = 0; i < 40; i++) {
            Event.Looked look = service.look(0, 0.2, 15, 15 * i);
            Event.Sample s = look.samples().get(0);
            Event.Sample errors = Event.Sample.rate(
                    "MON-001", s.canaryErrors(), s.canaryTotal(), s.baselineErrors(), s.baselineTotal());
            events.add(new Event.Looked(0, look.from(), look.to(), List.of(errors), null));
        }
        events.add(new Event.Ended(ReleaseOutcome.PROMOTED, true, ""));
        return events;
    }

    @Test
    void brokenVersionIsRolledBack(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.BREACH)) {
            checkout.configure();
            WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, PipelineFixture.job(jenkins, PIPELINE));
            jenkins.assertLogContains("BREACH", run);
            jenkins.assertLogContains("rollback confirmed", run);
            jenkins.assertLogNotContains("checks 100%", run);
            assertThat(checkout.isStill()).isTrue();
            sealed(run, "rolled-back");
            assertThat(stages(jenkins, run)).startsWith("canary 20 % success").doesNotContain("canary 100 % success");
        }
    }

    /** Names and states of what Pipeline Graph View draws. */
    private static List<String> stages(JenkinsRule jenkins, WorkflowRun run) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            JSONObject tree =
                    client.getJSON(run.getUrl() + "stages/tree").getJSONObject().getJSONObject("data");
            List<String> drawn = new ArrayList<>();
            for (Object stage : tree.getJSONArray("stages")) {
                drawn.add(((JSONObject) stage).getString("name") + " " + ((JSONObject) stage).getString("state"));
            }
            return drawn;
        }
    }

    private static List<Event> journal(WorkflowRun run) throws Exception {
        Path folder = run.getRootDir().toPath().resolve("release-guard");
        String record = run.getAction(ReleaseReportAction.class).getRecord();
        return JournalReader.read(folder.resolve(record).resolve("journal.jsonl")).events().stream()
                .map(Stamped::event)
                .toList();
    }

    private static void sealed(WorkflowRun run, String verdict) throws Exception {
        assertThat(ReleaseGuardService.get().all()).isEmpty();
        ReleaseReportAction release = run.getAction(ReleaseReportAction.class);
        assertThat(release.getVerdict()).isEqualTo(verdict);
        assertThat(release.getSeal()).matches("[0-9a-f]{64}");
        Verification verification = Verification.verify(
                run.getRootDir().toPath().resolve("release-guard").resolve(release.getRecord()));
        assertThat(verification.intact()).as(verification.message()).isTrue();
        assertThat(ReleaseGuardService.get().ledger("checkout").history().entries())
                .extracting(e -> e.verdict().text())
                .contains(verdict);
    }
}
