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
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.ledger.LedgerEntry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import jenkins.model.TransientActionFactory;
import jenkins.scm.api.metadata.ContributorMetadataAction;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.FakeChangeLogSCM;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** H12: who made a release, whatever its contract says. */
@WithJenkins
class BuildAuthorsTest {
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
        released("checkout", "production", "shop#1", ReleaseOutcome.PROMOTED);
        released("checkout", "production", "shop#2", ReleaseOutcome.ROLLED_BACK);
        released("checkout", "staging", "shop#3", ReleaseOutcome.PROMOTED);
        released("checkout", "production", "other#3", ReleaseOutcome.PROMOTED);
        assertThat(BuildAuthors.of(last, "checkout", "production").users())
                .containsExactlyInAnyOrder("mallory", "linus", "grace");
        assertThat(BuildAuthors.of(last, "checkout", "staging").users()).containsExactly("grace");
        assertThat(BuildAuthors.now(last).users()).containsExactly("grace");
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

    private static void released(String service, String environment, String build, ReleaseOutcome verdict)
            throws Exception {
        Instant now = Instant.now();
        ServiceLedgers.of(service)
                .add(new LedgerEntry(
                        LedgerEntry.FORMAT,
                        service,
                        environment,
                        "1",
                        "abc",
                        Map.of(),
                        verdict,
                        true,
                        false,
                        now.minusSeconds(60),
                        now,
                        60,
                        "",
                        build,
                        "dana",
                        "low",
                        null,
                        true,
                        null,
                        null,
                        null));
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
