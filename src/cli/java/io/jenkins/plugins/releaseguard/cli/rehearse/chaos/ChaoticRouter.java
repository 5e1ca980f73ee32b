// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.chaos;

import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.FaultKind.Manner;
import io.jenkins.plugins.releaseguard.cli.rehearse.chaos.FaultKind.Port;
import io.jenkins.plugins.releaseguard.effect.EffectException;
import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.effect.router.TrafficRouter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A router that refuses, hangs and lies as the faults want it to. */
final class ChaoticRouter implements TrafficRouter {
    private static final int ALL = 101;

    private final TrafficRouter real;
    private final Chaos chaos;
    private final Runnable setUp;
    private final Interference interference;

    /** @param setUp throws where the set-up is gone */
    ChaoticRouter(TrafficRouter real, Chaos chaos, Runnable setUp) {
        this.real = real;
        this.chaos = chaos;
        this.setUp = setUp;
        this.interference = new Interference(chaos, Port.ROUTER, EffectException::new);
    }

    @Override
    public void shift(double weight) throws EffectException, InterruptedException {
        real.shift(weight);
    }

    @Override
    public RouterReading read() throws EffectException, InterruptedException {
        return real.read();
    }

    @Override
    public CompletableFuture<Void> shiftAsync(double weight, Executor blocking) {
        return interference.call(blocking, threads -> real.shiftAsync(weight, threads), manner -> switch (manner) {
            case HUGE -> interference.refusedAtLength();
            // half of the way, and no word that the other half is missing
            case HALF -> real.shiftAsync(weight / 2, blocking);
            // it says that it has, and has not
            default -> CompletableFuture.completedFuture(null);
        });
    }

    @Override
    public CompletableFuture<RouterReading> readAsync(Executor blocking) {
        return interference.call(blocking, real::readAsync, manner -> odd(manner, blocking));
    }

    private CompletableFuture<RouterReading> odd(Manner manner, Executor blocking) {
        if (manner == Manner.HUGE) {
            return interference.refusedAtLength();
        }
        if (manner == Manner.HALF) {
            return real.readAsync(blocking)
                    .thenApply(r -> new RouterReading(r.weight(), Double.NaN, Double.NaN, Double.NaN, null));
        }
        double weight = chaos.random(2) == 0 ? Double.NaN : chaos.random(ALL);
        return real.readAsync(blocking)
                .thenApply(r -> new RouterReading(
                        weight, r.canaryRequests(), r.baselineRequests(), r.canarySessions(), r.baselineServing()));
    }

    @Override
    public String destination() {
        setUp.run();
        return real.destination();
    }
}
