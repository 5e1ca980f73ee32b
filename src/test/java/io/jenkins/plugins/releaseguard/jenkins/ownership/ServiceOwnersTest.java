// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Items;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.ServiceSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.page.ReleaseReportAction;
import io.jenkins.plugins.releaseguard.jenkins.scope.ServiceLedgers;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.jenkins.testing.GateStepFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.LedgerFixture;
import io.jenkins.plugins.releaseguard.jenkins.testing.Waits;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.BuildWatcherExtension;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** H14: a service is released by whom it belongs to, and by nobody else. */
@WithJenkins
class ServiceOwnersTest {
    @RegisterExtension
    static final BuildWatcherExtension WATCHER = new BuildWatcherExtension();

    private static final String OPEN = "freeze: {windows: [\"2001-01-01..2001-01-02\"]}";
    private static final String HELD = "approval: {of: [managers], count: 1, deadline: 1h}";

    @AfterEach
    void settle() {
        GateStepFixture.settle();
    }

    @Test
    void theFirstReleaseClaimsTheServiceForItsFolder(JenkinsRule jenkins) throws Exception {
        Folder teams = jenkins.createProject(Folder.class, "teams");
        Folder payments = teams.createProject(Folder.class, "payments");
        WorkflowRun first = goes(jenkins, job(payments, "release", "checkout"));
        jenkins.assertLogContains(
                "checkout now belongs to teams/payments, by its first release, teams/payments/release#1", first);
        String report =
                jenkins.createWebClient().getPage(first, "release-guard").asNormalizedText();
        assertThat(report).contains("checkout now belongs to teams/payments");
        assertThat(Files.readString(file()))
                .contains("\"service\" : \"checkout\"", "\"place\" : \"teams/payments\"", "first-release");

        // below it, in another environment too
        WorkflowRun below = goes(jenkins, job(payments.createProject(Folder.class, "eu"), "release", "checkout"));
        jenkins.assertLogNotContains("now belongs", below);
        goes(jenkins, job(payments, "staging", "checkout", "environment: 'staging', ", OPEN));
        // nowhere else: not above, not beside, not where the name only begins alike
        refused(jenkins, job(teams, "release", "checkout"));
        refused(jenkins, job(teams.createProject(Folder.class, "pay"), "release", "checkout"));
        refused(jenkins, job(teams.createProject(Folder.class, "payments2"), "release", "checkout"));
        WorkflowRun root = refused(jenkins, job(jenkins.jenkins, "anybody", "checkout"));
        jenkins.assertLogContains(
                "The service 'checkout' belongs to teams/payments, by its first release, teams/payments/release#1, so"
                        + " anybody can't release it, and nothing was begun. An administrator can give it to another"
                        + " place",
                root);
        assertThat(root.getActions(ReleaseReportAction.class)).isEmpty();
    }

    @Test
    void aJobInNoFolderClaimsForItselfAlone(JenkinsRule jenkins) throws Exception {
        goes(jenkins, job(jenkins.jenkins, "release", "checkout"));
        goes(jenkins, jenkins.jenkins.getItemByFullName("release", WorkflowJob.class));
        refused(jenkins, job(jenkins.jenkins, "release2", "checkout"));
    }

    /** Who isn't let in waits for nothing, so nobody can queue for another's service either. */
    @Test
    void whoIsRefusedJoinsNoQueue(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        User.getOrCreateByIdOrFullName("dana");
        WorkflowRun held = job(jenkins.jenkins, "release", "checkout", "", HELD)
                .scheduleBuild2(0)
                .waitForStart();
        jenkins.waitForMessage("waiting for 1 of managers", held);
        WorkflowRun mallory = refused(jenkins, job(jenkins.jenkins, "mallory", "checkout"));
        jenkins.assertLogNotContains("waiting for ", mallory);
        assertThat(ReleaseGuardService.get().all()).hasSize(1);
        held.doStop();
        jenkins.waitForCompletion(held);
    }

