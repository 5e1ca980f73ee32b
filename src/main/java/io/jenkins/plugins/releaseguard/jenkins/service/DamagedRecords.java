// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import io.jenkins.plugins.releaseguard.jenkins.scope.Failures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Records of releases that can't be taken up again after a restart. They stay where they are, and administrators are told, until
 * somebody has seen to the traffic and moved them away.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class DamagedRecords extends AdministrativeMonitor {
    private static final Logger LOGGER = Logger.getLogger(DamagedRecords.class.getName());

    private final Map<Path, String> damaged = new ConcurrentHashMap<>();

    static DamagedRecords get() {
        return ExtensionList.lookupSingleton(DamagedRecords.class);
    }

    void add(Path folder, Exception why) {
        damaged.put(folder, Failures.text(why));
        LOGGER.log(
                Level.SEVERE,
                why,
                () -> "The release in " + folder + " can't be taken up again: see where its traffic is, now");
    }

    /** Whether the release's record is there and can't be read. */
    boolean has(Path folder) {
        return damaged.containsKey(folder) && Files.exists(folder);
    }

    /** Those that nobody has moved away yet, for the page. */
    public List<String> getRecords() {
        return damaged.entrySet().stream()
                .filter(record -> Files.exists(record.getKey()))
                .map(record -> record.getKey() + ": " + record.getValue())
                .sorted()
                .toList();
    }

    @Override
    public boolean isActivated() {
        return !getRecords().isEmpty();
    }

    @Override
    public String getDisplayName() {
        return Messages.DamagedRecords_DisplayName();
    }
}
