// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.cli.judge;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.journal.BreachCause;
import io.jenkins.plugins.releaseguard.journal.EffectKey;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import io.jenkins.plugins.releaseguard.judge.JudgeConfig;
import io.jenkins.plugins.releaseguard.rollout.Plan;
import io.jenkins.plugins.releaseguard.rollout.sample.SamplePlausibility;
import io.jenkins.plugins.releaseguard.rollout.trigger.Captured;
import io.jenkins.plugins.releaseguard.rollout.trigger.HarmMargin;
import io.jenkins.plugins.releaseguard.rollout.trigger.JointWatch;
import io.jenkins.plugins.releaseguard.rollout.trigger.Probe;
import io.jenkins.plugins.releaseguard.rollout.trigger.Trigger;
import io.jenkins.plugins.releaseguard.rollout.trigger.TriggerState;
import io.jenkins.plugins.releaseguard.rollout.trigger.TriggerText;
import io.jenkins.plugins.releaseguard.rollout.trigger.TriggerWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The contract's Rollback entries over what happened to a release, as the release itself would watch them: whenever the new version may have
 * traffic, also while that is moved and after the last phase; a source's silence; answers of checks. What no sample says and
 * another contract can't change (a person's order, a failed body, validation or router) is taken as the journal has it.
 */
final class TriggerReplay {
    private static final Set<BreachCause> OF_SAMPLES =
            Set.of(BreachCause.TRIGGER, BreachCause.JUDGE, BreachCause.NO_DATA);

    private final Plan plan;
    private final Duration interval;
    private final boolean tellsSilence;
    private final Set<String> recorded;
    private final Map<String, TriggerState> states = new HashMap<>();
    private Captured captured = Captured.NOTHING;
    private double weight;
    private boolean shifting;
    private boolean moved;
    private boolean over;
    private boolean observe;
    private Instant lastData;
    private String error = "no look has ended since";

    /** Why the release would go back; {@code entry} is null where no entry says so. */
    record Breach(String entry, String reason) {}

    /**
     * @param interval between two looks
     * @param tellsSilence whether a look without samples is a source's silence, as in a journal; a gap in a CSV file is none
     * @param recorded the metrics of which there are samples at all; of others there is nothing that could be silent
     */
    TriggerReplay(Plan plan, Duration interval, boolean tellsSilence, Set<String> recorded) {
        this.plan = plan;
        this.interval = interval;
        this.tellsSilence = tellsSilence;
        this.recorded = recorded;
    }

