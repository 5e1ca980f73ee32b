// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.lane.Work;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.trigger.MetricLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the service was like before the deployment: limits relative to the baseline depend on it once no baseline is left. */
final class BaselineCapture {
    private static final int LOOKS = 12;
    private static final int TRIES = 3;
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration BEFORE_RETRY = Duration.ofMillis(500);

    private final Plan plan;
    private final Ports ports;
    private final SteadyClock clock;
    private final Lanes lanes;
    private final Destinations destinations;

    BaselineCapture(Plan plan, Ports ports, SteadyClock clock, Lanes lanes, Destinations destinations) {
        this.plan = plan;
        this.ports = ports;
        this.clock = clock;
        this.lanes = lanes;
        this.destinations = destinations;
    }

    void run(Consumer<Event> answers) {
        if (destinations.known()) {
            attempt(answers, 1);
        } else {
            destinations.learn(() -> attempt(answers, 1));
        }
    }

    private void attempt(Consumer<Event> answers, int attempt) {
        lanes.looks()
                .ask(
                        destinations.source(),
                        LIMIT,
                        question(plan, ports, clock, null),
                        (samples, error, times) -> captured(answers, attempt, samples, error));
    }

    private void captured(Consumer<Event> answers, int attempt, List<Event.Sample> samples, Exception error) {
        String why = error == null ? "the source answered nothing" : Performer.text(error);
        try {
            if (samples != null) {
                answers.accept(armed(plan, samples));
                return;
            }
        } catch (RuntimeException e) {
            why = "what the source said can't be read: " + Performer.text(e);
        }
        if (attempt < TRIES) {
            lanes.timer().schedule(BEFORE_RETRY, () -> attempt(answers, attempt + 1));
        } else {
            // the watch goes on without: a source that stays silent meets its own limit
            answers.accept(new Event.Noted(NoteKind.ISSUE, "The baseline before the deployment is unknown: " + why));
            answers.accept(new Event.Armed(Map.of(), plan.observe()));
        }
    }

    /** @param until the end of what is asked for; null for when it is really asked */
    static Work<List<Event.Sample>> question(Plan plan, Ports ports, SteadyClock clock, Instant until) {
        return Work.asynchronous(blocking -> {
            Instant to = until == null ? clock.now() : until;
            Instant from = to.minus(plan.interval().multipliedBy(LOOKS));
            return ports.source().readAsync(plan.metrics(), clock.inTheWorld(from), clock.inTheWorld(to), blocking);
        });
    }

    /** The baseline of an answer; metrics that say nothing are left out. */
    static Event.Armed armed(Plan plan, List<Event.Sample> samples) {
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
