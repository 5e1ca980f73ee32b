// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.ServiceSetup;
import io.jenkins.plugins.releaseguard.jenkins.scope.ServiceLedgers;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** A contract without fault, to which tests add criteria, and the people who speak to its gate. */
public final class GateStepFixture {
    /** What the release's artifact has. */
    public static final String DIGEST = "a".repeat(64);

    private static final String CONTRACT = """
            apiVersion: release-guard/v1
            release:
              service: SERVICE
              version: "2"
              commit: abc
              owner: team
              author: dana
              scope: Saved cards
              includes: [EPIC-07]
              artifacts: [{file: dist/app.tgz, sha256: DIGEST}]
              rollback: {objective: 20s}
            metrics:
              - {id: MON-001, name: error rate, kind: rate, source: prom, errors: "e{track='$track'}[$window]", total: "t{track='$track'}[$window]", worse: higher}
            rollout: {phases: [50, 100], bake: 1s, router: proxy}
            entries:
              - {id: DEP-001, type: Environment, stage: Pre-deploy, title: Production, name: production, purpose: users, url: "https://example.com", infrastructure: vm, code: infra, data: production, refresh: never, configuration: {A: b}, access: {deploy: [ops], read: [ops], admin: [ops]}, owner: team}
            CRITERIA
              - {id: DEP-003, type: Rollback, stage: Post-deploy, title: Errors, trigger: errors, metric: MON-001, threshold: ">5% of requests for 1 minute", procedure: [{traffic: 0}], database: none, cache: none, notification: [oncall], owner: team}
              - {id: DEP-004, type: Validation, stage: Post-deploy, title: Smoke, check: answers, method: Automated, verify: {http: {url: "https://example.com/health", status: 200}}, successCriteria: answers, escalation: DEP-003, owner: team}
            """;

    private GateStepFixture() {}

    /** A contract whose criteria have these checks, as {@code http: {…}}; ids count from DEP-010. */
    public static String contractOf(String service, String digest, String... checks) {
        StringBuilder criteria = new StringBuilder();
        for (int i = 0; i < checks.length; i++) {
            criteria.append("  - {id: DEP-0")
                    .append(10 + i)
                    .append(
                            ", type: Criteria, stage: Pre-deploy, title: Held, category: functional, requirement: held, verify: {")
                    .append(checks[i])
                    .append("}, owner: team, linkedIds: [EPIC-07]}\n");
        }
        return contractOf(service, digest, criteria);
    }

    private static String contractOf(String service, String digest, CharSequence criteria) {
        return CONTRACT.replace("SERVICE", service).replace("DIGEST", digest).replace("CRITERIA\n", criteria);
    }

    /** A contract with criteria of the test's own, each a whole entry as {@code {id: …}}. */
    public static String contractWith(String... criteria) {
        StringBuilder entries = new StringBuilder();
        for (String entry : criteria) {
            entries.append("  - ").append(entry).append('\n');
        }
        return contractOf("checkout", DIGEST, entries);
    }

    public static String contract(String... checks) {
        return contractOf("checkout", DIGEST, checks);
    }

    /** Jobs of several places release a service: without this it belongs to the first of them. */
    public static void letEverybodyRelease(String service) {
        ServiceSetup setup = new ServiceSetup(service);
        setup.setOwner(ServiceSetup.EVERYBODY);
        ReleaseGuardConfiguration.get().setServices(List.of(setup));
    }

    /** The step with this contract; {@code options} end in a comma. */
    public static String step(String options, String contract) {
        return "releaseGate(" + options + PipelineFixture.contract(contract) + ")";
    }

    /** What the release's endpoint answers to a person; null for nobody. */
    public static int post(JenkinsRule jenkins, WorkflowRun run, String user, String what, String... parameters)
            throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            client.getOptions().setRedirectEnabled(false);
            client.getOptions().setJavaScriptEnabled(false);
            // otherwise a refusal of nobody in particular is answered by the login page
            client.setRefreshHandler((page, url, seconds) -> {});
            if (user != null) {
                client.withBasicCredentials(user, user);
            }
            WebRequest request = new WebRequest(
                    new URL(jenkins.getURL(), run.getUrl() + "release-guard/" + id(run) + "/" + what), HttpMethod.POST);
            List<NameValuePair> values = new ArrayList<>();
            for (int i = 0; i < parameters.length; i += 2) {
                values.add(new NameValuePair(parameters[i], parameters[i + 1]));
            }
            request.setRequestParameters(values);
            client.addCrumb(request);
            WebResponse response = client.getPage(request).getWebResponse();
            // the answer leads back to the page
            return response.getStatusCode() == 302 ? 200 : response.getStatusCode();
        }
    }

    /** Overrides what the gate holds against the release now. */
    public static int override(JenkinsRule jenkins, WorkflowRun run, String user, String reason) throws Exception {
        return post(jenkins, run, user, "override", "reason", reason, "shown", shown(run));
    }

    /** What the button of the page sends. */
    public static String shown(WorkflowRun run) throws IOException {
        return String.join(",", findings(run, "against.json"));
    }

    /** The ids of what a file of the open release's record lists: {@code against.json}, {@code waivable.json}. */
    public static List<String> findings(WorkflowRun run, String name) throws IOException {
        Path file = ServiceLedgers.root().resolve("open").resolve(id(run)).resolve(name);
        List<String> ids = new ArrayList<>();
        if (Files.exists(file)) {
            new ObjectMapper()
                    .readTree(file.toFile())
                    .get("findings")
                    .forEach(one -> ids.add(GateOverride.id(
                            one.isTextual() ? one.asText() : one.get("finding").asText())));
        }
        return ids;
    }

    /** Ends what a test that failed left open, and waits until all is archived: nothing may write when Jenkins goes down. */
    public static void settle() {
        ReleaseGuardService.get().all().stream()
                .filter(release -> release.outcome() == null)
                .forEach(release -> release.rollBack(BreachCause.ABORT, "test", "the test is over"));
        Waits.untilNoReleaseIsOpen();
    }

    public static int sign(JenkinsRule jenkins, WorkflowRun run, String user, String entry, String digest)
            throws Exception {
        return post(jenkins, run, user, "signOff", "entry", entry, "digest", digest, "approve", "true");
    }

    /** The release's id, of one that goes on or that has ended. */
    private static String id(WorkflowRun run) throws IOException {
        var open = ReleaseGuardService.get().of(run);
        if (!open.isEmpty()) {
            return open.get(0).id();
        }
        try (var ended = Files.list(run.getRootDir().toPath().resolve("release-guard"))) {
            return ended.findFirst().orElseThrow().getFileName().toString();
        }
    }
}
