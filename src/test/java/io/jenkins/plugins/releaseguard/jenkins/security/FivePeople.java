// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Item;
import hudson.security.csrf.CrumbIssuer;
import io.jenkins.plugins.releaseguard.jenkins.config.ReleaseGuardPermissions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Who there is, in the order of the tables: the first four are known in the folder {@code team} only, save the administrator. */
enum FivePeople {
    ADMINISTRATOR("administrator"),
    OWNER("folder owner"),
    DEVELOPER("developer"),
    APPROVER("approver"),
    ANONYMOUS("anonymous"),
    /** Has a name here and may read Jenkins' own pages; no item. */
    STRANGER("stranger");

    final String title;

    FivePeople(String title) {
        this.title = title;
    }

    String user() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Gives them what they have, each as small as its name says. */
    static void move(JenkinsRule rule, Folder team) {
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to(ADMINISTRATOR.user())
                .grant(Jenkins.READ)
                .everywhere()
                .to(OWNER.user(), DEVELOPER.user(), APPROVER.user(), STRANGER.user())
                .grant(
                        Item.READ,
                        Item.EXTENDED_READ,
                        Item.CREATE,
                        Item.BUILD,
                        Item.CONFIGURE,
                        CredentialsProvider.VIEW,
                        CredentialsProvider.CREATE)
                .onFolders(team)
                .to(OWNER.user())
                .grant(Item.READ, Item.BUILD)
                .onFolders(team)
                .to(DEVELOPER.user())
                .grant(Item.READ, ReleaseGuardPermissions.SIGN_OFF)
                .onFolders(team)
                .to(APPROVER.user()));
    }

    /**
     * Answered by Jenkins as it is: nothing is followed, nothing shown.
     *
     * @param crumb null to send none
     */
    HttpResponse<String> send(HttpClient client, URI address, String method, Crumb crumb) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).method(method, HttpRequest.BodyPublishers.noBody());
        if (this != ANONYMOUS) {
            String login = user() + ":" + user();
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
        }
        if (crumb != null) {
            request.header(crumb.name(), crumb.value());
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** As JenkinsRule's own browsers have it. */
    record Crumb(String name, String value) {
        static Crumb crumb(JenkinsRule rule) {
            CrumbIssuer issuer = rule.jenkins.getCrumbIssuer();
            return new Crumb(issuer.getCrumbRequestField(), issuer.getCrumb((jakarta.servlet.ServletRequest) null));
        }
    }
}
