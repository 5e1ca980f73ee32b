// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout.runner;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.metric.SourceExamination.Finding;
import io.jenkins.plugins.releaseguard.rollout.ArmingRules;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.trigger.MetricLevel;
import io.jenkins.plugins.releaseguard.rollout.trigger.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** What the service was like before the deployment: limits relative to the baseline depend on it once no baseline is left. */
final class BaselineCapture {
    private static final Logger LOGGER = Logger.getLogger(BaselineCapture.class.getName());
    private static final int LOOKS = 12;
    private static final int TRIES = 3;
    private static final Duration BEFORE_RETRY = Duration.ofMillis(500);

    private final Plan plan;
    private final SteadyClock clock;
    private final Lanes lanes;
    private final Destinations destinations;
    private final Ports ports;

    BaselineCapture(Plan plan, SteadyClock clock, Lanes lanes, Destinations destinations, Ports ports) {
        this.plan = plan;
        this.clock = clock;
        this.lanes = lanes;
        this.destinations = destinations;
        this.ports = ports;
    }

    void run(Consumer<Event> answers) {
        if (destinations.known()) {
            attempt(answers, 1);
        } else {
            destinations.learn(() -> attempt(answers, 1));
        }
    }

    private void attempt(Consumer<Event> answers, int attempt) {
        LookingSources.ask(
                lanes.looks(),
                plan.metrics(),
                destinations.sources(),
                clock,
                () -> interval(plan, clock.now()),
                (samples, error, times) -> captured(answers, attempt, samples, error));
    }

    private void captured(Consumer<Event> answers, int attempt, List<Event.Sample> samples, Exception error) {
        Event.Armed armed = null;
        String why = Performer.text(error);
        try {
            armed = samples == null ? null : armed(plan, samples);
        } catch (RuntimeException e) {
            why = "what the source said can't be read: " + Performer.text(e);
        }
        if (why != null && attempt < TRIES) {
            lanes.timer().schedule(BEFORE_RETRY, () -> attempt(answers, attempt + 1));
            return;
        }
        if (why != null) {
            // the watch goes on without: a source that stays silent meets its own limit
            String what = armed == null ? "unknown: " : "unknown for some metrics: ";
            answers.accept(new Event.Noted(NoteKind.ISSUE, "The baseline before the deployment is " + what + why));
        }
        boolean told = samples != null && why == null;
        Event.Armed result = armed == null ? new Event.Armed(Map.of(), plan.observe(), null, true) : armed;
        new SourceArming(plan, clock, lanes, destinations, ports)
                .run((findings, unanswered) -> told(told ? samples : null, result, findings, unanswered)
                        .forEach(answers));
    }

    private List<Event> told(
            List<Event.Sample> samples, Event.Armed armed, List<Finding> findings, List<String> unanswered) {
        try {
            return events(samples, armed, findings, unanswered);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.SEVERE, "Arming failed", e);
            return List.of(ArmingRules.notBegun(ArmingRules.unarmed(plan, e).toString()));
        }
    }

    /** @param samples null where it has been told that they are not known */
    private List<Event> events(
            List<Event.Sample> samples, Event.Armed armed, List<Finding> findings, List<String> unanswered) {
        List<Event> events = new ArrayList<>();
        if (samples != null) {
            unanswered.forEach(u -> events.add(new Event.Noted(
                    NoteKind.ISSUE, "Before any traffic moves: whether its series are there is unknown: " + u)));
            String silent = silent(samples, findings);
            if (!silent.isEmpty()) {
                events.add(new Event.Noted(
                        NoteKind.ISSUE,
                        "Before any traffic moves: no data for " + silent + ": unknown is never green"));
            }
        }
        events.addAll(ArmingRules.events(plan, armed, findings));
        return events;
    }

    /** What the source has nothing of, though the last good version is at work. The new one may still be started. */
    private static String silent(List<Event.Sample> samples, List<Finding> findings) {
        return samples.stream()
                .filter(s -> findings.stream().noneMatch(f -> f.metric().equals(s.metric())))
                .filter(s -> s.missing() != null
                        && s.baselineErrors() == null
                        && s.baselineTotal() == null
                        && s.baselineValues() == null)
                .map(s -> s.metric() + " (" + s.missing() + ")")
                .collect(Collectors.joining(", "));
    }

    static LookingSources.Interval interval(Plan plan, Instant to) {
        return new LookingSources.Interval(to.minus(plan.interval().multipliedBy(LOOKS)), to);
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
        // a trigger on another quantile than the usual one is held against that
        plan.triggers().stream()
                .flatMap(trigger -> trigger.conditions().stream())
                .forEach(trigger -> samples.stream()
                        .filter(sample ->
                                sample.metric().equals(trigger.metric().id()))
                        .mapToDouble(sample -> Subject.baseline(trigger, sample))
                        .filter(Double::isFinite)
                        .forEach(level -> levels.putIfAbsent(Subject.key(trigger), level)));
        return new Event.Armed(levels, plan.observe(), totals, true);
    }
}
