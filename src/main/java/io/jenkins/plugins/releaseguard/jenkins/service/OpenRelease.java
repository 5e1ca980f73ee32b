// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.JournalWriter;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.rollout.runner.ReleaseClock;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A release that hasn't ended: its journal while the gate decides, its runner from then on, and the steps that follow it. Lives
 * in the service, not in the build; safe for several threads.
 */
public final class OpenRelease {
    private static final Logger LOGGER = Logger.getLogger(OpenRelease.class.getName());

    private static final int MOST_MISSED = 100;
    static final String OVERRIDE = "override.json";

    private final ReleaseGuardService service;
    private final RecordFolder folder;
    private final Contract contract;
    private final Executor lane;
    private final List<ReleaseWatcher> watchers = new CopyOnWriteArrayList<>();
    /** What the log should have said while no step was there to say it. */
    private final Queue<String> missed = new ConcurrentLinkedQueue<>();

    private volatile RecordInfo info;
    private volatile JournalWriter gateJournal;
    private volatile Runner runner;
    private volatile Event.Ended endedInGate;
    private volatile Event.Breached lastBreach;
    private volatile boolean gating;
    private volatile Report report;

    OpenRelease(ReleaseGuardService service, RecordFolder folder, RecordInfo info, Contract contract, Executor lane) {
        this.service = service;
        this.folder = folder;
        this.info = info;
        this.contract = contract;
        this.lane = lane;
    }

    public String id() {
        return info.id();
    }

    public RecordInfo info() {
        return info;
    }

    public Contract contract() {
        return contract;
    }

    RecordFolder folder() {
        return folder;
    }

    /** The build, null where it is gone. */
    public Run<?, ?> run() {
        return Run.fromExternalizableId(info.run());
    }

    /** The build's job, null where it is gone. */
    public Job<?, ?> job() {
        Run<?, ?> run = run();
        if (run != null) {
            return run.getParent();
        }
        String name = info.run().substring(0, info.run().lastIndexOf('#'));
        return jenkins.model.Jenkins.get().getItemByFullName(name, Job.class);
    }

    /** The job's folder, also where the job is gone: what is set up there still steers the traffic. */
    ItemGroup<?> place() {
        return Setups.folderOf(info.run().substring(0, info.run().lastIndexOf('#')));
    }

    /** What folders and controller demand of it, as they do now. */
    ReleasePolicy policy() {
        return new ReleasePolicy(place(), contract, info.environment());
    }

    /** Null until the rollout is armed. */
    public Runner runner() {
        return runner;
    }

    /** Where it stands; new while the gate decides. */
    public State state() {
        Runner current = runner;
        return current == null ? State.NEW : current.state();
    }

    /** How it ended; null while it goes on. */
    public Event.Ended outcome() {
        Runner current = runner;
        return current == null ? endedInGate : current.state().outcome();
    }

    /** The breach that is being answered; null for none. */
    Event.Breached breach() {
        return lastBreach;
    }

    /** Where people see it, for logs. */
    public String page() {
        return url();
    }

    /** The page of the build's release. */
    String url() {
        Run<?, ?> run = run();
        String root = jenkins.model.Jenkins.get().getRootUrl();
        return run == null || root == null ? info.run() : root + run.getUrl() + "release-guard/";
    }

    /** Everybody's word so far, oldest first. */
    public List<SignOff> signOffs() throws IOException {
        SignOffs kept = folder.read(SignOffs.FILE, SignOffs.class);
        return kept == null ? List.of() : kept.signOffs();
    }

    /** A person has spoken; kept before it counts. */
    public synchronized void sign(SignOff signOff) throws IOException {
        List<SignOff> all = new ArrayList<>(signOffs());
        all.add(signOff);
        folder.write(SignOffs.FILE, new SignOffs(all));
        record(new Event.SignedOff(
                signOff.entry(), signOff.by(), signOff.approved(), signOff.comment(), signOff.digest()));
    }