    @Test
    void theControllersConfigurationGoesBeforeAll(JenkinsRule jenkins) throws Exception {
        goes(jenkins, job(jenkins.jenkins, "release", "checkout"));
        Folder crew = jenkins.createProject(Folder.class, "crew");
        configure(service("checkout", "crew"), service("public-*", ServiceSetup.EVERYBODY), service("lost", null));
        goes(jenkins, job(crew, "release", "checkout"));
        WorkflowRun run = refused(jenkins, jenkins.jenkins.getItemByFullName("release", WorkflowJob.class));
        jenkins.assertLogContains("belongs to crew, by the controller's configuration", run);
        goes(jenkins, job(jenkins.jenkins, "a", "public-site"));
        goes(jenkins, job(jenkins.jenkins, "b", "public-site"));
        // given to nobody yet is not given to all
        jenkins.assertLogContains(
                "belongs to nobody yet, by the controller's configuration",
                refused(jenkins, job(jenkins.jenkins, "c", "lost")));
        // several owners
        configure(service("checkout", "crew"), service("checkout", "release"));
        goes(jenkins, (WorkflowJob) crew.getItem("release"));
        goes(jenkins, jenkins.jenkins.getItemByFullName("release", WorkflowJob.class));
        // a name that is written out goes before a pattern
        configure(service("*", ServiceSetup.EVERYBODY), service("checkout", "crew"));
        refused(jenkins, jenkins.jenkins.getItemByFullName("release", WorkflowJob.class));
    }

    @Test
    void aFolderGivesOnlyWhatIsItsOwn(JenkinsRule jenkins) throws Exception {
        Folder payments = jenkins.createProject(Folder.class, "payments");
        Folder shop = payments.createProject(Folder.class, "shop");
        Folder mallory = jenkins.createProject(Folder.class, "mallory");
        WorkflowJob thief = job(mallory, "release", "checkout");
        claim(payments, service("checkout", "shop"), service("mail", null));
        WorkflowRun refused = refused(jenkins, thief);
        jenkins.assertLogContains("belongs to payments/shop, by the configuration of the folder payments", refused);
        refused(jenkins, job(payments, "release", "checkout"));
        goes(jenkins, job(shop, "release", "checkout"));
        goes(jenkins, job(payments, "mail", "mail"));
        // what has been released is not to be had by writing it down
        claim(mallory, service("checkout", null), service("mail", "../payments"), service("search", "../payments"));
        refused(jenkins, thief);
        goes(jenkins, (WorkflowJob) shop.getItem("release"));
        // nor to be given to others
        goes(jenkins, job(payments, "search", "search"));
        // the folder around changes its mind
        claim(payments, service("checkout", null));
        goes(jenkins, (WorkflowJob) payments.getItem("release"));
    }

    @Test
    void twoFoldersThatClaimTheSameLetNobodyGo(JenkinsRule jenkins) throws Exception {
        Folder one = jenkins.createProject(Folder.class, "one");
        Folder two = jenkins.createProject(Folder.class, "two");
        claim(one, service("checkout", null));
        claim(two, service("checkout", null));
        WorkflowRun run = refused(jenkins, job(one, "release", "checkout"));
        jenkins.assertLogContains("The configurations of the folders one and two each claim the service", run);
    }

    @Test
    void whatMovesTakesItsServicesAlongAndWhatIsDeletedKeepsThem(JenkinsRule jenkins) throws Exception {
        Folder teams = jenkins.createProject(Folder.class, "teams");
        Folder payments = teams.createProject(Folder.class, "payments");
        WorkflowJob job = job(payments, "release", "checkout");
        goes(jenkins, job);
        teams.renameTo("crews");
        goes(jenkins, job);
        assertThat(claim("checkout").place()).isEqualTo("crews/payments");
        assertThat(Files.readString(file())).contains("\"place\" : \"crews/payments\"");
        Items.move(payments, jenkins.jenkins);
        goes(jenkins, job);
        assertThat(claim("checkout").place()).isEqualTo("payments");
        assertThat(ServiceOwners.get().believed("checkout"))
                .as("what was sealed under former names")
                .accepts("teams/payments/release", "crews/payments/release", "payments/release")
                .rejects("crews/release", "release", "mallory/release");
        // the old names are others' now
        Folder other = jenkins.createProject(Folder.class, "teams").createProject(Folder.class, "payments");
        refused(jenkins, job(other, "release", "checkout"));
        // a job that is moved out leaves the service behind
        job.renameTo("moved");
        Items.move(job, other);
        refused(jenkins, job);
        payments.delete();
        refused(jenkins, job);
        // who creates one of that name comes into nothing
        Folder anew = jenkins.createProject(Folder.class, "payments");
        claim(anew, service("checkout", null));
        WorkflowRun heir = refused(jenkins, job(anew, "release", "checkout"));
        jenkins.assertLogContains(
                "belongs to nobody yet, since payments was deleted: what has that name now is another", heir);
        anew.renameTo("heirs");
        refused(jenkins, (WorkflowJob) anew.getItem("release"));
        assertThat(Files.readString(file())).contains("\"deleted\" : \"payments\"");
        assertThat(jenkins.createWebClient()
                        .goTo("manage/release-guard-services/")
                        .asNormalizedText())
                .contains("It was deleted. What has its name now is another");
        anew.delete();
        assertThat(ServiceOwners.get().free("checkout", "payments", "root")).isTrue();
        WorkflowRun run = goes(jenkins, job);
        jenkins.assertLogContains("checkout now belongs to teams/payments", run);
    }

