// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.AdministrativeMonitor;
import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.effect.Channels;
import io.jenkins.plugins.releaseguard.jenkins.effect.Notifier;
import io.jenkins.plugins.releaseguard.jenkins.scope.Failures;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseBuild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
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

    private final Map<Path, Damage> damaged = new ConcurrentHashMap<>();

    /**
     * @param info null where that can't be read either
     * @param channels whom the contract wants told, none where it can't be read
     */
    private record Damage(String why, RecordInfo info, List<String> channels) {
        ItemGroup<?> place() {
            return info == null
                    ? Jenkins.get()
                    : info.place() == null ? new ReleaseBuild(info.run()).place() : Setups.folderAt(info.place());
        }

        String of(Path folder) {
            return folder.getFileName()
                    + (info == null ? "" : ", " + info.service() + " in " + info.environment() + ", " + info.run());
        }
    }

    static DamagedRecords get() {
        return ExtensionList.lookupSingleton(DamagedRecords.class);
    }

    void add(Path folder, Exception why) {
        damaged.put(folder, damage(new RecordFolder(folder), Failures.text(why)));
        LOGGER.log(
                Level.SEVERE,
                why,
                () -> "The release in " + folder + " can't be taken up again: see where its traffic is, now");
    }

    private static Damage damage(RecordFolder folder, String why) {
        RecordInfo info = null;
        try {
            info = folder.info();
            return new Damage(
                    why,
                    info,
                    Channels.of(FrozenContract.thaw(info, folder.contract()).contract()));
        } catch (IOException | ContractException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Not known whom to tell of " + folder.path());
            return new Damage(why, info, List.of());
        }
    }

    /** What people are called for, by the record's name. */
    Map<String, Unattended.Call> calls() {
        Map<String, Unattended.Call> calls = new TreeMap<>();
        damaged.forEach((folder, damage) -> {
            if (Files.exists(folder)) {
                String text =
                        "NOT TAKEN UP AGAIN after the restart, nobody watches it: see where its traffic is, now. Release "
                                + damage.of(folder) + " (" + damage.why() + ")";
                calls.put(
                        String.valueOf(folder.getFileName()),
                        () -> Notifier.reach(damage.place(), damage.channels(), text));
            }
        });
        return calls;
    }

    /** Whether the release's record is there and can't be read. */
    boolean has(Path folder) {
        return damaged.containsKey(folder) && Files.exists(folder);
    }

    /** Those that nobody has moved away yet, for the page. */
    public List<String> getRecords() {
        return damaged.entrySet().stream()
                .filter(record -> Files.exists(record.getKey()))
                .map(record -> record.getKey() + ": " + record.getValue().why())
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
