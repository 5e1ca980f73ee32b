// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Action;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.User;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.releaseguard.cli.rehearse.world.Scenario;
import io.jenkins.plugins.releaseguard.jenkins.testing.CheckoutFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.ledger.Ledger;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import io.jenkins.plugins.releaseguard.ledger.SealKey;
import io.jenkins.plugins.releaseguard.report.LedgerSummary;
import io.jenkins.plugins.releaseguard.report.view.ReportWriter;
import io.jenkins.plugins.releaseguard.testing.JournalFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.TransientActionFactory;
import jenkins.scm.api.metadata.ContributorMetadataAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.FakeChangeLogSCM;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** H12: who made a release, whatever its contract says. */
@WithJenkins
class BuildAuthorsTest {
    private static final AtomicInteger RELEASES = new AtomicInteger();

    @Test
    void whoStartedAnyBuildOfTheChainAndWroteItsChanges(JenkinsRule jenkins) throws Exception {
        FakeChangeLogSCM scm = new FakeChangeLogSCM();
        FreeStyleProject first = jenkins.createFreeStyleProject("first");
        first.setScm(scm);
        scm.addChange().withAuthor("grace").withMsg("Save cards");
        FreeStyleBuild built = build(first, new Cause.UserIdCause("ann"));
        FreeStyleBuild tested =
                build(jenkins.createFreeStyleProject("second"), new Cause.UpstreamCause((Run<?, ?>) built));
        FreeStyleBuild released =
                build(jenkins.createFreeStyleProject("third"), new Cause.UpstreamCause((Run<?, ?>) tested));
        Makers makers = BuildAuthors.of(released, "checkout", "production");
        assertThat(makers.users()).containsExactlyInAnyOrder("ann", "grace");
        assertThat(makers.unknown()).isEmpty();

        built.delete();
        Makers later = BuildAuthors.of(released, "checkout", "production");
        assertThat(later.users()).as("who started it is on record").contains("ann");
        assertThat(later.unknown()).singleElement().asString().contains("first#1", "is gone");
    }

    @Test
    void aTimerIsNobodyAndEveryCauseCounts(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        FreeStyleBuild nightly = build(job, new TimerTrigger.TimerTriggerCause());
        assertThat(BuildAuthors.of(nightly, "checkout", "production")).isEqualTo(Makers.NOBODY);
        FreeStyleBuild both = jenkins.assertBuildStatusSuccess(job.scheduleBuild2(
                0, new CauseAction(new TimerTrigger.TimerTriggerCause(), new Cause.UserIdCause("dana"))));
        assertThat(BuildAuthors.of(both, "checkout", "production").users()).containsExactly("dana");
    }

    @Test
    void whosePullRequestItIs(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        PullRequest.of = job;
        assertThat(BuildAuthors.of(build(job, new TimerTrigger.TimerTriggerCause()), "checkout", "production")
                        .users())
                .containsExactly("eve");
    }

    @Test
    void changesSinceTheLastReleaseNotOnlyThisBuilds(JenkinsRule jenkins) throws Exception {
        FakeChangeLogSCM scm = new FakeChangeLogSCM();
        FreeStyleProject job = jenkins.createFreeStyleProject("shop");
        job.setScm(scm);
        for (String author : List.of("released", "mallory", "linus", "grace")) {
            scm.addChange().withAuthor(author).withMsg("a change");
            build(job, new TimerTrigger.TimerTriggerCause());
        }
        Run<?, ?> last = job.getLastBuild();
        assertThat(BuildAuthors.of(last, "checkout", "production").users())
                .as("nobody knows since when, so that all may be new")
                .containsExactlyInAnyOrder("released", "mallory", "linus", "grace");
        released(job.getBuildByNumber(1), "checkout", "production", ReleaseOutcome.PROMOTED);
        released(job.getBuildByNumber(2), "checkout", "production", ReleaseOutcome.ROLLED_BACK);
        released(job.getBuildByNumber(3), "checkout", "staging", ReleaseOutcome.PROMOTED);
        FreeStyleProject other = jenkins.createFreeStyleProject("other");
        for (int i = 0; i < 3; i++) {
            build(other, new TimerTrigger.TimerTriggerCause());
        }
        released(other.getLastBuild(), "checkout", "production", ReleaseOutcome.PROMOTED);
        assertThat(BuildAuthors.of(last, "checkout", "production").users())
                .containsExactlyInAnyOrder("mallory", "linus", "grace");
        assertThat(BuildAuthors.of(last, "checkout", "staging").users()).containsExactly("grace");
        assertThat(BuildAuthors.now(last).users()).containsExactly("grace");
    }

