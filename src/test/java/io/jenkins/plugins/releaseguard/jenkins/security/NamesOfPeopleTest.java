// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.AbstractPasswordBasedSecurityRealm;
import hudson.security.GroupDetails;
import hudson.security.UserMayOrMayNotExistException2;
import io.jenkins.plugins.releaseguard.evidence.People.Known;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import io.jenkins.plugins.releaseguard.jenkins.scope.JenkinsPeople;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.PipelineFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** H12: a user is no group and a group is no user, whatever they are called; a bare name counts while only one can be meant. */
@WithJenkins
class NamesOfPeopleTest {
    private static final String ENTRY = "DEP-010";

    /** mia is in the groups managers and ann; there is a user who is called managers, and one who is called solo. */
    private final Realm realm = new Realm();

    @Test
    void aUserIsNoGroupAndAGroupNoUser(JenkinsRule jenkins) throws Exception {
        people(jenkins);
        WorkflowRun run = waiting(jenkins, "[group:managers, user:ann]", "2");
        assertThat(sign(jenkins, run, "managers"))
                .as("a user called as the group")
                .isEqualTo(403);
        assertThat(sign(jenkins, run, "bob"))
                .as("in a group called as the user")
                .isEqualTo(403);
        assertThat(page(jenkins, run, "managers")).contains("not among those who are asked");
        assertThat(page(jenkins, run, "mia")).contains("from group:managers or user:ann");
        assertThat(sign(jenkins, run, "mia")).isEqualTo(200);
        assertThat(sign(jenkins, run, "ann")).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        jenkins.assertLogContains("gate: go", run);
    }

    @Test
    void aBareNameCountsWhileOnlyOneIsMeant(JenkinsRule jenkins) throws Exception {
        people(jenkins);
        WorkflowRun run = waiting(jenkins, "[testers, solo]", "2");
        assertThat(sign(jenkins, run, "tess")).isEqualTo(200);
        jenkins.waitForMessage("waiting for 1 of testers, solo", run);
        // somebody lets himself in under the group's name while the gate waits
        realm.users.put("testers", Set.of());
        assertThat(sign(jenkins, run, "testers")).isEqualTo(403);
        assertThat(sign(jenkins, run, "solo")).isEqualTo(200);
        found(run, "'testers' is a user and a group: write user:testers or group:testers");
        assertThat(run.isBuilding()).as("tess counts no more").isTrue();
        realm.users.remove("testers");
        assertThat(sign(jenkins, run, "tess")).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void aNameThatIsBothIsNobodysAndTheGateSaysSo(JenkinsRule jenkins) throws Exception {
        people(jenkins);
        WorkflowRun run = PipelineFixture.start(jenkins, contract("[managers]", "1"));
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        jenkins.assertLogContains(
                "nobody can sign: 'managers' is a user and a group: write user:managers or group:managers", run);
    }

    @Test
    void aDirectoryThatFailsLetsNobodySignAndHoldsNothing(JenkinsRule jenkins) throws Exception {
        people(jenkins);
        WorkflowRun run = waiting(jenkins, "[testers, user:ann]", "1");
        realm.fails = true;
        assertThat(new JenkinsPeople().user("solo")).isEqualTo(Known.UNKNOWN);
        assertThat(new JenkinsPeople().group("testers")).isEqualTo(Known.UNKNOWN);
        ReleaseGuardService.get()
                .open(run, "production")
                .get(0)
                .sign(new SignOff(ENTRY, "tess", Set.of("testers"), true, "", GateStepFixture.DIGEST, Instant.now()));
        found(run, "whether 'testers' is a user or a group can't be told");
        assertThat(run.isBuilding()).isTrue();
        realm.fails = false;
        // a look in between may have counted the tester's word, which is one of the group again
        assertThat(sign(jenkins, run, "ann")).isIn(200, 409);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    @Test
    void aDirectoryThatHangsHoldsNobodyElse(JenkinsRule jenkins) throws Exception {
        people(jenkins);
        realm.hangs = new CountDownLatch(1);
        WorkflowRun stuck = PipelineFixture.start(jenkins, contract("[testers]", "1"));
        WorkflowRun other = PipelineFixture.start(
                jenkins,
                GateStepFixture.step(
                        "",
                        GateStepFixture.contractOf(
                                "search", GateStepFixture.DIGEST, "approval: {of: [user:ann], deadline: 1h}")));
        jenkins.waitForMessage("waiting for 1 of user:ann", other);
        Waits.until("the directory being asked", () -> realm.asked.contains("testers") && stuck.isBuilding());
        assertThat(page(jenkins, stuck, "mia")).contains("from testers");
        assertThat(sign(jenkins, other, "ann")).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(other));
        assertThat(stuck.isBuilding()).isTrue();
        jenkins.assertLogNotContains("gate: go", stuck);
        realm.hangs.countDown();
        jenkins.waitForMessage("waiting for 1 of testers", stuck);
        assertThat(sign(jenkins, stuck, "tess")).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(stuck));
    }

