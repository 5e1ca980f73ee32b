// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.rollout.MetricLevel;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the service was like before the deployment: limits relative to the baseline depend on it once no baseline is left. */
final class BaselineCapture {
    private static final Logger LOGGER = Logger.getLogger(BaselineCapture.class.getName());
    private static final int LOOKS = 12;
    private static final int TRIES = 3;
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration BEFORE_RETRY = Duration.ofMillis(500);

    private final Plan plan;
    private final Ports ports;
    private final ReleaseClock clock;
    private final RunnerThreads threads;

    BaselineCapture(Plan plan, Ports ports, ReleaseClock clock, RunnerThreads threads) {
        this.plan = plan;
        this.ports = ports;
        this.clock = clock;
        this.threads = threads;
    }

    void run(Consumer<Event> answers) {
        attempt(answers, 1);
    }

    private void attempt(Consumer<Event> answers, int attempt) {
        boolean started = new InFlight(threads.timer())
                .start(EffectKey.CAPTURE, threads.world(), LIMIT, this::read, (armed, error) -> {
                    if (error == null) {
                        answers.accept(armed);
                    } else if (attempt < TRIES) {
                        again(answers, attempt + 1);
                    } else {
                        // the watch goes on without: a source that stays silent meets its own limit
                        answers.accept(new Event.Noted(
                                NoteKind.ISSUE,
                                "The baseline before the deployment is unknown: " + error.getMessage()));
                        answers.accept(new Event.Armed(Map.of(), plan.observe()));
                    }
                });
        if (!started) {
            // the source has not been asked: that is none of its tries
            again(answers, attempt);
        }
    }

    private void again(Consumer<Event> answers, int attempt) {
        try {
            threads.timer().schedule(() -> attempt(answers, attempt), BEFORE_RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, "The runner's threads are gone", e);
        }
    }

    private Event.Armed read() throws SourceException, InterruptedException {
        return read(plan, ports, clock.now());
    }

    /** The baseline over the looks before {@code to}; metrics that say nothing are left out. */
    static Event.Armed read(Plan plan, Ports ports, Instant to) throws SourceException, InterruptedException {
        Instant from = to.minus(plan.interval().multipliedBy(LOOKS));
        List<Event.Sample> samples = ports.source().read(plan.metrics(), from, to);
        Map<String, Double> levels = new HashMap<>();
        Map<String, Double> totals = new HashMap<>();
        for (Event.Sample sample : samples) {
            for (Metric metric : plan.metrics()) {
                double level = metric.id().equals(sample.metric()) ? MetricLevel.baseline(metric, sample) : Double.NaN;
                if (Double.isFinite(level)) {
                    levels.put(metric.id(), level);
                    if (sample.baselineTotal() != null) {
                        totals.put(metric.id(), sample.baselineTotal());
                    }
                }
            }
        }
        return new Event.Armed(levels, plan.observe(), totals);
    }
}