    @Test
    void theLastReleaseIsKnownByItsProofWhateverTheJobIsCalled(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = authored(jenkins, "shop", "released", "linus", "grace");
        released(job.getBuildByNumber(1), "checkout", "production", ReleaseOutcome.PROMOTED);
        job.renameTo("store");
        assertThat(BuildAuthors.of(job.getLastBuild(), "checkout", "production").users())
                .containsExactlyInAnyOrder("linus", "grace");

        FreeStyleProject namesake = authored(jenkins, "shop", "ann", "bob", "eve");
        assertThat(BuildAuthors.of(namesake.getLastBuild(), "checkout", "production")
                        .users())
                .as("what another job released under this name hides nobody")
                .containsExactlyInAnyOrder("ann", "bob", "eve");
    }

    @Test
    void whatAPipelineReleasedIsKnownAfterItsRenaming(JenkinsRule jenkins) throws Exception {
        try (CheckoutFixture checkout = new CheckoutFixture(Scenario.HEALTHY)) {
            checkout.configure();
            WorkflowJob job = PipelineFixture.job(
                    jenkins,
                    "autoRollback(" + PipelineFixture.contract(CheckoutFixture.CONTRACT) + ") { canaryPromote { } }");
            jenkins.buildAndAssertSuccess(job);
            job.renameTo("another");
            assertThat(LastRelease.of(job, ServiceLedgers.of("checkout"), "production"))
                    .isEqualTo(1);
            assertThat(LastRelease.of(job, ServiceLedgers.of("checkout"), "staging"))
                    .isZero();
        }
    }

    @Test
    void aRecordThatIsNotProvenIsNoRelease(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = authored(jenkins, "shop", "ann", "linus", "grace", "eve");
        Path record = released(job.getBuildByNumber(2), "checkout", "production", ReleaseOutcome.PROMOTED);
        assertThat(BuildAuthors.of(job.getLastBuild(), "checkout", "production").users())
                .containsExactlyInAnyOrder("grace", "eve");

        // by hand, without the controller's key: the newest of all, and of a later build
        Path forged = job.getBuildByNumber(3).getRootDir().toPath().resolve("release-guard/by-hand");
        LedgerEntry entry =
                sealed(forged, job.getBuildByNumber(3), "checkout", "production", ReleaseOutcome.PROMOTED, null);
        Ledger.of(ServiceLedgers.root().resolve("services"), "checkout").add(entry);
        assertThat(BuildAuthors.of(job.getLastBuild(), "checkout", "production").users())
                .containsExactlyInAnyOrder("grace", "eve");

        Files.writeString(record.resolve("report.md"), "altered", StandardOpenOption.APPEND);
        assertThat(BuildAuthors.of(job.getLastBuild(), "checkout", "production").users())
                .as("the build's record is not what was sealed")
                .containsExactlyInAnyOrder("ann", "linus", "grace", "eve");
    }

    @Test
    void whatIsLaterAndCannotBeBelievedOnlyAdds(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = authored(jenkins, "shop", "ann", "linus", "grace", "eve");
        released(job.getBuildByNumber(3), "checkout", "production", ReleaseOutcome.PROMOTED);
        released(job.getBuildByNumber(1), "checkout", "production", ReleaseOutcome.PROMOTED);
        assertThat(BuildAuthors.of(job.getLastBuild(), "checkout", "production").users())
                .as("an older build was released later, and is what serves")
                .containsExactlyInAnyOrder("linus", "grace", "eve");
        job.getBuildByNumber(1).delete();
        assertThat(BuildAuthors.of(job.getLastBuild(), "checkout", "production").users())
                .as("its record has gone with it, and its entry says so still")
                .containsExactlyInAnyOrder("linus", "grace", "eve");

        Files.writeString(
                ServiceLedgers.of("checkout").folder().resolve("20991231T000000Z-0000000000000000.json"), "{torn");
        released(job.getBuildByNumber(3), "checkout", "production", ReleaseOutcome.PROMOTED);
        assertThat(BuildAuthors.of(job.getLastBuild(), "checkout", "production").users())
                .as("nobody knows which build a later entry was about")
                .containsExactlyInAnyOrder("linus", "grace", "eve");
    }

