// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.jenkins.scope.Failures;
import io.jenkins.plugins.releaseguard.jenkins.scope.NodeContext;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseBuild;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalFile;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Past;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.PlanOptions;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.rollout.runner.ReleaseClock;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A release that hasn't ended: {@link GateRecord} while the gate decides, a {@link Runner} from then on, and its
 * {@link Followers}. Lives in the service, not in the build; safe for several threads.
 */
@Restricted(NoExternalUse.class)
public final class OpenRelease implements ReleaseScope {
    private static final Logger LOGGER = Logger.getLogger(OpenRelease.class.getName());

    private final ReleaseGuardService service;
    private final RecordFolder folder;
    private final Contract contract;
    private final GateRecord gate;
    private final Followers followers;

    private volatile RecordInfo info;
    private volatile Runner runner;
    private volatile Event.Breached lastBreach;
    private volatile boolean gating;
    private volatile Report report;

    OpenRelease(ReleaseGuardService service, RecordFolder folder, RecordInfo info, Contract contract, Executor lane) {
        this.service = service;
        this.folder = folder;
        this.info = info;
        this.contract = contract;
        this.gate = new GateRecord(folder);
        this.followers = new Followers(this, lane);
    }

    // --- what it is ---

    @Override
    public String id() {
        return info.id();
    }

    public RecordInfo info() {
        return info;
    }

    @Override
    public String service() {
        return info.service();
    }

    @Override
    public String environment() {
        return info.environment();
    }

    @Override
    public String orphan() {
        return info.orphan();
    }

    @Override
    public Contract contract() {
        return contract;
    }

    RecordFolder folder() {
        return folder;
    }

    @Override
    public ReleaseBuild build() {
        return new ReleaseBuild(info.run());
    }

