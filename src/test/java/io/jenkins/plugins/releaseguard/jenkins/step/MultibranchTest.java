// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeRevisions;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverBranches;
import jenkins.scm.impl.mock.MockSCMDiscoverChangeRequests;
import jenkins.scm.impl.mock.MockSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.jenkinsci.plugins.workflow.test.steps.SemaphoreStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Releases of branches: files of the revision that is built, and what a policy says of branches. */
@WithJenkins
class MultibranchTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private static final String GREEN = "<testsuite name='s'><testcase classname='a' name='b'/></testsuite>";
    private static final String RED =
            "<testsuite name='s'><testcase classname='a' name='b'><failure/></testcase></testsuite>";
    private static final String TESTS = "tests: {results: \"reports/*.xml\"}";

    @Test
    void filesOfTheRevisionNeedNoNode(JenkinsRule jenkins) throws Exception {
        try (MockSCMController scm = MockSCMController.create()) {
            repository(scm, "semaphore 'built'\nreleaseGate()");
            scm.addFile("shop", "master", "contract", "release.yaml", bytes(GateStepFixture.contract(TESTS)));
            scm.addFile("shop", "master", "results", "reports/TEST-a.xml", bytes(GREEN));
            scm.addFile("shop", "master", "no results", "reports/more/TEST-b.xml", bytes(RED));
            WorkflowMultiBranchProject project = project(jenkins, scm);
            WorkflowRun run = branch(jenkins, project, "master").getLastBuild();
            SemaphoreStep.waitForStart("built/1", run);
            // what is committed later is another release's matter
            scm.addFile("shop", "master", "broken", "reports/TEST-a.xml", bytes(RED));
            SemaphoreStep.success("built/1", null);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            jenkins.assertLogContains("gate: go", run);
            assertThat(origins(run)).containsExactly("revision");

            WorkflowRun next = project.getItem("master").scheduleBuild2(0).waitForStart();
            SemaphoreStep.success("built/2", null);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(next));
            jenkins.assertLogContains("DEP-010", next);
            assertThat(origins(next)).containsExactly("revision");
        }
    }

    @Test
    void whatIsInNoPlaceIsUnknown(JenkinsRule jenkins) throws Exception {
        try (MockSCMController scm = MockSCMController.create()) {
            String missing = "tests: {results: \"reports/*.xml\"}";
            String outside = "tests: {results: \"../reports/a.xml\"}";
            repository(scm, GateStepFixture.step("", GateStepFixture.contract(missing, outside)));
            WorkflowRun run = built(jenkins, branch(jenkins, project(jenkins, scm), "master"), Result.FAILURE);
            jenkins.assertLogContains("the revision has none, and there is no workspace here", run);
            jenkins.assertLogContains("'../reports/a.xml' is no path inside the archive", run);
        }
    }

    @Test
    void aChangeThatWaitsForItsReviewIsNoEvidence(JenkinsRule jenkins) throws Exception {
        try (MockSCMController scm = MockSCMController.create()) {
            repository(scm, GateStepFixture.step("", GateStepFixture.contract(TESTS)));
            scm.addFile("shop", "master", "results", "reports/TEST-a.xml", bytes(GREEN));
            int request = scm.openChangeRequest("shop", "master");
            WorkflowMultiBranchProject project = project(jenkins, scm);
            built(jenkins, branch(jenkins, project, "master"), Result.SUCCESS);
            WorkflowRun run = built(jenkins, branch(jenkins, project, "CR-" + request), Result.FAILURE);
            jenkins.assertLogContains("the revision that is built can't be read without a checkout", run);
        }
    }

    @Test
    void onlyTheBranchesOfThePolicyAreReleased(JenkinsRule jenkins) throws Exception {
        User.getOrCreateByIdOrFullName("dana");
        PolicySetup policy = new PolicySetup();
        policy.setEnvironments("prod*");
        policy.setBranches("master, release/*");
        ReleaseGuardConfiguration.get().setPolicy(policy);
        try (MockSCMController scm = MockSCMController.create()) {
            String approval = "approval: {of: [group:managers], count: 1, deadline: 1s}";
            repository(scm, GateStepFixture.step("", GateStepFixture.contract(TESTS, approval)));
            scm.addFile("shop", "master", "results", "reports/TEST-a.xml", bytes(GREEN));
            scm.cloneBranch("shop", "master", "release/2");
            scm.cloneBranch("shop", "master", "feature/x");
            WorkflowMultiBranchProject project = project(jenkins, scm);
            for (String name : List.of("master", "release%2F2")) {
                // nobody has signed, but the branch is one that may
                WorkflowRun run = built(jenkins, branch(jenkins, project, name), Result.FAILURE);
                jenkins.assertLogContains("DEP-011", run);
                // the service is the repository's, not one branch's
                assertThat(JenkinsRule.getLog(run))
                        .doesNotContain("belongs to " + run.getParent().getFullName());
                jenkins.assertLogNotContains("may not release", run);
            }
            assertThat(JenkinsRule.getLog(project.getItem("master").getBuildByNumber(1))
                            + JenkinsRule.getLog(project.getItem("release%2F2").getBuildByNumber(1))
                            + JenkinsRule.getLog(project.getItem("feature%2Fx").getBuildByNumber(1)))
                    .containsOnlyOnce("checkout now belongs to " + project.getFullName() + ", by its first release");
            WorkflowRun feature = built(jenkins, branch(jenkins, project, "feature%2Fx"), Result.FAILURE);
            jenkins.assertLogContains("the branch feature/x may not release", feature);
        }
    }

    private static void repository(MockSCMController scm, String script) throws Exception {
        scm.createRepository("shop");
        scm.addFile("shop", "master", "pipeline", "Jenkinsfile", bytes(script));
    }

    private static WorkflowMultiBranchProject project(JenkinsRule jenkins, MockSCMController scm) throws Exception {
        // what indexing finds is built at once
        jenkins.jenkins.setQuietPeriod(0);
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class);
        project.getSourcesList()
                .add(new BranchSource(new MockSCMSource(
                        scm, "shop", new MockSCMDiscoverBranches(), new MockSCMDiscoverChangeRequests())));
        project.scheduleBuild2(0).getFuture().get();
        return project;
    }

    private static WorkflowJob branch(JenkinsRule jenkins, WorkflowMultiBranchProject project, String name)
            throws Exception {
        WorkflowJob job = project.getItem(name);
        assertThat(job).as("branch %s of %s", name, project.getItems()).isNotNull();
        Waits.until("a build of " + name, () -> job.getLastBuild() != null);
        return job;
    }

    private static WorkflowRun built(JenkinsRule jenkins, WorkflowJob job, Result result) throws Exception {
        return jenkins.assertBuildStatus(result, jenkins.waitForCompletion(job.getBuildByNumber(1)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Where the evidence of the only criterion came from. */
    private static List<String> origins(WorkflowRun run) throws Exception {
        // a build that only asked its gate ends its release with it
        Waits.until(
                "the end of the build's release",
                () -> ReleaseGuardService.get().of(run).isEmpty());
        Path folder = run.getRootDir().toPath().resolve("release-guard");
        try (var releases = Files.list(folder)) {
            Path journal = releases.findFirst().orElseThrow().resolve("journal.jsonl");
            return JournalReader.read(journal).events().stream()
                    .map(Stamped::event)
                    .filter(Event.EvidenceGathered.class::isInstance)
                    .map(Event.EvidenceGathered.class::cast)
                    .filter(evidence -> evidence.entry().equals("DEP-010"))
                    .map(Event.EvidenceGathered::origin)
                    .toList();
        }
    }

    @TestExtension
    public static final class Repository extends FakeRevisions {}
}
