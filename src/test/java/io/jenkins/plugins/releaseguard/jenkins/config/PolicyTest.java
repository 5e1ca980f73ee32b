// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.EnvVars;
import hudson.model.EnvironmentContributor;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Result;
import hudson.model.TaskListener;
import hudson.model.User;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import io.jenkins.plugins.releaseguard.jenkins.policy.RequiredCheckSetup;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import java.util.List;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a policy demands, held by the gate of a build. */
@WithJenkins
class PolicyTest {
    private static final String HTTP = "http: {url: \"ADDRESS/health\", status: 200, within: 20s}";

    private JenkinsRule jenkins;
    private int jobs;

    @Test
    void contractsCanTightenButNotDrop(JenkinsRule rule) throws Exception {
        jenkins = rule;
        try (FakeHttpServer listener = new FakeHttpServer(200, "fine")) {
            String http = HTTP.replace("ADDRESS", listener.url());
            ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
            configuration.setAllowedAddresses(listener.url());
            says(jenkins.jenkins, GateStepFixture.contract(http), Result.SUCCESS, "gate: go");

            // the controller demands checks
            PolicySetup policy = new PolicySetup();
            policy.setChecks(List.of(new RequiredCheckSetup("http"), new RequiredCheckSetup("freeze")));
            configuration.setPolicy(policy);
            says(
                    jenkins.jenkins,
                    GateStepFixture.contract(http),
                    Result.FAILURE,
                    "RG-POLICY-CHECK",
                    "freeze",
                    "the controller");
            String freeze = "freeze: {windows: [\"2001-01-01..2001-01-02\"]}";
            says(jenkins.jenkins, GateStepFixture.contract(http, freeze), Result.SUCCESS, "gate: go");
            says(
                    jenkins.jenkins,
                    GateStepFixture.contract(http, freeze).replace("2001-01-02\"]}}", "2001-01-02\"]}}, blocker: no"),
                    Result.FAILURE,
                    "RG-POLICY-CHECK");

            // a folder adds to it, and can't take away
            Folder folder = jenkins.createProject(Folder.class, "team");
            ReleaseGuardFolderProperty property = new ReleaseGuardFolderProperty();
            folder.addProperty(property);
            PolicySetup inner = new PolicySetup();
            inner.setLongestRollback("10s");
            property.setPolicy(inner);
            says(
                    folder,
                    GateStepFixture.contract(http),
                    Result.FAILURE,
                    "RG-POLICY-CHECK",
                    "RG-POLICY-OBJECTIVE",
                    "the folder team");
            says(
                    folder,
                    GateStepFixture.contract(http, freeze).replace("objective: 20s", "objective: 10s"),
                    Result.SUCCESS,
                    "gate: go");
            says(jenkins.jenkins, GateStepFixture.contract(http, freeze), Result.SUCCESS, "gate: go");

            // what can't be read is held against the release
            configuration.setPolicy(null);
            inner.setLongestRollback("soon");
            says(folder, GateStepFixture.contract(http), Result.FAILURE, "policy of the folder team", "no-go");
        }
    }

    @Test
    void protectedEnvironments(JenkinsRule rule) throws Exception {
        jenkins = rule;
        try (FakeHttpServer listener = new FakeHttpServer(200, "fine")) {
            String http = HTTP.replace("ADDRESS", listener.url());
            ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
            configuration.setAllowedAddresses(listener.url());
            PolicySetup policy = new PolicySetup();
            User.getOrCreateByIdOrFullName("dana");
            policy.setEnvironments("prod*");
            policy.setBranches("main, release/*");
            configuration.setPolicy(policy);
            String approved = "approval: {of: [group:managers], count: 1, deadline: 1s}";

            // nobody has to sign
            says(
                    jenkins.jenkins,
                    GateStepFixture.contract(http),
                    Result.FAILURE,
                    "is protected, and nobody but its author has to sign for it");
            // nobody knows the branch, whatever the build says of itself
            Branch.name = null;
            WorkflowJob claims = job(
                    jenkins.jenkins,
                    "withEnv(['BRANCH_NAME=main']) { "
                            + GateStepFixture.step("", GateStepFixture.contract(http, approved)) + " }");
            WorkflowRun unknown = jenkins.assertBuildStatus(
                    Result.FAILURE, claims.scheduleBuild2(0).get());
            jenkins.assertLogContains("nobody knows which branch is released", unknown);
            Branch.name = "feature/x";
            says(
                    jenkins.jenkins,
                    GateStepFixture.contract(http, approved),
                    Result.FAILURE,
                    "the branch feature/x may not release");
            Branch.name = "release/2";
            // the policy is content; only the signature is missing
            says(
                    jenkins.jenkins,
                    GateStepFixture.contract(http, approved),
                    Result.FAILURE,
                    "the deadline of 1s passed");
            String lapsing = approved.replace("1s}", "1s, otherwise: conditional}");
            says(
                    jenkins.jenkins,
                    GateStepFixture.contract(http, lapsing),
                    Result.FAILURE,
                    "is protected, and nobody but its author has to sign for it");
            // not protected
            Branch.name = "feature/x";
            WorkflowJob staging = job(
                    jenkins.jenkins, GateStepFixture.step("environment: 'staging', ", GateStepFixture.contract(http)));
            jenkins.assertLogContains(
                    "gate: go",
                    jenkins.assertBuildStatusSuccess(staging.scheduleBuild2(0).get()));

            // how many, and who, for an environment that the contract need not describe
            Branch.name = "main";
            policy.setApprovals(2);
            policy.setApprovers("group:managers");
            says(jenkins.jenkins, GateStepFixture.contract(http, approved), Result.FAILURE, "RG-POLICY-APPROVAL");
            WorkflowJob unnamed = job(
                    jenkins.jenkins,
                    GateStepFixture.step("environment: 'prod-2', ", GateStepFixture.contract(http, approved)));
            jenkins.assertLogContains(
                    "RG-POLICY-APPROVAL",
                    jenkins.assertBuildStatus(
                            Result.FAILURE, unnamed.scheduleBuild2(0).get()));
            says(
                    jenkins.jenkins,
                    GateStepFixture.contract(
                            http,
                            approved.replace("count: 1", "count: 2")
                                    .replace("[group:managers]", "[group:managers, bob]")),
                    Result.FAILURE,
                    "RG-POLICY-APPROVAL");
            says(
                    jenkins.jenkins,
                    GateStepFixture.contract(http, approved.replace("count: 1", "count: 2")),
                    Result.FAILURE,
                    "the deadline of 1s passed");
        }
    }

