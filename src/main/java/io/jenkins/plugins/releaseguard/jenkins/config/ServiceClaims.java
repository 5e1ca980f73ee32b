// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.config;

import hudson.ExtensionPoint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Knows whose services are already, for the form in which a folder claims one. */
@Restricted(NoExternalUse.class)
public interface ServiceClaims extends ExtensionPoint {
    /**
     * Who has a service whatever a folder's configuration says of it; also what the caller may not see.
     *
     * @param folder full name of the folder that it would stand in
     * @param place full name of what the folder would give it to
     * @return empty where the folder's line counts, or says what is so anyway
     * @throws IOException nobody can tell
     */
    Optional<Elsewhere> elsewhere(String service, String folder, String place) throws IOException;

    /**
     * Who has a service.
     *
     * @param places full names of folders and jobs; {@link ServiceSetup#EVERYBODY} for all; none for nobody
     * @param configured whether the controller's configuration says so
     */
    record Elsewhere(List<String> places, boolean configured) {
        public Elsewhere {
            places = List.copyOf(places);
        }
    }
}