    @Test
    void moreBuildsThanAreLookedAtAreTold(JenkinsRule jenkins) throws Exception {
        FreeStyleProject job = authored(jenkins, "shop", "ann", "linus", "grace", "eve");
        Makers first = BuildAuthors.of(job.getLastBuild(), "checkout", "production", 2);
        assertThat(first.users()).containsExactlyInAnyOrder("linus", "grace", "eve");
        assertThat(first.unknown())
                .containsExactly("no build of this job that is kept is proven to have released it to production,"
                        + " and more than 2 are kept: have it discard old ones");
        assertThat(BuildAuthors.of(job.getLastBuild(), "checkout", "production", 3))
                .isEqualTo(new Makers(Set.of("ann", "linus", "grace", "eve"), List.of()));

        released(job.getBuildByNumber(1), "checkout", "production", ReleaseOutcome.PROMOTED);
        assertThat(BuildAuthors.of(job.getLastBuild(), "checkout", "production", 1)
                        .unknown())
                .containsExactly("the last release is more than 1 builds ago");
        assertThat(BuildAuthors.of(job.getLastBuild(), "checkout", "production", 2)
                        .unknown())
                .isEmpty();
    }

    @Test
    void coAuthorsAndNamesakes(JenkinsRule jenkins) throws Exception {
        User pair = User.getById("pair", true);
        pair.setFullName("Pair Programmer");
        User.getById("bob", true);
        User dup = User.getById("second", true);
        dup.setFullName("Ann Example");
        FakeChangeLogSCM scm = new FakeChangeLogSCM();
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setScm(scm);
        scm.addChange()
                .withAuthor("Ann Example")
                .withMsg(
                        "Save cards\n\nWith care.\n\nCo-authored-by: Pair Programmer <p@example.com>\n"
                                + "co-authored-by: somebody <bob@example.com>\nCo-authored-by: <>\nCo-authored-by: x <stranger@example.com>");
        assertThat(BuildAuthors.of(build(job, new TimerTrigger.TimerTriggerCause()), "checkout", "production")
                        .users())
                .contains("pair", "bob", "second")
                .doesNotContain("stranger");
    }

    private static FreeStyleBuild build(FreeStyleProject job, Cause cause) throws Exception {
        FreeStyleBuild run = job.scheduleBuild2(0, cause).get();
        assertThat(run).isNotNull();
        return run;
    }

    /** A job with a build for each, whose change is theirs. */
    private static FreeStyleProject authored(JenkinsRule jenkins, String name, String... authors) throws Exception {
        FakeChangeLogSCM scm = new FakeChangeLogSCM();
        FreeStyleProject job = jenkins.createFreeStyleProject(name);
        job.setScm(scm);
        for (String author : authors) {
            scm.addChange().withAuthor(author).withMsg("a change");
            build(job, new TimerTrigger.TimerTriggerCause());
        }
        return job;
    }

    /** Sealed beside the build and in the ledger, as the service does it; later than all before it. Gives the record's folder. */
    private static Path released(Run<?, ?> run, String service, String environment, ReleaseOutcome verdict)
            throws Exception {
        Path folder = run.getRootDir().toPath().resolve("release-guard/" + service + "-" + RELEASES.incrementAndGet());
        LedgerEntry entry = sealed(folder, run, service, environment, verdict, ServiceLedgers.key());
        ServiceLedgers.of(service).add(entry);
        return folder;
    }

    private static LedgerEntry sealed(
            Path folder, Run<?, ?> run, String service, String environment, ReleaseOutcome verdict, SealKey key)
            throws Exception {
        Files.createDirectories(folder);
        Instant at = JournalFixture.START.plusSeconds(60L * RELEASES.incrementAndGet());
        String build = run.getExternalizableId();
        try (JournalFile journal = JournalFile.open(folder.resolve("journal.jsonl"), false, JournalFixture.CLOCK)) {
            journal.append(
                    at,
                    at,
                    new Event.Opened(
                            service,
                            "1",
                            "abc",
                            environment,
                            "",
                            "",
                            "release.yaml",
                            "",
                            Map.of(),
                            "dana",
                            build,
                            Map.of(),
                            60,
                            false,
                            List.of(),
                            null,
                            null));
            journal.append(at.plusSeconds(1), at.plusSeconds(1), new Event.Ended(verdict, true, ""));
        }
        ReportWriter.Written written = ReportWriter.write(folder, key);
        return LedgerSummary.of(written.report(), written.seal());
    }

    /** What the plugin for branches puts on the job of a change, as its source says. */
    @TestExtension("whosePullRequestItIs")
    @SuppressWarnings("rawtypes")
    public static final class PullRequest extends TransientActionFactory<Job> {
        static volatile Job<?, ?> of;

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Collection<? extends Action> createFor(Job job) {
            return job == of
                    ? List.of(new ContributorMetadataAction("eve", "Eve Example", "eve@example.com"))
                    : List.of();
        }
    }
}