    /** Somebody with the permission lets the release start in spite of the gate; kept before it counts. */
    public synchronized void override(GateOverride override) throws IOException {
        folder.write(OVERRIDE, override);
        record(new Event.Operated("override", override.by(), override.reason()));
    }

    record SignOffs(List<SignOff> signOffs) {
        static final String FILE = "signoffs.json";
    }

    // --- the gate ---

    /** Writes the gate's events, before there is a rollout. */
    public synchronized void record(Event event) throws IOException {
        if (runner != null) {
            runner.record(event);
            return;
        }
        if (endedInGate != null) {
            return;
        }
        if (gateJournal == null) {
            gateJournal = JournalFile.open(folder.journal());
        }
        Instant now = Instant.now();
        Stamped stamped = gateJournal.append(now, now, event);
        tell(stamped, State.NEW, ProgressLines.of(null, event));
        if (event instanceof Event.Ended ended) {
            endedInGate = ended;
            closeGate();
            service.ended(this);
        }
    }

    /** What happened so far. */
    public List<Stamped> events() throws IOException {
        return JournalReader.read(folder.journal()).events();
    }

    private void closeGate() throws IOException {
        if (gateJournal != null) {
            gateJournal.close();
            gateJournal = null;
        }
    }

    /** A gate is at work; nothing may move meanwhile. */
    public void gating(boolean atWork) {
        gating = atWork;
    }

    // --- the rollout ---

    /** Makes the runner and arms it. A second call, from a step inside the first one's body, finds it armed. */
    public synchronized Runner arm(boolean enclosed, boolean observe) throws IOException {
        if (runner != null) {
            return runner;
        }
        if (gating) {
            throw new IOException("the gate hasn't decided yet: let releaseGate end first");
        }
        closeGate();
        info = info.withRollout(enclosed, observe);
        folder.write(info);
        start(events());
        runner.arm();
        return runner;
    }

    /** Goes on after a restart of the controller. */
    synchronized void resume() throws IOException {
        List<Stamped> past = events();
        if (info.enclosed() == null) {
            endedInGate = past.stream()
                    .map(Stamped::event)
                    .filter(Event.Ended.class::isInstance)
                    .map(Event.Ended.class::cast)
                    .findFirst()
                    .orElse(null);
            if (endedInGate != null) {
                service.ended(this);
            }
            return;
        }
        start(past);
        Instant last =
                past.isEmpty() ? Instant.now() : past.get(past.size() - 1).wall();
        Duration down = Duration.between(last, Instant.now());
        runner.resume(down.isNegative() ? Duration.ZERO : down, "the controller was restarted");
        runner.arm();
    }

    private void start(List<Stamped> past) throws IOException {
        // whoever only observes leaves the router to those who move the traffic today
        boolean routed = !contract.rollout().router().isBlank() && !info.observe();
        Plan.Movement movement = routed ? Plan.Movement.ROUTER : Plan.Movement.BODY;
        PlanOptions options = new PlanOptions(movement, true, info.enclosed(), true, 1, info.observe());
        Plan plan = Plans.of(contract, info.environment(), options);
        JournalWriter journal = JournalFile.open(folder.journal());
        JenkinsPorts ports = new JenkinsPorts(this, service);
        runner = new Runner(plan, journal, past, ports, ReleaseClock.WALL, service.threads());
        runner.ended().thenRun(() -> service.ended(this));
    }

    synchronized void detach() {
        if (runner != null) {
            runner.detach();
        }
        try {
            closeGate();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not close the journal of " + id());
        }
    }

    // --- steps ---

    /** A step follows from here on; it hears the state at once. */
    public void attach(ReleaseWatcher watcher) {
        watchers.add(watcher);
        for (String line = missed.poll(); line != null; line = missed.poll()) {
            tell(watcher, state(), line);
        }
        tell(watcher, state(), null);
    }

    public void detach(ReleaseWatcher watcher) {
        watchers.remove(watcher);
    }

    /** Whether a step follows that runs the phases' bodies. */
    public boolean hasBodies() {
        return watchers.stream().anyMatch(ReleaseWatcher::runsBodies);
    }

