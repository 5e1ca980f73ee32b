// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.rollout.Effect;
import io.jenkins.plugins.releaseguard.rollout.Lifecycle;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.State;
import io.jenkins.plugins.releaseguard.simulation.FaultKind.Manner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The bodies of a release's phases, and the one around its canary. They outlive the controller's process. */
final class Pipeline {
    private static final Duration BEFORE_RETRY = Duration.ofSeconds(5);

    private final Plan plan;
    private final Service service;
    private final Lives lives;
    private final Universe universe;
    private final Set<String> running = new HashSet<>();
    private final List<Runnable> hanging = new ArrayList<>();
    private boolean leaving;
    private boolean left;

    Pipeline(Plan plan, Service service, Lives lives, Universe universe) {
        this.plan = plan;
        this.service = service;
        this.lives = lives;
        this.universe = universe;
    }

    /** False where it runs already. */
    boolean run(Effect.RunBody body, Manner manner) {
        String key = body.key().toString() + "/" + body.attempt();
        if (!running.add(key)) {
            return false;
        }
        Runnable end = () -> {
            String error = manner == Manner.REFUSED ? "script returned exit code 1" : null;
            if (error == null && !plan.routed()) {
                service.shift(body.weight());
            }
            tellEnd(body, key, error);
        };
        if (manner == Manner.HANGING) {
            hanging.add(end);
        } else {
            universe.after(universe.between(50, 3000), end);
        }
        return true;
    }

    private void tellEnd(Effect.RunBody body, String key, String error) {
        boolean told = lives.tell(runner -> {
            running.remove(key);
            runner.bodyEnded(body, error);
        });
        if (!told) {
            universe.after(BEFORE_RETRY, () -> tellEnd(body, key, error));
        }
    }

    /** What hung ends. */
    void goOn() {
        List<Runnable> all = new ArrayList<>(hanging);
        hanging.clear();
        all.forEach(Runnable::run);
    }

    /** What is around the canary ends soon after its last phase. */
    void observe(State state) {
        if (plan.enclosed() && state.life() == Lifecycle.WATCHING && state.watchFrom() == null && !leaving) {
            leaving = true;
            universe.after(universe.between(500, 20_000), this::leave);
        }
    }

    private void leave() {
        leaving = false;
        left |= lives.tell(runner -> runner.enclosingBodyEnded(null));
    }

    /** What is around the canary ends for good, and with it whatever could move traffic. */
    boolean isGone() {
        return plan.enclosed() && (left || lives.state().life() == Lifecycle.WATCHING);
    }
}
