// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.credential;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.model.ItemGroup;
import hudson.security.ACL;
import io.jenkins.plugins.releaseguard.http.Authorization;
import jenkins.model.Jenkins;
import okhttp3.HttpUrl;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Credentials by id, looked up at each use so that a rotated secret is taken up. */
@Restricted(NoExternalUse.class)
public final class Secrets {
    private Secrets() {}

    /** The header for an address; none where no id is given. Its supplier throws where the credentials are gone. */
    public static Authorization authorization(String credentialsId, String url, ItemGroup<?> context) {
        if (credentialsId == null || credentialsId.isBlank()) {
            return Authorization.NONE;
        }
        return () -> of(find(credentialsId, url, context), credentialsId).header();
    }

    /**
     * An address that is itself a secret.
     *
     * @throws IllegalStateException where there is none; the message names the id only
     */
    public static String address(String credentialsId, ItemGroup<?> context) {
        StandardCredentials found = credentialsId == null ? null : find(credentialsId, "", context);
        HttpUrl url = found instanceof StringCredentials text
                ? HttpUrl.parse(text.getSecret().getPlainText().trim())
                : null;
        if (url == null) {
            throw new IllegalStateException("no secret text '" + credentialsId
                    + "' with an http or https address is to be had where the channel was set up");
        }
        return url.toString();
    }

    /** Those of SYSTEM scope only for what administrators set up at the controller itself, whatever a provider offers. */
    static StandardCredentials find(String credentialsId, String url, ItemGroup<?> context) {
        return CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        StandardCredentials.class,
                        context,
                        ACL.SYSTEM2,
                        URIRequirementBuilder.fromUri(url).build()),
                context == Jenkins.get()
                        ? CredentialsMatchers.withId(credentialsId)
                        : CredentialsMatchers.allOf(
                                CredentialsMatchers.withId(credentialsId),
                                CredentialsMatchers.not(CredentialsMatchers.withScope(CredentialsScope.SYSTEM))));
    }

    private static Authorization of(StandardCredentials credentials, String credentialsId) {
        if (credentials instanceof StringCredentials token) {
            return Authorization.bearer(() -> token.getSecret().getPlainText());
        } else if (credentials instanceof StandardUsernamePasswordCredentials login) {
            return Authorization.basic(
                    login.getUsername(), () -> login.getPassword().getPlainText());
        }
        throw new IllegalStateException("no credentials '" + credentialsId
                + "' of kind secret text or user name with password are to be had where the address was set up");
    }
}