    /** A node that the build stands in, the innermost step's first; empty where no step has one. */
    Optional<NodeSite> site() throws InterruptedException {
        for (int i = watchers.size() - 1; i >= 0; i--) {
            try {
                NodeSite site = watchers.get(i).site();
                if (site != null) {
                    return Optional.of(site);
                }
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "No node for " + id());
            }
        }
        return Optional.empty();
    }

    void runBody(Effect.RunBody body) {
        watchers.stream()
                .filter(ReleaseWatcher::runsBodies)
                .findFirst()
                .ifPresent(w -> lane(() -> w.runBody(this, body)));
    }

    /** Tells a body's end to the runner and to whoever waits for it. */
    public void bodyEnded(Effect.RunBody body, Throwable failure) {
        Runner current = runner;
        if (current != null) {
            current.bodyEnded(body, failure == null ? null : Failures.text(failure));
            tellAll(null);
        }
    }

    /** The body of {@code autoRollback} has ended. */
    public void enclosingBodyEnded(Throwable failure) {
        Runner current = runner;
        if (current != null) {
            current.enclosingBodyEnded(failure == null ? null : Failures.text(failure));
            tellAll(null);
        }
    }

    /** Brings the last good version back, or ends the release where nothing has moved. */
    public void rollBack(String cause, String by, String reason) {
        Runner current = runner;
        if (current != null) {
            current.rollBack(cause, by, reason);
            return;
        }
        try {
            record(new Event.Operated(cause, by, reason));
            record(new Event.Ended("halted", true, reason));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not end " + id());
        }
    }

    synchronized void orphaned(String why) {
        if (info.orphan() != null || outcome() != null) {
            return;
        }
        info = info.withOrphan(why);
        try {
            folder.write(info);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not note that " + id() + " lost its build");
        }
        service.orphaned(this, why);
    }

    // --- telling ---

    /** Ended and archived: steps that still follow end now. */
    void settled(Report sealed) {
        report = sealed;
        tellAll(null);
    }

    /** The sealed report; null until the release has ended and is archived. */
    public Report report() {
        return report;
    }

    /** The report as it would be now. */
    public Report preview() {
        try {
            return Report.of(events());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the journal of " + id());
            return Report.of(List.of());
        }
    }

    /** Whether an {@code autoRollback} encloses the rollout, and so has the last bake. */
    public boolean isEnclosed() {
        return Boolean.TRUE.equals(info.enclosed());
    }

    /** Ends the release as it stands. */
    public void end(Event.Ended ended) {
        Runner current = runner;
        if (current != null) {
            current.record(ended);
        }
    }

    /** Tells a step again where the release stands. */
    public void attachAgain(ReleaseWatcher watcher) {
        tell(watcher, state(), null);
    }

    void happened(Stamped event, State state) {
        if (event.event() instanceof Event.Breached breach) {
            lastBreach = breach;
        }
        tell(event, state, ProgressLines.of(runner == null ? null : runner.plan(), event.event()));
    }

    private void tell(Stamped event, State state, String line) {
        if (line != null) {
            LOGGER.log(Level.FINE, () -> id() + ": " + line);
            if (watchers.isEmpty() && missed.size() < MOST_MISSED) {
                missed.add(line);
            }
        }
        boolean first = true;
        // the innermost step has the log
        for (int i = watchers.size() - 1; i >= 0; i--) {
            tell(watchers.get(i), state, first ? line : null);
            first = false;
        }
    }

    private void tellAll(String line) {
        watchers.forEach(w -> tell(w, state(), line));
    }

    private void tell(ReleaseWatcher watcher, State state, String line) {
        lane(() -> watcher.sync(this, state, line));
    }

    private void lane(Runnable work) {
        try {
            lane.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOGGER.log(Level.WARNING, e, () -> "A step that follows " + id() + " stumbled");
                }
            });
        } catch (java.util.concurrent.RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The service is going down", e);
        }
    }
}