    @Test
    void freezeWindowsHoldForContractsThatSayNothing(JenkinsRule rule) throws Exception {
        jenkins = rule;
        try (FakeHttpServer listener = new FakeHttpServer(200, "fine")) {
            String http = HTTP.replace("ADDRESS", listener.url());
            ReleaseGuardConfiguration configuration = ReleaseGuardConfiguration.get();
            configuration.setAllowedAddresses(listener.url());
            configuration.setFreezes(List.of(new FreezeSetup("2001-01-01..2001-01-02")));
            says(jenkins.jenkins, GateStepFixture.contract(http), Result.SUCCESS, "gate: go");
            FreezeSetup open = new FreezeSetup("2001-01-01..2100-01-01");
            open.setReason("the whole century");
            open.setExceptions("security");
            configuration.setFreezes(List.of(open));
            says(jenkins.jenkins, GateStepFixture.contract(http), Result.FAILURE, "frozen until", "the whole century");
            // neither a should-have nor a waiver nor an exception of the contract's own making opens it
            String claims =
                    "freeze: {windows: [\"2001-01-01..2001-01-02\"], exceptions: [friday], exception: friday, reason: beer}";
            says(jenkins.jenkins, GateStepFixture.contract(http, claims), Result.FAILURE, "frozen until");
            says(
                    jenkins.jenkins,
                    GateStepFixture.contract(http, claims).replace("reason: beer}}", "reason: beer}}, blocker: no"),
                    Result.FAILURE,
                    "policy",
                    "frozen until");
            String security = claims.replace("friday, reason: beer", "security, reason: CVE-2026-1");
            says(jenkins.jenkins, GateStepFixture.contract(http, security), Result.SUCCESS, "gate: go");
            says(
                    jenkins.jenkins,
                    GateStepFixture.contract(http, security).replace("CVE-2026-1}}", "CVE-2026-1}}, blocker: no"),
                    Result.SUCCESS,
                    "gate: go");
            configuration.setFreezes(List.of(new FreezeSetup("Christmas")));
            says(jenkins.jenkins, GateStepFixture.contract(http), Result.FAILURE, "Christmas", "can't be read");
        }
    }

    private void says(ModifiableTopLevelItemGroup where, String contract, Result result, String... lines)
            throws Exception {
        WorkflowRun run = jenkins.assertBuildStatus(
                result,
                job(where, GateStepFixture.step("", contract)).scheduleBuild2(0).get());
        for (String line : lines) {
            jenkins.assertLogContains(line, run);
        }
    }

    private WorkflowJob job(ModifiableTopLevelItemGroup where, String script) throws Exception {
        GateStepFixture.letEverybodyRelease("checkout");
        String name = "job-" + ++jobs;
        WorkflowJob job = where instanceof Folder folder
                ? folder.createProject(WorkflowJob.class, name)
                : jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(script, true));
        assertThat((ItemGroup<?>) job.getParent()).isSameAs(where);
        return job;
    }

    /** Says which branch a job is for, as multibranch projects do. */
    @TestExtension
    public static final class Branch extends EnvironmentContributor {
        static volatile String name;

        @Override
        @SuppressWarnings("rawtypes")
        public void buildEnvironmentFor(Job job, EnvVars environment, TaskListener listener) {
            if (name != null) {
                environment.put("BRANCH_NAME", name);
            }
        }
    }
}
