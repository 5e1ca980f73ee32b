// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.rehearse.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * What is wrong with the world, and the only one who knows: services ask it how to answer a request, the metrics endpoint whether
 * to answer at all, the workspace whether the artifact was tampered with. It sees the canary's share as a real fault would,
 * through the load that the canary carries.
 */
public final class FaultInjector {
    /** What both versions do on a good day: a few errors, and a log-normal latency. */
    private static final double USUAL_ERRORS = 0.008;

    private static final double MEDIAN_SECONDS = 0.020;
    private static final double SPREAD = 0.30;

    /** So many requests ask the card vault anew, which takes so many times as long. */
    private static final double VAULT = 0.06;

    private static final double VAULT_TIMES = 6;

    /** Where {@code breach} begins, in percent of the traffic, and how many requests then fail. */
    private static final double BREACH_AT = 25;

    private static final double BREACH_ERRORS = 0.30;

    /** {@code slow} multiplies latency by up to 1 + this at full share; it follows the share with a lag of a pace. */
    private static final double CREEP = 12;

    /** {@code source-down} begins this many paces after the canary's share passed {@link #SILENT_AT} percent. */
    private static final double SILENT_AT = 5;

    private static final double SILENT_AFTER = 0.5;

    private volatile Scenario scenario;
    private volatile double harmfulErrors;
    private volatile double harmfulLatency = 1;
    private final DoubleSupplier canaryShare;
    private final InstantSource clock;
    private final Duration pace;
    private double creep;
    private Instant crept;
    private Instant loaded;

    /**
     * @param canaryShare the canary's share of the traffic now, in percent
     * @param pace the time scale of what comes gradually: about one phase
     */
    public FaultInjector(Scenario scenario, DoubleSupplier canaryShare, InstantSource clock, Duration pace) {
        this.scenario = scenario;
        this.canaryShare = canaryShare;
        this.clock = clock;
        this.pace = pace;
    }

    /** How a service answers one request. */
    public record Answer(int status, long nanos) {}

    public Answer answer(Track track) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        double errors = USUAL_ERRORS;
        double slower = 1;
        if (track == Track.CANARY) {
            if (scenario == Scenario.BREACH && canaryShare.getAsDouble() >= BREACH_AT) {
                errors = BREACH_ERRORS;
            } else if (scenario == Scenario.SLOW) {
                slower = 1 + creep();
            }
            errors = Math.max(errors, harmfulErrors);
            slower *= harmfulLatency;
        }
        double vault = random.nextDouble() < VAULT ? VAULT_TIMES : 1;
        double seconds = MEDIAN_SECONDS * vault * Math.exp(SPREAD * random.nextGaussian()) * slower;
        return new Answer(random.nextDouble() < errors ? 500 : 200, (long) (seconds * 1e9));
    }

    /** Whether the metrics endpoint is silent now. */
    public synchronized boolean metricsSilent() {
        if (scenario != Scenario.SOURCE_DOWN) {
            return false;
        }
        if (loaded == null) {
            if (canaryShare.getAsDouble() >= SILENT_AT) {
                loaded = clock.instant();
            }
            return false;
        }
        return paces(loaded, clock.instant()) >= SILENT_AFTER;
    }

    /** Whether the artifact in the workspace differs from the one that was tested. */
    public boolean artifactDiffers() {
        return scenario == Scenario.NO_GO;
    }

    /** So many of the canary's requests fail from here on, 0 to 1, whatever the scenario; 0 ends it. */
    public void harmErrors(double share) {
        harmfulErrors = share;
    }

    /** The canary takes so many times as long from here on, whatever the scenario; 1 ends it. */
    public void harmLatency(double times) {
        harmfulLatency = times;
    }

    /** Another scenario from here on. */
    public synchronized void choose(Scenario next) {
        scenario = next;
        creep = 0;
        crept = null;
        loaded = null;
    }

    public Scenario scenario() {
        return scenario;
    }

    /** Follows the canary's share with a lag, as a leak follows load. */
    private synchronized double creep() {
        Instant now = clock.instant();
        if (crept != null) {
            double share = canaryShare.getAsDouble() / 100;
            creep += (CREEP * share - creep) * -Math.expm1(-paces(crept, now));
        }
        crept = now;
        return creep;
    }

    private double paces(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / (double) pace.toNanos();
    }
}
