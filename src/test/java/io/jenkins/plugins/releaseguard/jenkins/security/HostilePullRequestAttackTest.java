// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.User;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeRevisions;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import java.nio.charset.StandardCharsets;
import jenkins.branch.BranchSource;
import jenkins.scm.impl.mock.MockChangeRequestFlags;
import jenkins.scm.impl.mock.MockRepositoryFlags;
import jenkins.scm.impl.mock.MockSCMController;
import jenkins.scm.impl.mock.MockSCMDiscoverBranches;
import jenkins.scm.impl.mock.MockSCMDiscoverChangeRequests;
import jenkins.scm.impl.mock.MockSCMSource;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A stranger's pull request from a fork, with a contract of its own; {@link ForeignContractTest} has more of the kind. */
@WithJenkins
class HostilePullRequestAttackTest {
    private static final String TESTS = "tests: {results: \"reports/*.xml\"}";

    @Test
    void itsContractCountsForNothing(JenkinsRule jenkins) throws Exception {
        // what indexing finds is built at once
        jenkins.jenkins.setQuietPeriod(0);
        User.getOrCreateByIdOrFullName("dana");
        AttackLog attacks = new AttackLog(jenkins);
        try (MockSCMController scm = MockSCMController.create();
                FakeHttpServer victim = new FakeHttpServer(200, "done")) {
            ReleaseGuardConfiguration.get().setAllowedAddresses(victim.url());
            scm.createRepository("shop", MockRepositoryFlags.TRUST_AWARE, MockRepositoryFlags.FORKABLE);
            add(scm, "master", "Jenkinsfile", "node { checkout scm\nreleaseGate() }");
            String call = "http: {url: \"" + victim.url() + "/delete\", status: 200}";
            change(scm, "release.yaml", GateStepFixture.contract(call));
            WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class, "shop");
            project.getSourcesList()
                    .add(new BranchSource(new MockSCMSource(
                            scm, "shop", new MockSCMDiscoverBranches(), new MockSCMDiscoverChangeRequests())));
            project.scheduleBuild2(0).getFuture().get();
            WorkflowRun first = finished(jenkins, project, 1);
            attacks.refused(
                    "a contract where the repository has none, to call an allowed address", first, "is not trusted");

            add(scm, "master", "release.yaml", GateStepFixture.contract(TESTS));
            project.scheduleBuild2(0).getFuture().get();
            jenkins.waitUntilNoActivity();
            WorkflowJob job = project.getItem("CR-1");
            WorkflowRun second = jenkins.waitForCompletion(job.scheduleBuild2(0).waitForStart());
            attacks.refused("another contract than the repository's", second, "is not trusted");
            attacks.refused("what the trusted contract then says", second, "not green: DEP-010");
            assertThat(victim.heard()).as("calls for a stranger").isEmpty();
        }
        SecurityPage.holds(HostilePullRequestAttackTest.class, attacks.table());
    }

    @AfterEach
    void settle() {
        GateStepFixture.settle();
    }

    private static void change(MockSCMController scm, String path, String text) throws Exception {
        int number =
                scm.openChangeRequest("shop", "master", MockChangeRequestFlags.FORK, MockChangeRequestFlags.UNTRUSTED);
        add(scm, "change-request/" + number, path, text);
    }

    private static void add(MockSCMController scm, String branch, String path, String text) throws Exception {
        scm.addFile("shop", branch, "a file", path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static WorkflowRun finished(JenkinsRule jenkins, WorkflowMultiBranchProject project, int number)
            throws Exception {
        WorkflowJob job = project.getItem("CR-1");
        Waits.until("a build of the change", () -> job.getBuildByNumber(number) != null);
        return jenkins.waitForCompletion(job.getBuildByNumber(number));
    }

    @TestExtension
    public static final class Repository extends FakeRevisions {}
}