    @Test
    void whatARealmCannotTellIsUnknown(JenkinsRule jenkins) {
        people(jenkins);
        JenkinsPeople people = new JenkinsPeople();
        assertThat(people.user("solo")).isEqualTo(Known.YES);
        assertThat(people.user("testers")).isEqualTo(Known.NO);
        assertThat(people.group("testers")).isEqualTo(Known.YES);
        assertThat(people.group("solo")).isEqualTo(Known.NO);
        assertThat(people.group("authenticated")).isEqualTo(Known.YES);
        assertThat(people.sameUser("Ann", "ann")).isTrue();
        realm.shy = true;
        assertThat(people.group("testers")).isEqualTo(Known.UNKNOWN);
        assertThat(people.user("nobody-yet")).isEqualTo(Known.UNKNOWN);
        User.getOrCreateByIdOrFullName("known-here");
        assertThat(people.user("known-here")).isEqualTo(Known.YES);
    }

    @AfterEach
    void settle() {
        realm.fails = false;
        if (realm.hangs != null) {
            realm.hangs.countDown();
        }
        GateStepFixture.settle();
    }

    private static String contract(String of, String count) {
        return GateStepFixture.step(
                "", GateStepFixture.contract("approval: {of: " + of + ", count: " + count + ", deadline: 1h}"));
    }

    private static WorkflowRun waiting(JenkinsRule jenkins, String of, String count) throws Exception {
        WorkflowRun run = PipelineFixture.start(jenkins, contract(of, count));
        jenkins.waitForMessage("waiting for " + count + " of", run);
        return run;
    }

    /** Waits until the gate has noted so of the entry. */
    private static void found(WorkflowRun run, String reason) {
        Waits.until(
                "the gate says: " + reason,
                () -> ReleaseGuardService.get().open(run, "production").get(0).events().stream()
                        .map(Stamped::event)
                        .filter(Event.EvidenceGathered.class::isInstance)
                        .map(event -> ((Event.EvidenceGathered) event).reason())
                        .anyMatch(text -> text.contains(reason)));
    }

    private static int sign(JenkinsRule jenkins, WorkflowRun run, String user) throws Exception {
        return GateStepFixture.sign(jenkins, run, user, ENTRY, GateStepFixture.DIGEST);
    }

    private static String page(JenkinsRule jenkins, WorkflowRun run, String user) throws Exception {
        return jenkins.createWebClient()
                .login(user)
                .getPage(run, "release-guard")
                .asNormalizedText();
    }

    private void people(JenkinsRule jenkins) {
        jenkins.jenkins.setSecurityRealm(realm);
        // the contract's author has been here
        User.getById("dana", true);
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, ReleaseGuardPermissions.SIGN_OFF)
                .everywhere()
                .toAuthenticated());
    }

    /** A realm as directories are: it knows its users and groups, or can't tell, or doesn't answer. */
    private static final class Realm extends AbstractPasswordBasedSecurityRealm {
        final transient Map<String, Set<String>> users = new ConcurrentHashMap<>(Map.of(
                "mia", Set.of("managers", "ann"),
                "bob", Set.of("ann"),
                "tess", Set.of("testers"),
                "ann", Set.of(),
                "dana", Set.of(),
                "solo", Set.of(),
                "managers", Set.of()));
        final transient Set<String> asked = ConcurrentHashMap.newKeySet();
        volatile boolean fails;
        volatile boolean shy;
        /** Null for a directory that answers about groups. */
        transient volatile CountDownLatch hangs;

        @Override
        protected UserDetails authenticate2(String username, String password) {
            if (!username.equals(password)) {
                throw new BadCredentialsException(username);
            }
            return load(username);
        }

        @Override
        public UserDetails loadUserByUsername2(String username) {
            answer();
            if (shy && !users.containsKey(username)) {
                throw new UserMayOrMayNotExistException2(username);
            }
            return load(username);
        }

        private UserDetails load(String username) {
            Set<String> groups = users.get(username);
            if (groups == null) {
                throw new UsernameNotFoundException(username);
            }
            List<GrantedAuthority> authorities = new ArrayList<>(List.of(AUTHENTICATED_AUTHORITY2));
            groups.forEach(group -> authorities.add(new SimpleGrantedAuthority(group)));
            return new org.springframework.security.core.userdetails.User(username, "", authorities);
        }

        @Override
        public GroupDetails loadGroupByGroupname2(String name, boolean fetchMembers) {
            answer();
            asked.add(name);
            try {
                if (hangs != null) {
                    hangs.await();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (shy) {
                throw new UserMayOrMayNotExistException2(name);
            }
            if (users.values().stream().noneMatch(groups -> groups.contains(name))) {
                throw new UsernameNotFoundException(name);
            }
            return new GroupDetails() {
                @Override
                public String getName() {
                    return name;
                }
            };
        }

        private void answer() {
            if (fails) {
                throw new IllegalStateException("the directory is down");
            }
        }
    }
}