    // --- where it stands ---

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
        return current == null ? gate.ended() : current.state().outcome();
    }

    @Override
    public Event.Breached breach() {
        return lastBreach;
    }

    /** What happened so far. */
    public List<Stamped> events() throws IOException {
        return JournalReader.read(folder.journal()).events();
    }

    /** The sealed report; null until the release has ended and is archived. */
    public Report report() {
        return report;
    }

    /** The report as it would be now. */
    public Report preview() {
        try {
            return Report.read(folder.journal());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not read the journal of " + id());
            return Report.of(List.of());
        }
    }

    /** Whether an {@code autoRollback} encloses the rollout, and so has the last bake. */
    public boolean isEnclosed() {
        return Boolean.TRUE.equals(info.enclosed());
    }

    // --- the gate ---

    /** A gate is at work; nothing may move meanwhile. */
    public void gating(boolean atWork) {
        gating = atWork;
    }

    @Override
    public List<SignOff> signOffs() throws IOException {
        return gate.signOffs();
    }

    /** A person has spoken; kept before it counts. */
    public synchronized void sign(SignOff signOff) throws IOException {
        gate.keep(signOff);
        record(new Event.SignedOff(
                signOff.entry(), signOff.by(), signOff.approved(), signOff.comment(), signOff.digest()));
    }

    /** Somebody with the permission lets the release start in spite of the gate; kept before it counts. */
    public synchronized void override(GateOverride override) throws IOException {
        gate.keep(override);
        record(new Event.Operated(OperatorCommand.OVERRIDE, override.by(), override.reason()));
    }

    /** Writes the gate's events; those of the rollout, once there is one. */
    public synchronized void record(Event event) throws IOException {
        if (runner != null) {
            runner.record(event);
        } else if (gate.append(event) != null) {
            followers.tell(State.NEW, null, event);
            if (event instanceof Event.Ended) {
                service.ended(this);
            }
        }
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
        gate.close();
        info = info.withRollout(enclosed, observe);
        folder.write(info);
        RecordedRouters.keep(this);
        start();
        runner.arm();
        return runner;
    }

    /** Goes on after a restart of the controller. */
    synchronized void resume() throws IOException {
        if (info.enclosed() == null) {
            gate.resume(events());
            if (gate.ended() != null) {
                service.ended(this);
            }
            return;
        }
        Past past = start();
        Instant last = past.last() == null ? Instant.now() : past.last().wall();
        Duration down = Duration.between(last, Instant.now());
        runner.resume(down.isNegative() ? Duration.ZERO : down, "the controller was restarted");
        runner.arm();
    }

    private Past start() throws IOException {
        // whoever only observes leaves the router to those who move the traffic today
        boolean routed = !contract.rollout().router().isBlank() && !info.observe();
        Plan.Movement movement = routed ? Plan.Movement.ROUTER : Plan.Movement.BODY;
        PlanOptions options = new PlanOptions(movement, true, info.enclosed(), true, 1, info.observe());
        Plan plan = Plans.of(contract, info.environment(), options);
        JenkinsPorts ports = new JenkinsPorts(this, service);
        Past past = Past.read(plan, folder.journal());
        JournalFile journal = JournalFile.openUnforced(folder.journal());
        runner = new Runner(plan, journal, past.state(), ports, ReleaseClock.WALL, service.threads());
        runner.ended().thenRun(() -> service.ended(this));
        return past;
    }

    /** Brings the last good version back, or ends the release where nothing has moved. */
    public void rollBack(BreachCause cause, String by, String reason) {
        Runner current = runner;
        if (current != null) {
            current.rollBack(cause, by, reason);
            return;
        }
        Event.Ended halted = new Event.Ended(ReleaseOutcome.HALTED, true, reason);
        try {
            record(new Event.Operated(OperatorCommand.of(cause), by, reason));
            record(halted);
        } catch (IOException e) {
            // a full disk must not keep the next release out
            LOGGER.log(Level.WARNING, e, () -> "Could not write the end of " + id());
            gate.end(halted);
            service.ended(this);
        }
    }

    /** Ends the release as it stands. */
    public void end(Event.Ended ended) {
        Runner current = runner;
        if (current != null) {
            current.record(ended);
        }
    }

    /** Lets go without ending it: the controller goes down. */
    synchronized void detach() {
        if (runner != null) {
            runner.detach();
        }
        try {
            gate.close();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not close the journal of " + id());
        }
    }

    // --- the build ---

    /** The job has another name or another folder now: the build is still the same. */
    synchronized void moved(String jobName) {
        note(info.withRun(build().in(jobName).id()), "the job is " + jobName + " now");
    }

    synchronized void orphaned(String why) {
        if (info.orphan() != null || outcome() != null) {
            return;
        }
        note(info.withOrphan(why), "it lost its build");
        service.orphaned(this, why);
    }

    /** Counts also where it can't be written. */
    private void note(RecordInfo changed, String what) {
        info = changed;
        try {
            folder.write(changed);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Could not note of " + id() + " that " + what);
        }
    }

    // --- the steps ---

    /** The steps that follow it. */
    public Followers followers() {
        return followers;
    }

    @Override
    public Optional<NodeContext> node() throws InterruptedException {
        return followers.node();
    }

    /** Tells a body's end to the runner and to whoever waits for it. */
    public void bodyEnded(Effect.RunBody body, Throwable failure) {
        Runner current = runner;
        if (current != null) {
            current.bodyEnded(body, failure == null ? null : Failures.text(failure));
            followers.tellAll();
        }
    }

    /** The body of {@code autoRollback} has ended. */
    public void enclosingBodyEnded(Throwable failure) {
        Runner current = runner;
        if (current != null) {
            current.enclosingBodyEnded(failure == null ? null : Failures.text(failure));
            followers.tellAll();
        }
    }

    void happened(Stamped event, State state) {
        if (event.event() instanceof Event.Breached breach) {
            lastBreach = breach;
        }
        followers.tell(state, runner == null ? null : runner.plan().outline(), event.event());
    }

    /** Ended and archived: steps that still follow end now. */
    void settled(Report sealed) {
        report = sealed;
        followers.tellAll();
    }
}
