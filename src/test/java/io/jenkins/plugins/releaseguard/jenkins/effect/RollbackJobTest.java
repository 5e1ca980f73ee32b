// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.effect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Queue;
import hudson.model.User;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.action.ActionContext;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.scope.Makers;
import io.jenkins.plugins.releaseguard.jenkins.scope.NodeContext;
import io.jenkins.plugins.releaseguard.jenkins.scope.ProcedureJob;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseBuild;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import io.jenkins.plugins.releaseguard.journal.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.FailureBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class RollbackJobTest {
    private static final Executor NONE = task -> {
        throw new RejectedExecutionException("no thread is to be had");
    };

    private record Release(String id, String own) implements ReleaseScope {
        Release(String id) {
            this(id, "own");
        }

        @Override
        public String service() {
            return "checkout";
        }

        @Override
        public String environment() {
            return "production";
        }

        @Override
        public Contract contract() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ContractOrigin contractOrigin() {
            return null;
        }

        @Override
        public ReleaseBuild build() {
            return new ReleaseBuild(own + "#1");
        }

        @Override
        public Makers makers() {
            return Makers.NOBODY;
        }

        @Override
        public String orphan() {
            return null;
        }

        @Override
        public Event.Breached breach() {
            return null;
        }

        @Override
        public List<SignOff> signOffs() {
            return List.of();
        }

        @Override
        public Optional<NodeContext> node() {
            return Optional.empty();
        }
    }

    private static ActionContext context(String release) {
        return new ReleaseActionContext(new Release(release), null);
    }

    /** C4: three jobs that were waited for held the threads of everybody's actions. */
    @Test
    void jobsThatLastHoldNoThread(JenkinsRule jenkins) throws Exception {
        jenkins.createFreeStyleProject("own");
        List<CompletableFuture<Void>> waits = new ArrayList<>();
        jenkins.jenkins.setNumExecutors(0);
        for (int i = 0; i < 20; i++) {
            jenkins.createFreeStyleProject("undo-" + i);
            waits.add(context("r" + i).startJobAsync("act-1", "undo-" + i, Map.of(), true, NONE));
        }
        assertThat(waits).noneMatch(CompletableFuture::isDone);
        assertThat(Queue.getInstance().getItems()).hasSize(20);

        jenkins.jenkins.setNumExecutors(2);
        CompletableFuture.allOf(waits.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
    }

    /** H13: whoever may write a contract could start any job. */
    @Test
    void onlyWhatStandsBesideTheReleaseOrIsListedIsStarted(JenkinsRule jenkins) throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        Folder inner = team.createProject(Folder.class, "inner");
        Folder other = jenkins.createProject(Folder.class, "other");
        jenkins.createFreeStyleProject("own");
        inner.createProject(FreeStyleProject.class, "release");
        jenkins.createFreeStyleProject("undo");
        for (Folder folder : List.of(team, inner, other)) {
            folder.createProject(FreeStyleProject.class, "undo");
        }
        String inside = "team/inner/release";
        begins(inside, "undo", "team/inner/undo");
        refused(inside, "../undo");
        refused(inside, "/other/undo");
        refused(inside, "/undo");
        begins("own", "undo", "undo");
        refused("own", "team/undo");

        // a folder's list is for what stands in it
        ReleaseGuardFolderProperty property = new ReleaseGuardFolderProperty();
        team.addProperty(property);
        property.setProcedureJobs("*");
        begins(inside, "../undo", "team/undo");
        refused(inside, "/other/undo");
        refused("own", "team/undo");
        ReleaseGuardFolderProperty elsewhere = new ReleaseGuardFolderProperty();
        other.addProperty(elsewhere);
        elsewhere.setProcedureJobs("*");
        refused(inside, "/other/undo");

        ReleaseGuardConfiguration.get().setProcedureJobs("other/*, nothing");
        begins(inside, "/other/undo", "other/undo");
        begins("own", "other/undo", "other/undo");
        refused("own", "team/undo");

        // a list opens nothing that the release's job may not build
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .toEveryone());
        QueueItemAuthenticatorConfiguration.get()
                .getAuthenticators()
                .add(new MockQueueItemAuthenticator()
                        .authenticate(
                                "own", User.getOrCreateByIdOrFullName("dana").impersonate2()));
        assertThatThrownBy(() -> ProcedureJob.find(job("own"), "other/undo"))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("may not start the job 'other/undo'");
        assertThat(ProcedureJob.find(job(inside), "undo").as().getName()).isEqualTo("SYSTEM");
    }

    private static Job<?, ?> job(String name) {
        return Jenkins.get().getItemByFullName(name, Job.class);
    }

    private static void begins(String own, String name, String found) throws Exception {
        assertThat(ProcedureJob.find(job(own), name).job().getFullName()).isEqualTo(found);
    }

    private static void refused(String own, String name) throws Exception {
        assertThatThrownBy(() ->
                        new ReleaseActionContext(new Release("r", own), null).startJob("act-1", name, Map.of(), false))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("outside the folder of the release's own job");
        assertThat(Queue.getInstance().getItems()).isEmpty();
    }

    @Test
    void whatIsAskedForAgainIsStartedOnce(JenkinsRule jenkins) throws Exception {
        jenkins.createFreeStyleProject("own");
        FreeStyleProject undo = jenkins.createFreeStyleProject("undo");
        context("r").startJobAsync("act-1", "undo", Map.of(), true, NONE).get(60, TimeUnit.SECONDS);
        context("r").startJob("act-1", "undo", Map.of(), true);
        assertThat(undo.getBuilds()).hasSize(1);

        context("r").startJob("act-2", "undo", Map.of(), true);
        assertThat(undo.getBuilds()).hasSize(2);
    }

    @Test
    void aJobThatEndsBadlyIsAFailure(JenkinsRule jenkins) throws Exception {
        jenkins.createFreeStyleProject("own");
        jenkins.createFreeStyleProject("undo").getBuildersList().add(new FailureBuilder());
        assertThatThrownBy(() -> context("r").startJob("act-1", "undo", Map.of(), true))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("undo #1 ended as FAILURE");
        assertThatThrownBy(() -> context("r").startJob("act-1", "nowhere", Map.of(), true))
                .isInstanceOf(EffectException.class)
                .hasMessageContaining("there is no job 'nowhere'");
    }
}
