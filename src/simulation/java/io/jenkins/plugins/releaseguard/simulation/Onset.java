// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.simulation;

import io.jenkins.plugins.releaseguard.journal.SimulatedDisk.Trouble;
import io.jenkins.plugins.releaseguard.lane.Work;
import io.jenkins.plugins.releaseguard.rollout.runner.Crowd;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** How each fault begins, and what ends it. */
final class Onset {
    private static final Runnable OVER = () -> {};

    private final Universe universe;
    private final Machine machine;

    Onset(Universe universe, Machine machine) {
        this.universe = universe;
        this.machine = machine;
    }

    /** @return what ends it */
    Runnable begin(FaultKind kind, Release release, Duration lasts) {
        if (kind.port != null) {
            return lasting(() -> release.trouble(kind.port, kind.manner), () -> release.well(kind.port, kind.manner));
        }
        Controller mine = machine.controller();
        Service service = release.service;
        return switch (kind) {
            case DISK_FULL -> disk(release, Trouble.FULL);
            case DISK_FAILING -> disk(release, Trouble.FAILING);
            case DISK_GONE -> disk(release, Trouble.GONE);
            case DISK_HANGING -> disk(release, Trouble.HANGING);
            case CANARY_BAD -> lasting(() -> service.canaryBad(true), () -> service.canaryBad(false));
            case CANARY_SILENT -> lasting(() -> service.silent(true), () -> service.silent(false));
            case BASELINE_DOWN -> lasting(() -> service.baselineDown(true), () -> service.baselineDown(false));
            case ROUTER_RELOADED -> once(() -> service.shift(0));
            case ROUTER_CHANGED -> once(() -> change(service));
            case RIVAL -> once(() -> rival(service, universe.nanos() + lasts.toNanos()));
            case KILL -> once(() -> machine.kill(lasts));
            case SUSPEND -> once(() -> mine.suspend(lasts));
            case STALL -> once(() -> mine.stall(lasts));
            case CLOCK_BACK -> clock(universe.between(2, 4000).multipliedBy(-1000));
            case CLOCK_FORWARD -> clock(universe.between(2, 4000).multipliedBy(1000));
            case NO_THREADS -> lasting(() -> mine.noThreads = true, () -> mine.noThreads = false);
            case SLEEPY_THREADS -> lasting(() -> mine.threadsSleep = true, () -> mine.threadsSleep = false);
            case SLOW_THREADS ->
                lasting(() -> mine.threadsTake = universe.between(100, 4000), () -> mine.threadsTake = Duration.ZERO);
            case CROWDED -> once(() -> crowd(mine, lasts));
            default -> throw new IllegalStateException(kind.toString());
        };
    }

    private static Runnable lasting(Runnable begin, Runnable end) {
        begin.run();
        return end;
    }

    /** What needs no end, or ends by itself. */
    private static Runnable once(Runnable what) {
        return lasting(what, OVER);
    }

    private static Runnable disk(Release release, Trouble trouble) {
        return lasting(() -> release.disk.trouble(trouble), () -> release.disk.trouble(Trouble.NONE));
    }

    private Runnable clock(Duration by) {
        return lasting(() -> machine.setClock(by), () -> machine.setClock(by.negated()));
    }

    private void change(Service service) {
        service.shift(universe.random.nextInt(101));
    }

    private void rival(Service service, long until) {
        change(service);
        if (universe.nanos() < until) {
            universe.after(universe.between(200, 8000), () -> rival(service, until));
        }
    }

    private void crowd(Controller mine, Duration lasts) {
        CompletableFuture<Void> end = Crowd.fill(mine.lanes, lasts.plusSeconds(1), call -> job(mine, call));
        universe.after(lasts, () -> mine.hear(() -> end.complete(null)));
    }

    /** A job of a procedure that is waited for, as some wait: on the thread that began it. */
    private static Work<Void> job(Controller mine, CompletableFuture<Void> call) {
        return mine.hasThreads()
                ? Work.blocking(() -> {
                    Strands.await(call::isDone, true);
                    return null;
                })
                : Work.asynchronous(blocking -> call);
    }
}