    @Test
    void aServiceThatWasPromotedBeforeBelongsToWhoPromotedIt(JenkinsRule jenkins) throws Exception {
        Folder payments = jenkins.createProject(Folder.class, "payments");
        sealed("checkout", "payments/old-job#7");
        sealed("search", "gone/job#7");
        WorkflowRun run = refused(jenkins, job(jenkins.jenkins, "mallory", "checkout"));
        jenkins.assertLogContains(
                "belongs to payments, where it was promoted last before services had owners, by payments/old-job#7",
                run);
        goes(jenkins, job(payments, "release", "checkout"));
        // of a place that is gone nobody can speak
        goes(jenkins, job(jenkins.jenkins, "search", "search"));
        // who has freed it means it
        assertThat(ServiceOwners.get().free("checkout", "payments", "root")).isTrue();
        goes(jenkins, jenkins.jenkins.getItemByFullName("mallory", WorkflowJob.class));
    }

    @Test
    void aFoldersConfigurationDoesNotTakeWhatAnotherHasPromoted(JenkinsRule jenkins) throws Exception {
        Folder teams = jenkins.createProject(Folder.class, "teams");
        Folder payments = teams.createProject(Folder.class, "payments");
        Folder mallory = jenkins.createProject(Folder.class, "mallory");
        sealed("checkout", "teams/payments/old-job#7");
        sealed("search", "teams/payments/old-job#8");
        claim(mallory, service("checkout", null));
        WorkflowRun run = refused(jenkins, job(mallory, "release", "checkout"));
        jenkins.assertLogContains("belongs to teams/payments, where it was promoted last", run);
        goes(jenkins, job(payments, "release", "checkout"));
        // one that lies around it may
        claim(teams, service("search", "seekers"));
        goes(jenkins, job(teams.createProject(Folder.class, "seekers"), "release", "search"));
    }

    @Test
    void norOneThatLooksLikeWhatIsNotClaimedYet(JenkinsRule jenkins) throws Exception {
        Folder payments = jenkins.createProject(Folder.class, "payments");
        claim(payments, service("checkout", null));
        sealed("search", "payments/old-job#7");
        for (String name : List.of("Checkout", "Search")) {
            WorkflowRun run = refused(jenkins, job(jenkins.jenkins, "mallory" + name, name));
            jenkins.assertLogContains("looks like '" + name.toLowerCase() + "', which belongs to payments", run);
            goes(jenkins, job(payments, name, name));
        }
    }

    @Test
    void aNameThatLooksLikeAnothersIsNotClaimed(JenkinsRule jenkins) throws Exception {
        Folder payments = jenkins.createProject(Folder.class, "payments");
        goes(jenkins, job(payments, "release", "checkout"));
        for (String name : List.of("Checkout", "check\u200bout", "ｃheckout")) {
            WorkflowRun run = refused(jenkins, job(jenkins.jenkins, "mallory" + name.hashCode(), name));
            jenkins.assertLogContains("looks like 'checkout', which belongs to payments", run);
        }
        goes(jenkins, job(payments, "other", "Checkout"));
        goes(jenkins, job(jenkins.jenkins, "fine", "check-out"));
    }

    @Test
    void whereNobodyCanTellNothingIsBegun(JenkinsRule jenkins) throws Exception {
        WorkflowJob job = job(jenkins.jenkins, "release", "checkout");
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{\"format\": 1, \"claims\": [{\"service\":");
        WorkflowRun run = refused(jenkins, job);
        jenkins.assertLogContains("which services belong to whom can't be read", run);
        assertThat(jenkins.jenkins
                        .getExtensionList(UnreadableClaims.class)
                        .get(0)
                        .isActivated())
                .isTrue();
        assertThat(jenkins.createWebClient().goTo("manage").asNormalizedText())
                .contains("can't tell whose services are");
        assertThat(ServiceOwners.get().believed("checkout")).rejects("release");
        configure(service("checkout", "release"));
        goes(jenkins, job);
        Files.delete(file());
        configure();
        goes(jenkins, job);
        assertThat(jenkins.jenkins
                        .getExtensionList(UnreadableClaims.class)
                        .get(0)
                        .isActivated())
                .isFalse();
    }

