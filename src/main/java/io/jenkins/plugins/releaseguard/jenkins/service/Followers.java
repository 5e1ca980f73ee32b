// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

import io.jenkins.plugins.releaseguard.jenkins.scope.NodeContext;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.PlanOutline;
import io.jenkins.plugins.releaseguard.report.EventText;
import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.State;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The steps that follow a release. They hear one thing at a time, in order, on a thread of the service. */
@Restricted(NoExternalUse.class)
public final class Followers {
    private static final Logger LOGGER = Logger.getLogger(Followers.class.getName());
    private static final int MOST_MISSED = 100;

    private final OpenRelease release;
    private final Executor lane;
    private final List<ReleaseWatcher> watchers = new CopyOnWriteArrayList<>();

    /** What the log should have said while no step was there to say it. */
    private final Queue<String> missed = new ArrayDeque<>();

    private final Reminder reminder = new Reminder();

    /** @param lane runs one thing after the other */
    Followers(OpenRelease release, Executor lane) {
        this.release = release;
        this.lane = lane;
    }

    /** A step follows from here on; it hears the state at once. */
    public void attach(ReleaseWatcher watcher) {
        synchronized (missed) {
            watchers.add(watcher);
            for (String line = missed.poll(); line != null; line = missed.poll()) {
                tell(watcher, release.state(), line);
            }
        }
        tell(watcher, release.state(), null);
    }

    public void detach(ReleaseWatcher watcher) {
        watchers.remove(watcher);
    }

    /** Ends the release where nothing runs and no step follows it, since whoever opened it goes on without; again and again is as good as once. */
    public void abandon(String by, String reason) {
        synchronized (release) {
            if (watchers.isEmpty() && release.runner() == null && release.outcome() == null) {
                release.rollBack(BreachCause.ABORT, by, reason);
            }
        }
    }

    /** Whether a step follows that runs the phases' bodies. */
    public boolean haveBodies() {
        return watchers.stream().anyMatch(ReleaseWatcher::runsBodies);
    }

    void runBody(Effect.RunBody body) {
        watchers.stream()
                .filter(ReleaseWatcher::runsBodies)
                .findFirst()
                .ifPresent(watcher -> inLane(() -> watcher.runBody(release, body)));
    }

    /** A node that the build stands in, the innermost step's first; empty where no step has one. */
    Optional<NodeContext> node() throws InterruptedException {
        for (int i = watchers.size() - 1; i >= 0; i--) {
            try {
                NodeContext node = watchers.get(i).node();
                if (node != null) {
                    return Optional.of(node);
                }
            } catch (IOException e) {
                LOGGER.log(Level.FINE, e, () -> "No node for " + release.id());
            }
        }
        return Optional.empty();
    }

    /**
     * Something happened: a change of state is a line of the build's log.
     *
     * @param plan null before the rollout is armed
     */
    void tell(State state, PlanOutline plan, Event event) {
        say(state, EventText.of(event, plan, EventText.Detail.LOG).orElse(null));
        List<ReleaseWatcher> now = List.copyOf(watchers);
        String waits = now.isEmpty() ? null : reminder.due(state, release.openPage(), Instant.now());
        if (waits != null) {
            tell(now.get(now.size() - 1), state, waits);
        }
    }

    /**
     * What to expect of the release goes into its record; into the log where that has begun without.
     *
     * @param late whether it has
     */
    void expects(String sentence, boolean late) {
        try {
            release.record(new Event.Noted(NoteKind.EXPECTED, sentence));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "What to expect of " + release.id() + " is not recorded");
        }
        if (late) {
            say(release.state(), sentence);
        }
    }

    /** @param line null for none */
    private void say(State state, String line) {
        List<ReleaseWatcher> now;
        // steps come and go meanwhile: a line is for those who are here, or for the next who comes
        synchronized (missed) {
            now = List.copyOf(watchers);
            if (line != null && now.isEmpty() && missed.size() < MOST_MISSED) {
                missed.add(line);
            }
        }
        if (line != null) {
            LOGGER.log(Level.FINE, () -> release.id() + ": " + line);
        }
        // the innermost step hears first, and has the log
        for (int i = now.size() - 1; i >= 0; i--) {
            tell(now.get(i), state, i == now.size() - 1 ? line : null);
        }
    }

    /** Everybody hears again where the release stands. */
    void tellAll() {
        watchers.forEach(this::tell);
    }

    /** Tells a step again where the release stands. */
    public void tell(ReleaseWatcher watcher) {
        tell(watcher, release.state(), null);
    }

    private void tell(ReleaseWatcher watcher, State state, String line) {
        inLane(() -> watcher.sync(release, state, line));
    }

    private void inLane(Runnable work) {
        try {
            lane.execute(() -> {
                try {
                    work.run();
                } catch (RuntimeException e) {
                    LOGGER.log(Level.WARNING, e, () -> "A step that follows " + release.id() + " failed");
                }
            });
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The service is going down", e);
        }
    }
}
