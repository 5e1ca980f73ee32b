// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.step;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.releaseguard.evidence.Evidence;
import io.jenkins.plugins.releaseguard.evidence.Origin;
import io.jenkins.plugins.releaseguard.gate.Decision;
import io.jenkins.plugins.releaseguard.gate.Freshness;
import io.jenkins.plugins.releaseguard.gate.GateResult;
import io.jenkins.plugins.releaseguard.gate.Reason;
import io.jenkins.plugins.releaseguard.jenkins.service.GateEvaluator;
import io.jenkins.plugins.releaseguard.jenkins.service.GateListener;
import io.jenkins.plugins.releaseguard.jenkins.service.OpenRelease;
import io.jenkins.plugins.releaseguard.jenkins.service.ReleaseGuardService;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.GateWord;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.report.Report;
import io.jenkins.plugins.releaseguard.rollout.Plans;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Gathers once, then decides at each word of a person and at each deadline until there is an answer. */
final class ReleaseGateExecution extends ReleaseExecution {
    private static final long serialVersionUID = 1L;

    private final String onNoGo;
    private final long holdMillis;

    /** When waiting began; 0 until then. Deadlines count from here, also over restarts. */
    private long started;

    private transient volatile GateResult before;
    private transient boolean considering;
    private transient boolean asked;

    /** What was gathered was stale before all of it was, and is looked at once more. */
    private transient boolean again;

    private transient volatile boolean ended;
    private transient volatile ScheduledFuture<?> alarm;
    private transient volatile String awaits;

    ReleaseGateExecution(StepContext context, ReleaseGateStep step) {
        super(context, step);
        this.onNoGo = step.getOnNoGo();
        this.holdMillis = TimeUnit.MINUTES.toMillis(step.getHoldMinutes());
    }

    @Override
    boolean isGate() {
        return true;
    }

    @Override
    void entered() {
        started = System.currentTimeMillis();
    }

    @Override
    void begin(OpenRelease opened) throws IOException {
        opened.gating(true);
        new GateEvaluator(opened).begin();
        consider(opened);
    }

    @Override
    void follow(OpenRelease opened, State state) {
        // a sign-off, an override, or a resume; gathering must not hold up what others are told
        ReleaseGuardService.get().submit(opened.id(), () -> consider(opened));
    }

    /** One at a time; whoever comes meanwhile is answered by another look afterwards, and waits for nothing. */
    private void consider(OpenRelease opened) {
        if (turn(true)) {
            look(opened);
        }
    }

    private void ended(OpenRelease opened) {
        if (!turn(false)) {
            look(opened);
        }
    }

    /** Takes the turn, or gives it back; false where that can't be. */
    private synchronized boolean turn(boolean take) {
        if (take) {
            asked = considering;
            considering = true;
            return !asked;
        }
        if (asked) {
            asked = false;
            return false;
        }
        considering = false;
        return true;
    }

    private boolean isOver(OpenRelease opened) {
        return isDone() || opened.outcome() != null || stopped() != null;
    }

    /** No thread of the gate's waits for its checks. */
    private void look(OpenRelease opened) {
        if (isOver(opened)) {
            ended(opened);
            return;
        }
        try {
            opened.gating(true);
            GateEvaluator evaluator = new GateEvaluator(opened);
            if (!evaluator.hasGathered()) {
                evaluator.lintLines().forEach(this::say);
            }
            evaluator
                    .look(this::node)
                    .whenComplete((seen, error) -> ReleaseGuardService.get().submit(opened.id(), () -> {
                        try {
                            decide(opened, evaluator, seen, error);
                        } finally {
                            ended(opened);
                        }
                    }));
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            // whatever it is: a gate that nobody looks at any more would wait for ever
            failUnlessGoingDown(e);
            ended(opened);
        }
    }

    /** @param error null for none */
    private void decide(OpenRelease opened, GateEvaluator evaluator, List<Evidence> seen, Throwable error) {
        if (isOver(opened)) {
            return;
        }
        try {
            if (error != null) {
                throw new IOException(error);
            }
            // one check's word may grow old while others are waited for: that is our own lateness, once
            again = evaluator.keep(seen) && !again;
            if (again) {
                turn(true);
                return;
            }
            GateResult result = evaluator.decide(seen, Instant.ofEpochMilli(started));
            if (result.override().isPresent() && !evaluator.spendOverride()) {
                turn(true);
                return;
            }
            evaluator.record(result, before);
            before = result;
            decided(opened, result);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            failUnlessGoingDown(e);
        }
    }

