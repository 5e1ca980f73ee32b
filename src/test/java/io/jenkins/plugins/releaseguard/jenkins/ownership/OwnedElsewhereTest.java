// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardConfiguration;
import io.jenkins.plugins.releaseguard.jenkins.config.ServiceSetup;
import io.jenkins.plugins.releaseguard.jenkins.config.folder.ReleaseGuardFolderProperty;
import io.jenkins.plugins.releaseguard.jenkins.scope.ServiceLedgers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** H14: who claims in a folder what others have is told so in the form, and not by whom where that is not for them to see. */
@WithJenkins
class OwnedElsewhereTest {
    @Test
    void anEarlierClaimCountsBeforeAFoldersLine(JenkinsRule jenkins) throws Exception {
        Folder works = jenkins.createProject(Folder.class, "works");
        Folder mill = works.createProject(Folder.class, "mill");
        Folder team = jenkins.createProject(Folder.class, "team");
        people(jenkins, team);
        ServiceOwners.get().inMotion("checkout", "works/mill/release#1");

        assertThat(said("root", team, "checkout", ""))
                .startsWith("WARNING This line has no effect: the service already belongs to works/mill.");
        assertThat(said("dana", team, "checkout", ""))
                .startsWith("WARNING This line has no effect: the service already belongs to another place.");
        assertThat(said("dana", team, "checkout", "below"))
                .contains("another place")
                .doesNotContain("mill");
        assertThat(said("dana", team, "free", "")).isEqualTo("OK");
        // whose it is may say so, and give it on; so may who is around
        assertThat(said("root", mill, "checkout", "")).isEqualTo("OK");
        assertThat(said("root", mill, "checkout", "shop")).isEqualTo("OK");
        assertThat(said("root", works, "checkout", "")).isEqualTo("OK");
        // who may not configure is told nothing, nor is the controller, which decides
        assertThat(said("reader", team, "checkout", "")).isEqualTo("OK");
        assertThat(said("root", null, "checkout", "team")).isEqualTo("OK");
        // a folder around has the last word
        works.addProperty(lines(service("checkout", "bakery"), service("cart", null)));
        assertThat(said("root", mill, "checkout", "")).contains("already belongs to works/bakery");
        assertThat(said("root", mill, "cart", "")).contains("already belongs to works");
        assertThat(said("root", team, "checkout", "")).contains("already belongs to works/bakery");
        // what was deleted keeps what it had
        ServiceOwners.get().inMotion("mail", "works/mill/release#2");
        mill.delete();
        assertThat(said("root", team, "mail", "")).contains("already belongs to a place that was deleted");
        // what was freed is for who comes first
        assertThat(ServiceOwners.get().free("mail", "works/mill", "root")).isTrue();
        assertThat(said("root", team, "mail", "")).isEqualTo("OK");
    }

    @Test
    void theControllersConfigurationCountsBeforeAFoldersLine(JenkinsRule jenkins) throws Exception {
        jenkins.createProject(Folder.class, "mill");
        Folder team = jenkins.createProject(Folder.class, "team");
        people(jenkins, team);
        ReleaseGuardConfiguration.get()
                .setServices(Arrays.asList(
                        service("pay*", "mill"),
                        service("both", "mill"),
                        service("both", "team/shop"),
                        service("all", ServiceSetup.EVERYBODY),
                        service("gone", "no/such")));
        assertThat(said("root", team, "payments", ""))
                .startsWith(
                        "WARNING This line has no effect: by the controller&#039;s configuration the service belongs to mill.");
        assertThat(said("dana", team, "payments", ""))
                .contains("belongs to another place.")
                .doesNotContain("mill");
        assertThat(said("dana", team, "both", ""))
                .contains("belongs to another place")
                .doesNotContain("mill");
        assertThat(said("dana", team, "all", "")).contains("belongs to every job.");
        assertThat(said("dana", team, "gone", "")).contains("belongs to another place.");
        assertThat(said("root", team, "gone", "")).contains("belongs to no/such.");
        // it says what is so anyway
        assertThat(said("dana", team, "both", "shop")).isEqualTo("OK");
        // said of the owner's field
        assertThat(said("dana", team, "payments", "../mill")).isEqualTo("OK");
    }

    @Test
    void claimsThatCannotBeReadAreNoConsent(JenkinsRule jenkins) throws Exception {
        Folder team = jenkins.createProject(Folder.class, "team");
        people(jenkins, team);
        Path file = ServiceLedgers.root().resolve("owners.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{");
        assertThat(said("dana", team, "checkout", "")).startsWith("WARNING Nobody can tell");
    }

    private static void people(JenkinsRule jenkins, Folder team) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("root")
                .grant(Jenkins.READ)
                .everywhere()
                .to("dana", "reader")
                .grant(Item.READ, Item.CONFIGURE)
                .onFolders(team)
                .to("dana")
                .grant(Item.READ)
                .onFolders(team)
                .to("reader"));
    }

    private static String said(String who, Item at, String service, String owner) {
        try (ACLContext ignored = ACL.as(User.getOrCreateByIdOrFullName(who))) {
            FormValidation said = Jenkins.get()
                    .getDescriptorByType(ServiceSetup.DescriptorImpl.class)
                    .doCheckService(at, service, owner);
            return said.kind == FormValidation.Kind.OK ? "OK" : said.kind + " " + said.getMessage();
        }
    }

    private static ServiceSetup service(String name, String owner) {
        ServiceSetup setup = new ServiceSetup(name);
        setup.setOwner(owner);
        return setup;
    }

    private static ReleaseGuardFolderProperty lines(ServiceSetup... services) {
        ReleaseGuardFolderProperty property = new ReleaseGuardFolderProperty();
        property.setServices(Arrays.asList(services));
        return property;
    }
}
