// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.init.Terminator;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.contract.ContractException;
import io.jenkins.plugins.releaseguard.contract.Entry;
import io.jenkins.plugins.releaseguard.evidence.CheckContext;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.EvidenceGatherer;
import io.jenkins.plugins.releaseguard.jenkins.catalog.ReleaseCatalog;
import io.jenkins.plugins.releaseguard.jenkins.evidence.JenkinsApprovals;
import io.jenkins.plugins.releaseguard.jenkins.forecast.Prospects;
import io.jenkins.plugins.releaseguard.jenkins.ownership.ServiceAdmission;
import io.jenkins.plugins.releaseguard.jenkins.ownership.ServiceOwners;
import io.jenkins.plugins.releaseguard.jenkins.scope.BuildAuthors;
import io.jenkins.plugins.releaseguard.jenkins.scope.Directory;
import io.jenkins.plugins.releaseguard.jenkins.scope.Makers;
import io.jenkins.plugins.releaseguard.jenkins.scope.ServiceLedgers;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.ledger.Ledger;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.rollout.runner.RunnerThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.commons.io.FileUtils;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Owns all releases in motion, outside of builds and their programs: what a build begins is brought to an end here also where
 * the build is killed, deleted or lost. At most one release a service and environment at a time.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class ReleaseGuardService {
    private static final Logger LOGGER = Logger.getLogger(ReleaseGuardService.class.getName());
    private static final Duration CHECK_LIMIT = Duration.ofMinutes(2);

    private final Map<String, OpenRelease> open = new ConcurrentHashMap<>();
    private final ReleaseQueue waiting = new ReleaseQueue();
    private final RouterHolds routers = new RouterHolds(this);
    private volatile boolean goingDown;
    private final RunnerThreads threads = new RunnerThreads(ServiceThreads::asSystem);
    private final ServiceThreads pools = new ServiceThreads(threads.lanes());
    private final Prospects prospects = new Prospects(ServiceThreads::asSystem);
    private final RecordsLock lock = new RecordsLock();
    private final Directory directory = new Directory(JenkinsApprovals::find, pools::askDirectory);

    public static ReleaseGuardService get() {
        return ExtensionList.lookupSingleton(ReleaseGuardService.class);
    }

    static Path folder(String id) {
        return ServiceLedgers.root().resolve("open").resolve(id);
    }

    RunnerThreads threads() {
        return threads;
    }

    Directory directory() {
        return directory;
    }

    public Ledger ledger(String service) {
        return ServiceLedgers.of(service);
    }

    // --- finding ---

    /** A release that hasn't ended. */
    public Optional<OpenRelease> find(String id) {
        return Optional.ofNullable(id == null ? null : open.get(id));
    }

    /** The build's releases to an environment that are open and haven't ended: one a service. */
    public List<OpenRelease> open(Run<?, ?> run, String environment) {
        return of(run).stream()
                .filter(r -> r.outcome() == null)
                .filter(r -> r.info().environment().equals(environment))
                .toList();
    }

    public List<OpenRelease> of(Run<?, ?> run) {
        return open.values().stream()
                .filter(r -> r.info().run().equals(run.getExternalizableId()))
                .toList();
    }

    public List<OpenRelease> all() {
        return List.copyOf(open.values());
    }

    /** Whether the build's last release of a service to an environment was refused by the gate. */
    public static boolean refused(Run<?, ?> run, String service, String environment) {
        return ReleaseActions.refused(run, service, environment);
    }

    // --- opening ---

    /**
     * Opens a release for a build.
     *
     * @param admission of the build to the contract's service
     * @return empty while another one of the same service and environment is in motion
     */
    public Optional<OpenRelease> open(
            Run<?, ?> run, FrozenContract frozen, String environment, ServiceAdmission admission) throws IOException {
        // outside of the lock: who somebody is may be asked of a user directory
        Makers makers = BuildAuthors.of(run, frozen.contract().release().service(), environment);
        return open(run, frozen, environment, admission, makers);
    }

    private synchronized Optional<OpenRelease> open(
            Run<?, ?> run, FrozenContract frozen, String environment, ServiceAdmission admission, Makers makers)
            throws IOException {
        String service = frozen.contract().release().service();
        admission.require(service);
        if (rival(service, environment).isPresent()) {
            return Optional.empty();
        }
        String id = ReleaseIds.next(service);
        RecordInfo info = RecordInfo.of(id, run.getExternalizableId(), frozen, environment, makers);
        RecordFolder folder = new RecordFolder(folder(id));
        OpenRelease release = make(folder, info, frozen);
        try {
            folder.create(info, frozen.text());
            release.record(OpenedEvents.event(frozen, environment, run));
            if (admission.news().isPresent()) {
                release.record(new Event.Noted(NoteKind.NOTE, admission.news().get()));
            }
        } catch (IOException e) {
            // nothing was begun, so nothing must be found after a restart
            release.detach();
            FileUtils.deleteQuietly(folder.path().toFile());
            throw e;
        }
        open.put(id, release);
        ReleaseActions.opened(run, info, frozen.contract().release().version());
        prospects.begin(release, () -> isWanted(release), told(release));
        return Optional.of(release);
    }

    private boolean isWanted(OpenRelease release) {
        return !goingDown && release.outcome() == null;
    }

    /** Writes it down on a thread of ours: a record may wait for its release and its disk. */
    private Prospects.Listener told(OpenRelease release) {
        return (sentence, late) ->
                submit(release.id(), () -> release.followers().expects(sentence, late));
    }

    /** What is expected of the releases that are open. */
    public Prospects prospects() {
        return prospects;
    }

    /** The release of the same service and environment that is in motion. */
    public Optional<OpenRelease> rival(String service, String environment) {
        return open.values().stream()
                .filter(r -> r.info().service().equals(service)
                        && r.info().environment().equals(environment))
                .findFirst();
    }

    /** Calls when the service and environment may be free again; once. */
    public void whenFree(String service, String environment, Runnable then) {
        waiting.add(service, environment, then);
        if (rival(service, environment).isEmpty()) {
            freed(service, environment);
        }
    }

    /** Whoever was to be called by {@link #whenFree} waits no longer. */
    public void forget(Runnable then) {
        waiting.remove(then);
        routers.forget(then);
    }

    private void freed(String service, String environment) {
        waiting.take(service, environment).forEach(next -> submit(service + " " + environment, next));
    }

    /** Which release drives which router. */
    public RouterHolds routers() {
        return routers;
    }

    private OpenRelease make(RecordFolder folder, RecordInfo info, FrozenContract frozen) {
        return new OpenRelease(this, folder, info, frozen.contract(), pools.steps(info.id()));
    }

    // --- working ---

    /**
     * Work that may wait for files, agents and addresses; not for people.
     *
     * @param release whose it is; the build's id where there is none yet
     */
    public void submit(String release, Runnable work) {
        pools.work(release, work);
    }

    /** Short work that must not wait behind the long one: stopping. */
    public void promptly(String release, Runnable work) {
        pools.prompt(release, work);
    }

    ServiceThreads pools() {
        return pools;
    }

    /** @return fails where the controller goes down: checks that end for that have said nothing */
    CompletableFuture<List<Evidence>> gather(
            List<? extends Entry> entries, CheckContext context, EvidenceGatherer.Looker looker) {
        return new EvidenceGatherer(ReleaseCatalog.get().checks())
                .gather(entries, context, looker, CHECK_LIMIT)
                .thenApply(found -> {
                    if (goingDown) {
                        throw new CancellationException("the controller goes down");
                    }
                    return found;
                });
    }

    // --- ending ---

    void ended(OpenRelease release) {
        pools.file(release.id(), () -> {
            Report report;
            boolean written = Archive.written(release).isDone();
            try {
                report = Archive.keep(release, this);
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "Could not archive " + release.id() + "; it stays where it is");
                report = release.preview();
                // a disk that hangs keeps nobody waiting, and what it hasn't taken is sealed when it has
                if (!written) {
                    Archive.written(release).thenRun(() -> ended(release));
                }
            }
            // first: whoever is told now may open the next release
            open.remove(release.id());
            prospects.end(release.id());
            release.settled(report);
            routers.free(release);
            freed(release.info().service(), release.info().environment());
        });
    }

    /** The report of a release that has ended. */
    public Report archived(Run<?, ?> run, String id) throws IOException {
        return Archive.read(run, id);
    }

    // --- restarts ---

    /** Takes the releases up again that the controller went down with. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void resume() throws IOException {
        ReleaseGuardService service = get();
        Path root = ServiceLedgers.root().resolve("open");
        boolean ours = service.lock.take(root);
        List<RecordFolder> folders = RecordFolder.below(root);
        List<RecordInfo> infos =
                folders.stream().flatMap(folder -> folder.known().stream()).toList();
        for (RecordFolder folder : folders) {
            if (folder.isOpened() && ours) {
                service.resume(folder, infos);
            } else if (folder.isOpened()) {
                DamagedRecords.get()
                        .add(
                                folder.path(),
                                new IOException("another process is at work on it: a rollback by hand, or a second"
                                        + " controller with the same home; restart this one when it has ended"));
            }
        }
    }

    private void resume(RecordFolder folder, List<RecordInfo> all) {
        OpenRelease release = null;
        try {
            RecordInfo info = folder.info();
            FrozenContract frozen = FrozenContract.thaw(info, folder.contract());
            release = make(folder, info, frozen);
            open.put(info.id(), release);
            ServiceOwners.get().inMotion(info.service(), info.run());
            JournalGist gist = JournalGist.read(folder.journal());
            release.resume(gist, all);
            routers.hold(release);
            OpenRelease resumed = release;
            prospects.takeUp(release, gist.expected(), () -> isWanted(resumed), told(release));
            Optional<String> unwatched = frozen.unwatched();
            if (unwatched.isPresent()) {
                release.rollBack(BreachCause.ABORT, "Release Guard", unwatched.get());
            }
        } catch (IOException | ContractException | RuntimeException e) {
            if (release != null) {
                // without its journal nobody may call it ended
                open.remove(release.id());
                prospects.end(release.id());
                release.detach();
            }
            DamagedRecords.get().add(folder.path(), e);
        }
    }

    /** Whether work fails now because the controller stops: it is taken up again afterwards. */
    public boolean isGoingDown() {
        return goingDown;
    }

    @Terminator
    public static void stop() {
        ExtensionList<ReleaseGuardService> all = ExtensionList.lookup(ReleaseGuardService.class);
        for (ReleaseGuardService service : all) {
            service.goingDown = true;
            service.open.values().forEach(OpenRelease::detach);
            service.prospects.close();
            service.threads.close();
            service.lock.release();
        }
    }
}
