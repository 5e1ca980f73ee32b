// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.ownership;

import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** That a build may release a service; only {@link ServiceOwners} gives one. */
@Restricted(NoExternalUse.class)
public final class ServiceAdmission {
    private final String service;
    private final String news;

    ServiceAdmission(String service, String news) {
        this.service = service;
        this.news = news;
    }

    /** @throws IllegalArgumentException it was given for another service */
    public void require(String asked) {
        if (!service.equals(asked)) {
            throw new IllegalArgumentException("admitted to '" + service + "', not to '" + asked + "'");
        }
    }

    /** Where this very build has claimed the service: to whom it belongs from now on, as a sentence. */
    public Optional<String> news() {
        return Optional.ofNullable(news);
    }
}
