// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import hudson.model.ItemGroup;
import io.jenkins.plugins.releaseguard.contract.Contract;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import io.jenkins.plugins.releaseguard.evidence.SignOff;
import io.jenkins.plugins.releaseguard.gate.GateOverride;
import io.jenkins.plugins.releaseguard.jenkins.config.Setups;
import io.jenkins.plugins.releaseguard.jenkins.scope.Failures;
import io.jenkins.plugins.releaseguard.jenkins.scope.Makers;
import io.jenkins.plugins.releaseguard.jenkins.scope.NodeContext;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseBuild;
import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.OperatorCommand;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.rollout.runner.Runner;
import java.io.IOException;
import java.util.Collection;
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
    private final RecordNote record;
    private final OrphanAnswer orphanAnswer = new OrphanAnswer(this);
    private final KeptRouter router = new KeptRouter(this);
    private volatile Runner runner;
    private volatile Event.Breached lastBreach;
    private volatile boolean gating;
    private volatile Report report;
    private volatile ResumeCheck resumeCheck;

    OpenRelease(ReleaseGuardService service, RecordFolder folder, RecordInfo info, Contract contract, Executor lane) {
        this.service = service;
        this.folder = folder;
        this.record = new RecordNote(folder, info);
        this.contract = contract;
        this.gate = new GateRecord(folder);
        this.followers = new Followers(this, lane);
    }

    @Override
    public String id() {
        return info().id();
    }

    public RecordInfo info() {
        return record.info();
    }

    @Override
    public String service() {
        return info().service();
    }

    @Override
    public String environment() {
        return info().environment();
    }

    @Override
    public String orphan() {
        return info().orphan();
    }

    @Override
    public Contract contract() {
        return contract;
    }

    @Override
    public Makers makers() {
        return info().makers();
    }

    @Override
    public ContractOrigin contractOrigin() {
        return info().contractOrigin();
    }

    RecordFolder folder() {
        return folder;
    }

    @Override
    public ReleaseBuild build() {
        return new ReleaseBuild(info().run());
    }

    /** What it was begun with: a job that is moved meanwhile takes the traffic's way back with it. */
    @Override
    public ItemGroup<?> place() {
        String begun = info().place();
        return begun == null ? build().place() : Setups.folderAt(begun);
    }

    @Override
    public TrafficRouter router(String id) throws EffectException {
        return id.equals(contract.rollout().router()) ? router.connect(id) : Setups.router(user().inMotion(), id);
    }

    /** Null until the rollout is armed. */
    public Runner runner() {
        return runner;
    }

    /** Where it stands; new while the gate decides. */
    public State state() {
        return runner == null ? State.NEW : runner.state();
    }

    /** How it ended; null while it goes on. */
    public Event.Ended outcome() {
        return runner == null ? gate.ended() : runner.state().outcome();
    }

    @Override
    public Event.Breached breach() {
        Event.Breached decided = state().breach();
        return decided == null ? lastBreach : decided;
    }

    /** What happened so far. */
    public List<Stamped> events() throws IOException {
        return JournalReader.read(folder.journal()).events();
    }

    /** The sealed report; null until the release has ended and is archived. */
    public Report report() {
        return report;
    }

    /** The report as it would be now; an empty one where the journal can't be read. */
    public Report preview() {
        return folder.preview();
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
        record(service.ledger(service()).lastGood(environment()).noted());
        router.noteUnproven(contract.rollout().router());
        gate.close();
        record.put(info().withRollout(enclosed, observe)
                .withRouterPlace(router.keep(contract.rollout().router())));
        RecordedRouters.keep(this);
        start();
        runner.arm();
        return runner;
    }

    /**
     * Goes on after a restart of the controller.
     *
     * @param gist of its journal
     * @param open all records that lie open
     */
    synchronized void resume(JournalGist gist, Collection<RecordInfo> open) throws IOException {
        orphanAnswer.resume(gist);
        Optional<String> later = Superseded.by(info(), gist.opened(), service.ledger(service()), open);
        if (info().enclosed() == null || later.isPresent()) {
            gate.resume(gist.ended());
            if (gate.ended() != null) {
                service.ended(this);
            } else if (later.isPresent()) {
                // without a runner: where the traffic is, is no business of this one any more
                record(new Event.Ended(ReleaseOutcome.HALTED, false, "superseded after a restart: " + later.get()));
            }
        } else {
            start();
            resumeCheck = new ResumeCheck(this, runner, service);
            resumeCheck.begin(gist.last());
        }
        orphanAnswer.give();
    }

    /** Null where it was never taken up again. */
    ResumeCheck resumeCheck() {
        return resumeCheck;
    }

    private void start() throws IOException {
        runner = RunnerMaker.make(this, service);
        runner.ended().thenRun(() -> service.ended(this));
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

    /** What record.json says. */
    RecordNote note() {
        return record;
    }

    /** Again and again is as good as once. The answer waits for no disk. */
    synchronized void orphaned(String why) {
        if (outcome() == null) {
            record.note(info -> info.orphan() == null ? info.withOrphan(why) : info);
            service.pools().file(id(), record::catchUp);
            orphanAnswer.give();
        }
    }

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
