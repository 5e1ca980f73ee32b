// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.page;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.releaseguard.journal.AtomicFile;
import io.jenkins.plugins.releaseguard.journal.EventJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Which services a job has released. Asked for on every page that shows a job, so it answers from memory; the releases themselves are in
 * the services' ledgers. Losing the file loses links, no record.
 */
@Restricted(NoExternalUse.class)
@Extension
public final class JobReleases extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(JobReleases.class.getName());
    private static final ObjectMapper JSON = EventJson.mapper();
    private static final TypeReference<TreeMap<String, Kept>> SHAPE = new TypeReference<>() {};

    private Map<String, Kept> jobs;

    /** A job's services, and the full names that it had before: its older releases go by them. */
    private record Kept(Set<String> services, Set<String> names) {
        Kept {
            services = services == null ? new LinkedHashSet<>() : new LinkedHashSet<>(services);
            names = names == null ? new LinkedHashSet<>() : new LinkedHashSet<>(names);
        }

        static Kept none() {
            return new Kept(null, null);
        }
    }

    public static JobReleases get() {
        return ExtensionList.lookupSingleton(JobReleases.class);
    }

    /** Where the services' ledgers lie. */
    static Path ledgers() {
        return home().resolve("services");
    }

    private static Path home() {
        return Jenkins.get().getRootDir().toPath().resolve("release-guard");
    }

    private static Path file() {
        return home().resolve("jobs.json");
    }

    /** A build of this job opened a release of this service. */
    public synchronized void note(Job<?, ?> job, String service) {
        if (load().computeIfAbsent(job.getFullName(), name -> Kept.none())
                .services()
                .add(service)) {
            save();
        }
    }

    synchronized Set<String> services(Job<?, ?> job) {
        return Set.copyOf(load().getOrDefault(job.getFullName(), Kept.none()).services());
    }

    /** The full names that the job had before. */
    synchronized Set<String> formerNames(Job<?, ?> job) {
        return Set.copyOf(load().getOrDefault(job.getFullName(), Kept.none()).names());
    }

    synchronized boolean any(Job<?, ?> job) {
        return load().containsKey(job.getFullName());
    }

    @Override
    public synchronized void onLocationChanged(Item item, String oldFullName, String newFullName) {
        Kept known = load().remove(oldFullName);
        if (known != null) {
            known.names().add(oldFullName);
            load().put(newFullName, known);
            save();
        }
    }

    @Override
    public synchronized void onDeleted(Item item) {
        if (load().remove(item.getFullName()) != null) {
            save();
        }
    }

    private Map<String, Kept> load() {
        if (jobs == null) {
            jobs = new TreeMap<>();
            try {
                jobs.putAll(JSON.readValue(Files.readAllBytes(file()), SHAPE));
            } catch (NoSuchFileException e) {
                LOGGER.log(Level.FINE, "No job has released anything yet");
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, "Jobs will list their releases again from the next one on", e);
            }
        }
        return jobs;
    }

    private void save() {
        try {
            Files.createDirectories(home());
            AtomicFile.write(file(), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(jobs));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Could not note which services jobs release", e);
        }
    }
}
