// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.releaseguard.contract.schema.ContractSchema;
import io.jenkins.plugins.releaseguard.jenkins.catalog.ReleaseCatalog;
import io.jenkins.plugins.releaseguard.jenkins.policy.RequiredCheckSetup;
import io.jenkins.plugins.releaseguard.jenkins.step.ReleaseGateStep;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A check, an action, a router, a metric source and a channel of another plugin, {@code org.example.releaseguard}: packed as a
 * plugin of its own, loaded by Jenkins with a class loader of its own, set up as code, and used by one contract.
 */
class ExtendingTest {
    @RegisterExtension
    final RealJenkinsExtension controller = new RealJenkinsExtension()
            .withTimeout(600)
            .addSyntheticPlugin(new RealJenkinsExtension.SyntheticPlugin("org.example.releaseguard")
                    .shortName("release-guard-example")
                    .header("Plugin-Dependencies", "release-guard:0"));

    private static final String CONFIGURATION = """
            unclassified:
              releaseGuard:
                endpoints: [{id: statuspage, url: "STATUSPAGE", methods: "GET, POST", paths: "*/open, announcements"}]
                routers: [{weightFile: {id: edge, folder: "FOLDER"}}]
                sources: [{accessLog: {id: log, folder: "FOLDER"}}]
                channels: [{logbook: {id: book, book: "FOLDER/logbook.txt"}}]
            """;

    private static final String CONTRACT = """
            apiVersion: release-guard/v1
            release: {service: shop, version: "2", commit: abc, owner: team, author: dana, scope: Carts, includes: [EPIC-07], rollback: {objective: 20s}}
            metrics:
              - {id: MON-001, name: error rate, kind: rate, source: log, errors: "status >= 500", total: all, worse: higher, allow: 300%}
            rollout: {phases: [50, 100], bake: 2s, maxBake: 4s, undecided: proceed, router: edge, interval: 1s, noData: 15s, after: 2s}
            entries:
              - {id: DEP-001, type: Environment, stage: Pre-deploy, title: Production, name: production, purpose: users, url: "https://example.com", infrastructure: vm, code: infra, data: production, refresh: never, configuration: {A: b}, access: {deploy: [ops], read: [ops], admin: [ops]}, owner: team}
              - {id: DEP-002, type: Criteria, stage: Pre-deploy, title: Calm, requirement: No open incidents, verify: {incidents: statuspage}, blocker: yes, owner: team, linkedIds: [EPIC-07]}
              - {id: DEP-003, type: Rollback, stage: Post-deploy, title: Error rate, trigger: too many errors, metric: MON-001, threshold: ">15% of requests for 2 seconds", procedure: [{traffic: 0}, {announce: statuspage}, {notify: [book]}], database: none, cache: none, notification: [book], owner: team}
              - {id: DEP-004, type: Validation, stage: Post-deploy, title: Still calm, check: No open incidents, method: Automated, verify: {incidents: statuspage}, successCriteria: none open, escalation: DEP-003, owner: team}
            """;

    @TempDir
    Path folder;

    @Test
    void oneOfEachIsUsedByAContract() throws Throwable {
        try (FakeHttpServer statuspage = new FakeHttpServer(200, "0");
                Proxy proxy = new Proxy(folder)) {
            controller.startJenkins();
            String configuration =
                    CONFIGURATION.replace("STATUSPAGE", statuspage.url()).replace("FOLDER", folder.toString());
            String end = controller.runRemotely(ExtendingTest::release, configuration, CONTRACT);
            assertThat(end).isEqualTo("FAILURE");
            assertThat(Files.readString(folder.resolve("weight"))).isEqualTo("0.0");
            assertThat(statuspage.heard())
                    .extracting(heard -> heard.method() + " " + heard.path())
                    .contains("GET /shop/open", "POST /announcements");
            assertThat(Files.readString(folder.resolve("logbook.txt"))).contains("shop 2 in production", "DEP-003");
        }
    }