    /** The next thing that happened, and whether the release goes back for it. */
    Optional<Breach> see(Stamped stamped) {
        Event event = stamped.event();
        Instant at = stamped.at();
        if (over) {
            return Optional.empty();
        }
        if (event instanceof Event.Armed armed) {
            observe |= armed.observe();
            captured = captured.with(armed);
            lastData = lastData == null ? at : lastData;
        } else if (event instanceof Event.PhaseStarted started) {
            weight = started.weight();
            shifting = true;
        } else if (event instanceof Event.Intended intended) {
            EffectKey.Kind kind = EffectKey.parse(intended.key()).kind();
            moved |= weight > 0 && (kind == EffectKey.Kind.SHIFT || kind == EffectKey.Kind.BODY);
        } else if (event instanceof Event.BakeStarted) {
            shifting = false;
        } else if (event instanceof Event.LookLate late) {
            lastData = lastData == null ? null : earlier(lastData.plusNanos((long) (late.seconds() * 1e9)), at);
        } else if (event instanceof Event.Resumed) {
            lastData = at;
            states.clear();
        } else if (event instanceof Event.Looked looked) {
            looked(looked);
        } else if (event instanceof Event.Validated validated) {
            validated(validated, at);
        } else if (event instanceof Event.Breached breached && !observe && !OF_SAMPLES.contains(breached.cause())) {
            return Optional.of(
                    new Breach(breached.entry(), "as in the journal (" + breached.cause() + "): " + breached.reason()));
        } else if (event instanceof Event.RollbackStarted started && !started.observed()) {
            // what is seen from here on is not the new version's
            over = true;
        }
        return breach(at);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private void looked(Event.Looked looked) {
        String silence = silence(looked);
        if (silence != null) {
            error = silence;
            return;
        }
        String blind = null;
        Map<String, Event.Sample> samples = new HashMap<>();
        looked.samples().forEach(sample -> samples.put(sample.metric(), sample));
        for (Trigger trigger : armed()) {
            blind = blind == null && !trigger.warns() ? blind(trigger, samples) : blind;
            TriggerState before = states.getOrDefault(trigger.key(), TriggerState.QUIET);
            states.put(
                    trigger.key(),
                    JointWatch.next(trigger, before, samples, this::isCanary, captured, looked, interval));
        }
        if (blind == null) {
            lastData = looked.to();
        } else {
            error = blind;
        }
    }

    /** As the release was armed with them. */
    private List<Trigger> armed() {
        return plan.triggers().stream().map(captured::armed).toList();
    }

    private String blind(Trigger trigger, Map<String, Event.Sample> samples) {
        return trigger.conditions().stream()
                .filter(part -> !part.metric().muted())
                .map(part -> {
                    Event.Sample sample = samples.get(part.metric().id());
                    return sample == null || sample.missing() != null
                            ? null
                            : TriggerWatch.blind(part, sample, isCanary(sample), !moved, captured);
                })
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private boolean isCanary(Event.Sample sample) {
        return weight > 0 || hasCanary(sample);
    }

    /** The judge's settings with the harm that several conditions of a threshold leave. */
    JudgeConfig judged(JudgeConfig judge) {
        return HarmMargin.both(judge, armed(), captured);
    }

    private String silence(Event.Looked looked) {
        if (looked.error() != null) {
            return looked.error();
        }
        for (Metric metric : plan.metrics()) {
            if (metric.muted() || !recorded.contains(metric.id())) {
                continue;
            }
            Event.Sample sample = sample(looked, metric.id());
            if (tellsSilence && (sample == null || sample.missing() != null)) {
                return metric.id() + ": " + (sample == null ? "no sample" : sample.missing());
            }
            String doubt = sample == null || sample.missing() != null
                    ? null
                    : SamplePlausibility.doubt(metric, sample, weight > 0 && !shifting);
            if (doubt != null) {
                return metric.id() + " can't be believed: " + doubt;
            }
        }
        return null;
    }

    private static Event.Sample sample(Event.Looked looked, String metric) {
        return looked.samples().stream()
                .filter(s -> s.metric().equals(metric))
                .reduce((first, second) -> second)
                .orElse(null);
    }

    private static boolean hasCanary(Event.Sample sample) {
        return sample.canaryTotal() != null && sample.canaryTotal() > 0
                || sample.canaryErrors() != null && sample.canaryErrors() > 0
                || sample.canaryValues() != null && !sample.canaryValues().isEmpty();
    }

    private void validated(Event.Validated validated, Instant at) {
        for (Probe probe : plan.probes()) {
            if (probe.entry().equals(validated.entry())) {
                TriggerState before = states.getOrDefault(probe.entry(), TriggerState.QUIET);
                states.put(probe.entry(), probe.next(before, validated, at));
            }
        }
    }

    private Optional<Breach> breach(Instant at) {
        for (Trigger trigger : armed()) {
            TriggerState state = states.get(trigger.key());
            if (!trigger.warns() && state != null && state.complete() != null) {
                return Optional.of(new Breach(
                        trigger.entry(),
                        trigger.entry() + ": " + TriggerText.of(trigger, state).reason()));
            }
        }
        for (Probe probe : plan.probes()) {
            TriggerState state = states.get(probe.entry());
            if (state != null && state.complete() != null) {
                return Optional.of(new Breach(
                        probe.entry(), probe.entry() + ": " + probe.check().title() + " failed"));
            }
        }
        boolean silent = tellsSilence
                && lastData != null
                && Duration.between(lastData, at).compareTo(plan.noData()) >= 0;
        return silent
                ? Optional.of(new Breach(
                        null,
                        "no metrics for " + Duration.between(lastData, at).toSeconds() + " s, the limit is "
                                + plan.noData().toSeconds() + " s: " + error))
                : Optional.empty();
    }

    /** The metrics of which the events have a sample. */
    static Set<String> recorded(List<Recorded> events) {
        Set<String> ids = new HashSet<>();
        for (Recorded one : events) {
            if (one.event().event() instanceof Event.Looked looked) {
                looked.samples().forEach(s -> ids.add(s.metric()));
            }
        }
        return ids;
    }
}