    private void decided(OpenRelease opened, GateResult result) throws IOException, InterruptedException {
        Instant now = Instant.now();
        Instant since = Instant.ofEpochMilli(started);
        if (result.decision().mayStart()) {
            go(opened, result, result.event());
            return;
        }
        if (result.decision() == Decision.WAITING) {
            // past its deadline the gate has decided otherwise
            await(
                    opened,
                    String.join("; ", result.awaits()),
                    result,
                    result.deadline().orElse(now));
            return;
        }
        Instant hold = since.plusMillis(holdMillis);
        if (now.isBefore(hold)) {
            await(opened, "an override", result, hold);
            return;
        }
        noGo(opened, result);
    }

    private static Event.GateDecided decision(GateResult result, GateWord word) {
        return new Event.GateDecided(word, sentences(result), null, null);
    }

    private static List<String> sentences(GateResult result) {
        return result.reasons().stream().map(Reason::sentence).toList();
    }

    private void await(OpenRelease opened, String whom, GateResult result, Instant until) {
        if (!whom.equals(awaits)) {
            awaits = whom;
            result.reasons().forEach(r -> say("not green: " + r.sentence()));
            say("waiting for " + whom + " until " + until + "; see " + opened.page());
            GateListener.tell(opened, GateWord.WAITING, sentences(result));
            pause(true);
        }
        if (alarm != null) {
            alarm.cancel(false);
        }
        Instant now = Instant.now();
        // what was wrong may have been put right
        Instant next =
                Freshness.next(result.evidence(), now).filter(until::isAfter).orElse(until);
        long in = Math.max(1, Duration.between(now, next).toMillis());
        alarm = Timer.get()
                .schedule(
                        () -> ReleaseGuardService.get().submit(opened.id(), () -> consider(opened)),
                        in,
                        TimeUnit.MILLISECONDS);
    }

    private void go(OpenRelease opened, GateResult result, Event.GateDecided event) throws IOException {
        result.reasons().forEach(r -> say((r.blocker() ? "overruled: " : "should have: ") + r.sentence()));
        opened.record(event);
        opened.gating(false);
        GateListener.tell(opened, event.decision(), event.reasons());
        say("gate: " + event.decision()
                + (event.override() == null
                        ? ""
                        : ", overridden by " + event.override() + ": " + event.overrideReason()));
        // said now, as a release that can't find it then is turned back
        result.evidence().stream()
                .filter(one -> one.origin() == Origin.WORKSPACE && Plans.isLookedAtAgain(one.check()))
                .forEach(one -> say(one.entry() + ": " + one.looked()
                        + " stands only in the workspace, and is looked at again before the first users: archive it in this build"
                        + " (archiveArtifacts), or run canaryPromote inside the same node { }"));
        over();
        succeed(ReleaseResult.of(opened.id(), event.decision().text(), opened.preview()));
    }

    private void noGo(OpenRelease opened, GateResult result) throws IOException, InterruptedException {
        result.reasons().forEach(r -> say("not green: " + r.sentence()));
        Event.GateDecided event = decision(result, GateWord.NO_GO);
        opened.record(event);
        GateListener.tell(opened, event.decision(), event.reasons());
        over();
        String why = result.reasons().isEmpty()
                ? GateWord.NO_GO.text()
                : result.reasons().get(0).sentence();
        ReleaseResult answer = ReleaseResult.of(opened.id(), GateWord.NO_GO.text(), opened.preview());
        ended = true;
        opened.record(new Event.Ended(ReleaseOutcome.NO_GO, true, why));
        // not before: what is refused must not be armed, also where something fails here
        opened.gating(false);
        switch (onNoGo) {
            case ReleaseGateStep.DescriptorImpl.CONTINUE -> succeed(answer);
            case ReleaseGateStep.DescriptorImpl.UNSTABLE -> {
                getContext().get(Run.class).setResult(Result.UNSTABLE);
                getContext()
                        .get(FlowNode.class)
                        .addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage("Release Guard: no-go"));
                succeed(answer);
            }
            default -> fail(ReleaseFailure.failure(text(result)));
        }
    }

    private static String text(GateResult result) {
        List<String> blocking = result.reasons().stream()
                .filter(Reason::blocker)
                .map(Reason::sentence)
                .toList();
        return "The gate says no-go. " + (blocking.isEmpty() ? "" : blocking.get(0))
                + (blocking.size() < 2 ? "" : " And " + (blocking.size() - 1) + " more, see the log.");
    }

    private void over() {
        awaits = null;
        if (alarm != null) {
            alarm.cancel(false);
        }
    }

    /** Ended by somebody else: stopped, or orphaned. */
    @Override
    void conclude(Report report) {
        if (!ended) {
            over();
            failWith(report);
        }
    }

    @Override
    public String getStatus() {
        String whom = awaits;
        return whom == null ? super.getStatus() : "waiting for " + whom;
    }
}
