// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.security;

import com.cloudbees.hudson.plugins.folder.Folder;
import com.cloudbees.hudson.plugins.folder.properties.FolderCredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.util.Secret;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;

/** Credentials of the controller for itself, of the controller for all, and of the folders {@code team} and {@code other}. */
final class PlantedCredentials {
    /** Ids, by whose they are. */
    static final List<String> IDS = List.of("of-controller", "of-all", "of-team", "of-other");

    private PlantedCredentials() {}

    /** In the place of those before. @param url where a secret leads, so that it serves a webhook too: {@code <url>/secret-<id>} */
    static void plant(String url, Folder... folders) throws IOException {
        SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
        store.getCredentials().removeIf(each -> IDS.contains(((StandardCredentials) each).getId()));
        store.getCredentials().add(secret(CredentialsScope.SYSTEM, "of-controller", url));
        store.getCredentials().add(secret(CredentialsScope.GLOBAL, "of-all", url));
        store.save();
        for (Folder folder : folders) {
            for (CredentialsStore each : CredentialsProvider.lookupStores(folder)) {
                if (each.getProvider() instanceof FolderCredentialsProvider && each.getContext() == folder) {
                    each.addCredentials(
                            Domain.global(), secret(CredentialsScope.GLOBAL, "of-" + folder.getName(), url));
                }
            }
        }
    }

    private static StringCredentialsImpl secret(CredentialsScope scope, String id, String url) {
        return new StringCredentialsImpl(scope, id, "", Secret.fromString(url + "/secret-" + id));
    }
}