    private static String release(JenkinsRule jenkins, String configuration, String contract) throws Throwable {
        try {
            ConfigurationAsCode.get()
                    .configureWith(
                            YamlSource.of(new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8))));
        } catch (ConfiguratorException e) {
            // it can't be sent to the test's own process
            throw new AssertionError(e.toString());
        }
        // one declaration: the reader and lint by the run below, the schema and the drop-down of policies here
        assertThat(ContractSchema.json(ReleaseCatalog.get().specs()))
                .contains("\"incidents\"", "incidents that are still open", "\"announce\"");
        assertThat(new RequiredCheckSetup.DescriptorImpl().doFillKindItems(null))
                .extracting(option -> option.value)
                .contains("incidents", "tests");
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            assertThat(client.goTo("descriptor/" + ReleaseGateStep.class.getName() + "/help/contractText")
                            .asNormalizedText())
                    .contains("incidents (check): The service has no open incidents.", "announce (action)", "traffic");
        }
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            // its form is one of those on the system's page, with what was set up as code
            assertThat(client.goTo("manage/configure").asXml())
                    .contains("Weight file", "Access log", "Logbook", "logbook.txt");
        }
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "shop");
        job.setDefinition(new CpsFlowDefinition(
                "releaseGate(" + PipelineFixture.contract(contract) + ")\nautoRollback("
                        + PipelineFixture.contract(contract) + ") { canaryPromote { echo 'looked at' } }",
                true));
        WorkflowRun run = job.scheduleBuild2(0).get();
        String log = JenkinsRule.getLog(run);
        assertThat(log).contains("gate: go", "rollback confirmed");
        assertThat(log).doesNotContain("NOT DONE");
        return run.getResult() == null
                ? Result.NOT_BUILT.toString()
                : run.getResult().toString();
    }

    /** The proxy that the other plugin's router steers: half of the canary's requests fail once it has any. */
    private static final class Proxy implements AutoCloseable {
        private final Path folder;
        private final ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
        private int count;

        Proxy(Path folder) throws IOException {
            this.folder = folder;
            Files.writeString(folder.resolve("weight"), "0.0");
            Files.writeString(folder.resolve("access.log"), "");
            traffic.scheduleAtFixedRate(this::requests, 0, 100, TimeUnit.MILLISECONDS);
        }

        private void requests() {
            try {
                double weight = Double.parseDouble(Files.readString(folder.resolve("weight")));
                StringBuilder lines = new StringBuilder();
                for (int i = 0; i < 20; i++) {
                    boolean canary = count++ % 100 < weight;
                    lines.append(Instant.now())
                            .append(canary ? " canary " : " baseline ")
                            .append(canary && count % 2 == 0 ? 500 : 200)
                            .append('\n');
                }
                Files.writeString(folder.resolve("access.log"), lines, StandardOpenOption.APPEND);
            } catch (IOException | NumberFormatException e) {
                // the weight is in the writing: these requests find no proxy
            }
        }

        @Override
        public void close() {
            traffic.shutdownNow();
        }
    }

    /** What {@code docs/extending.md} shows is what was run above, and all of it. */
    @Test
    void thePageShowsTheCodeThatRuns() throws IOException {
        String page = Files.readString(Path.of("docs/extending.md"));
        Map<String, String> shown = new TreeMap<>();
        Pattern.compile(
                        "(?ms)^```(?:java|xml)\\n(?:// |<!-- )(\\w+(?:/config)?\\.(?:java|jelly))(?: -->)?\\n(.*?)\\n```$")
                .matcher(page)
                .results()
                .forEach(block -> shown.put(block.group(1), block.group(2)));
        Path code = Path.of("src/test/java/org/example/releaseguard");
        try (Stream<Path> files = Files.list(code)) {
            for (Path file : files.filter(f -> !f.endsWith("package-info.java")).toList()) {
                String source = Files.readString(file);
                assertThat(shown.remove(file.getFileName().toString()))
                        .as(file.toString())
                        .isEqualTo(source.substring(source.indexOf("package ")).strip());
            }
        }
        Path form = Path.of("src/test/resources/org/example/releaseguard");
        assertThat(shown.remove("WeightFileRouter/config.jelly"))
                .isEqualTo(Files.readString(form.resolve("WeightFileRouter/config.jelly"))
                        .strip());
        assertThat(shown).isEmpty();
        assertThat(page).contains("```yaml\n" + CONFIGURATION + "```", "```yaml\n" + CONTRACT + "```");
    }
}