    @Test
    void onlyAdministratorsSeeAndFreeClaims(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(Jenkins.READ, Jenkins.MANAGE, Jenkins.SYSTEM_READ)
                .everywhere()
                .to("manager"));
        configure(service("public-*", "*"));
        goes(jenkins, job(jenkins.jenkins, "release", "checkout & \"co\""));
        String page = "manage/release-guard-services/";
        String free = page + "free?service=checkout%20%26%20%22co%22&place=";
        assertThat(status(jenkins, "manager", HttpMethod.GET, page)).isEqualTo(403);
        assertThat(status(jenkins, "manager", HttpMethod.POST, free + "release"))
                .isEqualTo(403);
        assertThat(status(jenkins, "root", HttpMethod.GET, free + "release")).isEqualTo(405);
        assertThat(status(jenkins, "root", HttpMethod.POST, free + "other")).isEqualTo(409);
        assertThat(claim("checkout & \"co\"").place()).isEqualTo("release");
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("root")) {
            var shown = client.goTo(page);
            assertThat(shown.asNormalizedText())
                    .contains("checkout & \"co\"", "release", "by its first release, release#1", "public-*");
            assertThat(shown.querySelector("[data-url^='free']")
                            .getAttributes()
                            .getNamedItem("data-url")
                            .getNodeValue())
                    .isEqualTo("free?service=checkout+%26+%22co%22&place=release");
        }
        assertThat(status(jenkins, "root", HttpMethod.POST, free + "release")).isEqualTo(200);
        assertThat(ServiceOwners.get().claims()).isEmpty();
        goes(jenkins, job(jenkins.jenkins, "another", "checkout & \"co\""));
    }

    private static int status(JenkinsRule jenkins, String user, HttpMethod method, String path) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login(user)) {
            client.getOptions().setThrowExceptionOnFailingStatusCode(false);
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
            if (method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            Page page = client.getPage(request);
            return page.getWebResponse().getStatusCode();
        }
    }

    private static Path file() {
        return ServiceLedgers.root().resolve("owners.json");
    }

    private static ServiceClaim claim(String service) {
        return ServiceOwners.get().claims().stream()
                .filter(claim -> claim.service().equals(service))
                .findFirst()
                .orElseThrow();
    }

    private static ServiceSetup service(String service, String owner) {
        ServiceSetup setup = new ServiceSetup(service);
        setup.setOwner(owner);
        return setup;
    }

    private static void configure(ServiceSetup... services) {
        ReleaseGuardConfiguration.get().setServices(List.of(services));
    }

    private static void claim(Folder folder, ServiceSetup... services) throws IOException {
        ReleaseGuardFolderProperty property = new ReleaseGuardFolderProperty();
        property.setServices(new ArrayList<>(List.of(services)));
        folder.getProperties().remove(ReleaseGuardFolderProperty.class);
        folder.addProperty(property);
    }

    private static WorkflowJob job(ModifiableTopLevelItemGroup in, String name, String service) throws Exception {
        return job(in, name, service, "", OPEN);
    }

    private static WorkflowJob job(
            ModifiableTopLevelItemGroup in, String name, String service, String options, String check)
            throws Exception {
        WorkflowJob job = (WorkflowJob)
                in.createProject(Jenkins.get().getDescriptorByType(WorkflowJob.DescriptorImpl.class), name, true);
        String contract = GateStepFixture.contractOf(quoted(service), GateStepFixture.DIGEST, check);
        job.setDefinition(new CpsFlowDefinition(GateStepFixture.step(options, contract), true));
        return job;
    }

    private static String quoted(String service) {
        return '"' + service.replace("\"", "\\\"") + '"';
    }

    private static WorkflowRun goes(JenkinsRule jenkins, WorkflowJob job) throws Exception {
        WorkflowRun run = jenkins.buildAndAssertSuccess(job);
        jenkins.assertLogContains("gate: go", run);
        Waits.untilNoReleaseIsOpen();
        return run;
    }

    private static WorkflowRun refused(JenkinsRule jenkins, WorkflowJob job) throws Exception {
        int open = ReleaseGuardService.get().all().size();
        WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(ReleaseGuardService.get().all()).hasSize(open);
        assertThat(run.getActions(ReleaseReportAction.class)).isEmpty();
        return run;
    }

    private static void sealed(String service, String build) throws IOException {
        LedgerFixture.promoted(service, "production", Map.of("dist/app.tgz", GateStepFixture.DIGEST), build, false);
    }
}
