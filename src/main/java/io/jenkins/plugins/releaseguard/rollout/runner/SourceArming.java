// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.effect.router.RouterReading;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.lane.Work;
import io.jenkins.plugins.releaseguard.metric.SourceExamination;
import io.jenkins.plugins.releaseguard.metric.SourceExamination.Finding;
import io.jenkins.plugins.releaseguard.rollout.ArmingRules;
import io.jenkins.plugins.releaseguard.rollout.ArmingRules.Agreement;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Asks each source, in the share of its own destination, what speaks against watching by its metrics; then holds what they count against what the
 * router counts, over one interval, and over up to three where they see too little. Only a source that can be asked is compared. Where
 * this itself fails, that is a finding too: nobody would ever hear of an answer that was not taken.
 */
final class SourceArming {
    private static final Logger LOGGER = Logger.getLogger(SourceArming.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration ROUTER = Duration.ofSeconds(8);

    private final Plan plan;
    private final SteadyClock clock;
    private final Lanes lanes;
    private final Destinations destinations;
    private final Ports ports;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> unanswered = new ArrayList<>();
    private final AtomicBoolean told = new AtomicBoolean();
    private boolean examined;
    private int answers;

    SourceArming(Plan plan, SteadyClock clock, Lanes lanes, Destinations destinations, Ports ports) {
        this.plan = plan;
        this.clock = clock;
        this.lanes = lanes;
        this.destinations = destinations;
        this.ports = ports;
    }

    /** Hears what was found, once. */
    @FunctionalInterface
    interface Heard {
        /** @param unanswered why a source could not be asked, in sentences */
        void found(List<Finding> findings, List<String> unanswered);
    }

    void run(Heard heard) {
        carefully(heard, () -> ask(heard));
    }

    private void ask(Heard heard) {
        List<LookingSources.Part> parts = destinations.sources();
        if (parts.isEmpty()) {
            tell(heard);
        }
        for (LookingSources.Part part : parts) {
            lanes.looks()
                    .ask(
                            part.place(),
                            LIMIT,
                            Work.asynchronous(blocking -> {
                                Instant at = clock.now();
                                return part.source()
                                        .get()
                                        .examineAsync(
                                                part.metrics(),
                                                clock.inTheWorld(at.minus(plan.patience())),
                                                clock.inTheWorld(at),
                                                blocking);
                            }),
                            (said, error, times) -> carefully(heard, () -> said(heard, parts.size(), said, error)));
        }
    }

    private void said(Heard heard, int of, SourceExamination said, Exception error) {
        boolean compares;
        synchronized (this) {
            if (said != null) {
                examined |= said.asked();
                findings.addAll(said.findings());
            } else {
                unanswered.add(error == null ? "the source answered nothing" : Performer.text(error));
            }
            if (++answers < of) {
                return;
            }
            compares = examined && findings.stream().noneMatch(Finding::fails);
        }
        // a rehearsal's time runs so fast that a scrape is late by many looks on a busy machine
        if (!compares || !plan.routed() || plan.observe() || plan.speed() != 1) {
            tell(heard);
            return;
        }
        // the metrics are asked for all of the router's time, and more
        Instant from = clock.now();
        requests(heard, before -> {
            if (Double.isNaN(before)) {
                tell(heard);
            } else {
                compare(heard, 1, from, before);
            }
        });
    }

    private void compare(Heard heard, int comparison, Instant from, double before) {
        lanes.timer()
                .schedule(
                        plan.interval(),
                        () -> carefully(
                                heard, () -> requests(heard, now -> count(heard, comparison, from, before, now))));
    }

    private void count(Heard heard, int comparison, Instant from, double before, double now) {
        LookingSources.ask(
                lanes.looks(),
                plan.metrics(),
                destinations.sources(),
                clock,
                () -> new LookingSources.Interval(from, clock.now()),
                (samples, error, times) -> carefully(heard, () -> {
                    List<Event.Sample> all = samples == null ? List.of() : samples;
                    Agreement agreement = ArmingRules.agreement(plan, all, now - before, comparison);
                    if (agreement == Agreement.OPEN) {
                        compare(heard, comparison + 1, from, before);
                        return;
                    }
                    if (agreement == Agreement.TOO_LITTLE) {
                        found(ArmingRules.tooLittle(plan, all, now - before));
                    }
                    tell(heard);
                }));
    }

    /** How many requests the router has sent to the last good version; NaN where it doesn't say. */
    private void requests(Heard heard, DoubleConsumer then) {
        lanes.forward()
                .ask(
                        destinations.router(),
                        ROUTER,
                        Work.asynchronous(blocking -> ports.router().readAsync(blocking)),
                        (reading, error, times) -> carefully(heard, () -> then.accept(count(reading))));
    }

    private static double count(RouterReading reading) {
        return reading == null ? Double.NaN : reading.baselineRequests();
    }

    /** Whatever happens in it is heard of. */
    private void carefully(Heard heard, Runnable part) {
        try {
            part.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.SEVERE, "Arming failed", e);
            found(ArmingRules.unarmed(plan, e));
            tell(heard);
        }
    }

    private synchronized void found(Finding finding) {
        findings.add(finding);
    }

    private void tell(Heard heard) {
        if (told.compareAndSet(false, true)) {
            List<Finding> all;
            List<String> silent;
            synchronized (this) {
                all = List.copyOf(findings);
                silent = List.copyOf(unanswered);
            }
            heard.found(all, silent);
        }
    }
}
