// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.ExtensionList;
import hudson.model.Result;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.policy.PolicySetup;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeHttpServer;
import io.jenkins.plugins.releaseguard.jenkins.testing.FakeRevisions;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import io.jenkins.plugins.releaseguard.journal.ContractSource;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.Verification;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jenkins.branch.BranchSource;
import jenkins.scm.api.SCMFileSystem;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSource;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** H13: the contract of a change that isn't trusted is the trusted revision's, and where any contract came from is on record. */
@WithJenkins
class ForeignContractTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private static final String TESTS = "tests: {results: \"reports/*.xml\"}";
    private static final String GREEN = "<testsuite name='s'><testcase classname='a' name='b'/></testsuite>";
    private static final String IN_NODE = "node { checkout scm\nreleaseGate() }";
    private static final String FOREIGN = "the change CR-1 itself is not trusted";

    /** What a stranger would like to be asked of the controller. */
    private static String hostile(FakeHttpServer victim) {
        return GateStepFixture.contract("http: {url: \"" + victim.url() + "/delete\", status: 200}");
    }

    private static JenkinsRule jenkins;

    /** One controller for all: starting it is what takes time. */
    @BeforeAll
    static void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        // what indexing finds is built at once
        rule.jenkins.setQuietPeriod(0);
    }

    /** Each has repositories of its own that release one service. */
    @BeforeEach
    void configure() {
        ReleaseGuardConfiguration.get().setPolicy(null);
        ReleaseGuardConfiguration.get().setAllowedAddresses("");
        GateStepFixture.letEverybodyRelease("checkout");
    }

    @Test
    void aStrangersContractDoesNotTakeEffect() throws Exception {
        for (String script : List.of(IN_NODE, "releaseGate()", "node { releaseGate() }")) {
            try (MockSCMController scm = MockSCMController.create();
                    FakeHttpServer victim = new FakeHttpServer(200, "done")) {
                ReleaseGuardConfiguration.get().setAllowedAddresses(victim.url());
                repository(scm, script);
                scm.addFile("shop", "master", "results", "reports/TEST-a.xml", bytes(GREEN));
                change(scm, "release.yaml", hostile(victim));
                WorkflowMultiBranchProject project = project(scm);
                WorkflowRun run = build(project, "CR-1");
                jenkins.assertLogContains("the contract is from revision ", run);
                jenkins.assertLogContains(FOREIGN, run);
                assertThat(victim.heard()).as(script).isEmpty();
                assertThat(checks(run)).as(script).containsOnly("tests");
                ContractOrigin origin = origin(run);
                assertThat(origin.trusted()).isTrue();
                assertThat(origin.revision()).contains(scm.getRevision("shop", "master"));
                assertThat(page(run)).contains("Contract read from", "which the repository's source trusts", FOREIGN);
                project.delete();
            }
        }
    }

    @Test
    void norDoesWhatAStrangerHasIncluded() throws Exception {
        try (MockSCMController scm = MockSCMController.create();
                FakeHttpServer victim = new FakeHttpServer(200, "done")) {
            ReleaseGuardConfiguration.get().setAllowedAddresses(victim.url());
            repository(scm, IN_NODE);
            String whole = GateStepFixture.contract(TESTS);
            String included = "apiVersion: release-guard/v1\nentries:\n"
                    + whole.lines()
                            .filter(l -> l.contains("DEP-010"))
                            .findFirst()
                            .orElseThrow() + "\n";
            scm.addFile(
                    "shop",
                    "master",
                    "parts",
                    "release.yaml",
                    bytes("include: [more.yaml]\n" + GateStepFixture.contractWith()));
            scm.addFile("shop", "master", "parts", "more.yaml", bytes(included));
            change(
                    scm,
                    "more.yaml",
                    included.replace(TESTS, "http: {url: \"" + victim.url() + "/delete\", status: 200}"));
            WorkflowRun run = build(project(scm), "CR-1");
            assertThat(victim.heard()).isEmpty();
            assertThat(checks(run)).containsOnly("tests");
            assertThat(origin(run).trusted()).isTrue();
        }
    }

    /** Without a look into the repository there is nothing to go by, and no guess. */
    @Test
    void whatCannotBeReadInTheTrustedRevisionIsRefused() throws Exception {
        try (MockSCMController scm = MockSCMController.create();
                FakeHttpServer victim = new FakeHttpServer(200, "done")) {
            ReleaseGuardConfiguration.get().setAllowedAddresses(victim.url());
            scm.createRepository("shop", MockRepositoryFlags.TRUST_AWARE, MockRepositoryFlags.FORKABLE);
            scm.addFile("shop", "master", "pipeline", "Jenkinsfile", bytes(IN_NODE));
            change(scm, "release.yaml", hostile(victim));
            WorkflowMultiBranchProject project = project(scm);
            WorkflowRun run = build(project, "CR-1");
            jenkins.assertLogContains(
                    "The change CR-1 is not trusted, so that its own release.yaml counts for nothing", run);
            jenkins.assertLogContains("bring the contract to the branch that the change is for first", run);

            ExtensionList<SCMFileSystem.Builder> all = ExtensionList.lookup(SCMFileSystem.Builder.class);
            List<SCMFileSystem.Builder> readers =
                    all.stream().filter(FakeRevisions.class::isInstance).toList();
            assertThat(readers).isNotEmpty();
            readers.forEach(all::remove);
            try {
                scm.addFile("shop", "master", "contract", "release.yaml", bytes(GateStepFixture.contract(TESTS)));
                WorkflowRun blind = again(project, "CR-1");
                jenkins.assertLogContains("counts for nothing", blind);
                assertThat(victim.heard()).isEmpty();
            } finally {
                all.addAll(readers);
            }
        }
    }

    @Test
    void aTextThatThePipelineGivesIsRefusedUnlessItIsTheTrustedOne() throws Exception {
        try (MockSCMController scm = MockSCMController.create()) {
            repository(
                    scm,
                    "node { checkout scm\nreleaseGate(contractText: readFile('release.yaml'), onNoGo: 'continue') }");
            change(scm, "release.yaml", GateStepFixture.contract(TESTS, "artifact: {}"));
            WorkflowMultiBranchProject project = project(scm);
            WorkflowRun foreign = finished(project, "CR-1");
            jenkins.assertBuildStatus(Result.FAILURE, foreign);
            jenkins.assertLogContains("counts only where it is the file release.yaml of revision ", foreign);
            jenkins.assertLogContains("take contractText out and name the file with contract:", foreign);
            assertThat(foreign.getRootDir().toPath().resolve("release-guard")).doesNotExist();
            assertThat(origin(finished(project, "master")).source()).isEqualTo(ContractSource.REVISION);

            scm.addFile(
                    "shop", "change-request/1", "as it was", "release.yaml", bytes(GateStepFixture.contract(TESTS)));
            ContractOrigin same = origin(again(project, "CR-1"));
            assertThat(same.source()).isEqualTo(ContractSource.REVISION);
            assertThat(same.detail()).isEqualTo(FOREIGN);
        }
    }

    /** Whoever ends the look from outside ends the step; only our own limit, or the repository's, lets the release go on. */
    @Test
    void aLookThatIsInterruptedBeginsNothing() throws Exception {
        try (MockSCMController scm = MockSCMController.create()) {
            repository(scm, "node { checkout scm\nreleaseGate(onNoGo: 'continue') }");
            WorkflowMultiBranchProject project = project(scm);
            finished(project, "master");
            Repository.looks = () -> {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            };
            WorkflowRun stopped = again(project, "master");
            jenkins.assertBuildStatus(Result.FAILURE, stopped);
            jenkins.assertLogContains("interrupted while looking where release.yaml is from", stopped);
            assertThat(stopped.getRootDir().toPath().resolve("release-guard")).doesNotExist();

            Repository.looks = () -> {
                // as a client's own time-out is, and nobody has interrupted the thread
                throw new InterruptedIOException("Read timed out");
            };
            WorkflowRun slow = again(project, "master");
            assertThat(origin(slow).detail()).contains("can't be read", "Read timed out");

            Repository.looks = () -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    // many clients wrap it so, and leave the thread as it was
                    Thread.currentThread().interrupt();
                    throw new IOException(e);
                }
            };
            WorkflowRun hung = again(project, "master");
            assertThat(origin(hung).detail()).contains("the repository gave no answer in 20 s");
        } finally {
            Repository.looks = () -> {};
        }
    }

    /** A given text comes trimmed; a file of the workspace has no excuse. */
    @Test
    void aFileOfTheWorkspaceIsComparedByteForByte() throws Exception {
        try (MockSCMController scm = MockSCMController.create()) {
            repository(
                    scm,
                    "node { checkout scm\nwriteFile file: 'release.yaml', text: readFile('release.yaml') + '\\n'\n"
                            + "releaseGate(onNoGo: 'continue') }");
            WorkflowRun run = finished(project(scm), "master");
            assertThat(origin(run).source()).isEqualTo(ContractSource.WORKSPACE);
        }
    }

    @Test
    void aPolicyTakesOnlyWhatATrustedRevisionHas() throws Exception {
        PolicySetup policy = new PolicySetup();
        policy.setEnvironments("prod*");
        policy.setTrustedContract(true);
        ReleaseGuardConfiguration.get().setPolicy(policy);
        try (MockSCMController scm = MockSCMController.create()) {
            repository(
                    scm,
                    "node { checkout scm\nif (params.EDIT) { writeFile file: 'release.yaml', text:"
                            + " readFile('release.yaml').replace('Saved cards', 'Cards') }\nreleaseGate() }");
            WorkflowMultiBranchProject project = project(scm);
            WorkflowRun committed = finished(project, "master");
            jenkins.assertLogNotContains("RG-POLICY-ORIGIN", committed);
            assertThat(origin(committed).source()).isEqualTo(ContractSource.REVISION);

            scm.addFile(
                    "shop",
                    "master",
                    "edits",
                    "Jenkinsfile",
                    bytes("node { checkout scm\nwriteFile file: 'release.yaml', text:"
                            + " readFile('release.yaml').replace('Saved cards', 'Cards')\nreleaseGate() }"));
            WorkflowRun edited = again(project, "master");
            jenkins.assertBuildStatus(Result.FAILURE, edited);
            jenkins.assertLogContains("takes only a contract of a trusted revision", edited);
            jenkins.assertLogContains("RG-POLICY-ORIGIN", edited);
            assertThat(origin(edited).source()).isEqualTo(ContractSource.WORKSPACE);
            assertThat(origin(edited).detail()).contains("release.yaml is another in revision");
            assertThat(verified(edited).proven())
                    .anyMatch(one -> one.contains("recorded with a contract from the workspace"));
        }
        // an ordinary job has no revision that anybody trusts
        WorkflowRun job = jenkins.assertBuildStatus(
                Result.FAILURE,
                PipelineFixture.job(
                                jenkins,
                                GateStepFixture.step(
                                        "", GateStepFixture.contractOf("search", GateStepFixture.DIGEST, TESTS)))
                        .scheduleBuild2(0)
                        .get());
        jenkins.assertLogContains("this one is from text that the Pipeline gave", job);
    }

    @AfterEach
    void settle() {
        GateStepFixture.settle();
    }

    private static void repository(MockSCMController scm, String script) throws Exception {
        scm.createRepository("shop", MockRepositoryFlags.TRUST_AWARE, MockRepositoryFlags.FORKABLE);
        scm.addFile("shop", "master", "pipeline", "Jenkinsfile", bytes(script));
        scm.addFile("shop", "master", "contract", "release.yaml", bytes(GateStepFixture.contract(TESTS)));
    }

    /** A change from a fork, number 1, that brings a file of its own. */
    private static void change(MockSCMController scm, String path, String text) throws Exception {
        int number =
                scm.openChangeRequest("shop", "master", MockChangeRequestFlags.FORK, MockChangeRequestFlags.UNTRUSTED);
        scm.addFile("shop", "change-request/" + number, "mine", path, bytes(text));
    }

    private static WorkflowMultiBranchProject project(MockSCMController scm) throws Exception {
        WorkflowMultiBranchProject project = jenkins.createProject(WorkflowMultiBranchProject.class);
        project.getSourcesList()
                .add(new BranchSource(new MockSCMSource(
                        scm, "shop", new MockSCMDiscoverBranches(), new MockSCMDiscoverChangeRequests())));
        project.scheduleBuild2(0).getFuture().get();
        return project;
    }

    private static WorkflowRun finished(WorkflowMultiBranchProject project, String name) throws Exception {
        WorkflowJob job = project.getItem(name);
        assertThat(job).as("branch %s of %s", name, project.getItems()).isNotNull();
        Waits.until("a build of " + name, () -> job.getLastBuild() != null);
        return jenkins.waitForCompletion(job.getBuildByNumber(1));
    }

    private static WorkflowRun build(WorkflowMultiBranchProject project, String name) throws Exception {
        return finished(project, name);
    }

    private static WorkflowRun again(WorkflowMultiBranchProject project, String name) throws Exception {
        return jenkins.waitForCompletion(project.getItem(name).scheduleBuild2(0).waitForStart());
    }

    private static List<Stamped> events(WorkflowRun run) throws Exception {
        return JournalReader.read(folder(run).resolve("journal.jsonl")).events();
    }

    private static Path folder(WorkflowRun run) throws Exception {
        Waits.until(
                "the end of the build's release",
                () -> ReleaseGuardService.get().of(run).isEmpty());
        try (var releases = Files.list(run.getRootDir().toPath().resolve("release-guard"))) {
            return releases.findFirst().orElseThrow();
        }
    }

    private static ContractOrigin origin(WorkflowRun run) throws Exception {
        return ((Event.Opened) events(run).get(0).event()).contractOrigin();
    }

    private static List<String> checks(WorkflowRun run) throws Exception {
        return events(run).stream()
                .map(Stamped::event)
                .filter(Event.EvidenceGathered.class::isInstance)
                .map(Event.EvidenceGathered.class::cast)
                .filter(evidence -> evidence.entry().equals("DEP-010"))
                .map(Event.EvidenceGathered::check)
                .toList();
    }

    private static Verification verified(WorkflowRun run) throws Exception {
        return Verification.verify(folder(run));
    }

    private static String page(WorkflowRun run) throws Exception {
        folder(run);
        return jenkins.createWebClient().getPage(run, "release-guard").asNormalizedText();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @TestExtension
    public static final class Repository extends FakeRevisions {
        /** What happens when the plugin looks where a contract is from. */
        static volatile Look looks = () -> {};

        @Override
        public SCMFileSystem build(@NonNull SCMSource source, @NonNull SCMHead head, SCMRevision revision)
                throws IOException {
            boolean ours = StackWalker.getInstance()
                    .walk(frames ->
                            frames.anyMatch(frame -> frame.getMethodName().equals("origin")
                                    && frame.getClassName().endsWith(".ContractFiles")));
            if (ours) {
                looks.look();
            }
            return super.build(source, head, revision);
        }
    }

    private interface Look {
        void look() throws IOException;
    }
}
