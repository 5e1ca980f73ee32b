// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.As;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import io.jenkins.plugins.releaseguard.Beta;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What can happen in a release, as it stands in the journal. Events are facts in the past tense, never secrets; their JSON
 * names are the serial form and stay readable by later versions (unknown fields are ignored, new fields are nullable, words
 * that this version doesn't know become {@code UNKNOWN}).
 * Durations are in seconds, weights in percent, rates as fractions.
 */
@Beta
@JsonTypeInfo(use = Id.NAME, include = As.PROPERTY, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.Opened.class, name = "opened"),
    @JsonSubTypes.Type(value = Event.EvidenceGathered.class, name = "evidence-gathered"),
    @JsonSubTypes.Type(value = Event.SignedOff.class, name = "signed-off"),
    @JsonSubTypes.Type(value = Event.GateDecided.class, name = "gate-decided"),
    @JsonSubTypes.Type(value = Event.Armed.class, name = "armed"),
    @JsonSubTypes.Type(value = Event.CanaryStarted.class, name = "canary-started"),
    @JsonSubTypes.Type(value = Event.PhaseStarted.class, name = "phase-started"),
    @JsonSubTypes.Type(value = Event.Intended.class, name = "intended"),
    @JsonSubTypes.Type(value = Event.Done.class, name = "done"),
    @JsonSubTypes.Type(value = Event.RouterRead.class, name = "router-read"),
    @JsonSubTypes.Type(value = Event.BakeStarted.class, name = "bake-started"),
    @JsonSubTypes.Type(value = Event.Looked.class, name = "looked"),
    @JsonSubTypes.Type(value = Event.LookLate.class, name = "look-late"),
    @JsonSubTypes.Type(value = Event.Judged.class, name = "judged"),
    @JsonSubTypes.Type(value = Event.Held.class, name = "held"),
    @JsonSubTypes.Type(value = Event.Released.class, name = "released"),
    @JsonSubTypes.Type(value = Event.Operated.class, name = "operated"),
    @JsonSubTypes.Type(value = Event.BodyEnded.class, name = "body-ended"),
    @JsonSubTypes.Type(value = Event.PhaseEnded.class, name = "phase-ended"),
    @JsonSubTypes.Type(value = Event.CanaryEnded.class, name = "canary-ended"),
    @JsonSubTypes.Type(value = Event.Breached.class, name = "breached"),
    @JsonSubTypes.Type(value = Event.RollbackStarted.class, name = "rollback-started"),
    @JsonSubTypes.Type(value = Event.RollbackActed.class, name = "rollback-acted"),
    @JsonSubTypes.Type(value = Event.RollbackConfirmed.class, name = "rollback-confirmed"),
    @JsonSubTypes.Type(value = Event.RollbackUnconfirmed.class, name = "rollback-unconfirmed"),
    @JsonSubTypes.Type(value = Event.Recovered.class, name = "recovered"),
    @JsonSubTypes.Type(value = Event.Validated.class, name = "validated"),
    @JsonSubTypes.Type(value = Event.Noted.class, name = "noted"),
    @JsonSubTypes.Type(value = Event.Resumed.class, name = "resumed"),
    @JsonSubTypes.Type(value = Event.Gap.class, name = "gap"),
    @JsonSubTypes.Type(value = Event.Ended.class, name = "ended"),
})
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Event {

    /**
     * A release of {@code service} to {@code environment} began; {@code contract} is the digest it is frozen by, {@code contractOrigin}
     * where it was read, null in records of older versions and where nobody noted it; {@code written} null in
     * records of older versions.
     */
    record Opened(
            String service,
            String version,
            String commit,
            String environment,
            String scope,
            String owner,
            String contractFile,
            String contract,
            Map<String, String> artifacts,
            String by,
            String build,
            Map<String, String> links,
            double objectiveSeconds,
            boolean observe,
            List<RiskNoted> risks,
            List<Written> written,
            ContractOrigin contractOrigin)
            implements Event {}

    /** What the contract says to people: {@code what} of {@code about}, an entry's id or the like. */
    record Written(String about, String what, String text) {}

    /** A risk as it stood in the contract. */
    record RiskNoted(String id, String title, String likelihood, String impact, String status, String mitigation) {}

    /** What a check found about an entry. */
    record EvidenceGathered(
            String entry,
            String entryType,
            String title,
            String check,
            EvidenceStatus status,
            boolean blocker,
            String value,
            String limit,
            String reason,
            String fix,
            String origin,
            String sha256,
            Instant takenAt,
            double seconds)
            implements Event {}

    /** A person approved or refused. */
    record SignedOff(String entry, String by, boolean approved, String comment, String artifact) implements Event {}

    /** The gate answered; {@code override} names who overrode it, and why. */
    record GateDecided(GateWord decision, List<String> reasons, String override, String overrideReason)
            implements Event {}

    /**
     * Triggers are watched from here; the baseline's levels before the deployment by metric id. {@code observe}: nothing is acted on.
     * {@code totals}: the requests behind rates; {@code named}: a limit of a latency that names no quantile is one of the quantile that the
     * metric's name speaks of, where old records held each against p99; {@code queries}: of what each metric's are. These null in old
     * records. A later one adds the unknown.
     */
    record Armed(
            Map<String, Double> baseline,
            boolean observe,
            Map<String, Double> totals,
            Boolean named,
            Map<String, List<String>> queries)
            implements Event {
        public Armed(Map<String, Double> baseline, boolean observe, Map<String, Double> totals, Boolean named) {
            this(baseline, observe, totals, named, null);
        }

        public Armed(Map<String, Double> baseline) {
            this(baseline, false, null, null, null);
        }
    }

    record CanaryStarted(List<Double> weights) implements Event {}

    record PhaseStarted(int phase, String name, double weight, String audience) implements Event {}

    /** A side effect is about to be tried; {@code key} is its idempotency key, the same after a resume. */
    record Intended(String key, String effect, String detail) implements Event {}

    /** The side effect {@code key} ended; {@code error} is null where it succeeded. */
    record Done(String key, String error, double seconds) implements Event {}

    /**
     * What the router says is true; requests are cumulative counters, NaN where unknown. {@code error}: it didn't say.
     * {@code asked}: when the question was put, on the release's time. It and {@code behind} are null in records of older versions.
     */
    record RouterRead(
            String key,
            double weight,
            double canaryRequests,
            double baselineRequests,
            double canarySessions,
            Boolean baselineServing,
            String error,
            Instant asked,
            Behind behind)
            implements Event {
        public RouterRead(
                String key,
                double weight,
                double canaryRequests,
                double baselineRequests,
                double canarySessions,
                Boolean baselineServing,
                String error,
                Instant asked) {
            this(key, weight, canaryRequests, baselineRequests, canarySessions, baselineServing, error, asked, null);
        }
    }

    /** What a share rests on, each null where unknown: weights as set, who takes less, what speaks against users, who answers. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Behind(String set, String idle, String unfit, String process, String elsewhere) {}

    /** The phase's weight is confirmed. Its bake begins now, or after {@code warmup} seconds; null for none. */
    record BakeStarted(int phase, Double warmup) implements Event {
        public BakeStarted(int phase) {
            this(phase, null);
        }
    }

    /** Samples of one interval, per metric; {@code error}: the source did not answer or was not believed. */
    record Looked(int phase, Instant from, Instant to, List<Sample> samples, String error) implements Event {}

    /**
     * One metric in one look. A rate has errors and totals; a latency tail counts above its limit in errors, requests in
     * totals, quantiles by name (p50), and values or a histogram; a gauge values. {@code bounds} are the upper bounds of the
     * buckets in the metric's unit but for the last, which has none; the bucket counts are the look's own, not cumulative.
     * {@code missing}: why there is nothing.
     */
    record Sample(
            String metric,
            Double canaryErrors,
            Double canaryTotal,
            Double baselineErrors,
            Double baselineTotal,
            List<Double> canaryValues,
            List<Double> baselineValues,
            Map<String, Double> canaryQuantiles,
            Map<String, Double> baselineQuantiles,
            List<Double> bounds,
            List<Double> canaryBuckets,
            List<Double> baselineBuckets,
            String missing) {
        /** Errors and all requests of both sides; NaN is not a number that a source may give. */
        public static Sample rate(
                String metric, double canaryErrors, double canaryTotal, double baselineErrors, double baselineTotal) {
            return new Sample(
                    metric, canaryErrors, canaryTotal, baselineErrors, baselineTotal, null, null, null, null, null);
        }

        /** Nothing, and why. */
        public static Sample none(String metric, String missing) {
            return new Sample(metric, null, null, null, null, null, null, null, null, missing);
        }

        /** Without a histogram. */
        public Sample(
                String metric,
                Double canaryErrors,
                Double canaryTotal,
                Double baselineErrors,
                Double baselineTotal,
                List<Double> canaryValues,
                List<Double> baselineValues,
                Map<String, Double> canaryQuantiles,
                Map<String, Double> baselineQuantiles,
                String missing) {
            this(
                    metric,
                    canaryErrors,
                    canaryTotal,
                    baselineErrors,
                    baselineTotal,
                    canaryValues,
                    baselineValues,
                    canaryQuantiles,
                    baselineQuantiles,
                    null,
                    null,
                    null,
                    missing);
        }
    }

    /** A look waited {@code seconds} of the release's time for its turn here: the sources had not been asked, so they were not silent. */
    record LookLate(double seconds) implements Event {}

    /** The judge spoke. */
    record Judged(int phase, LookAction action, String reason, List<Finding> findings) implements Event {}

    /** One metric's verdict: levels of both sides in {@code unit}, the test with its numbers and the reason. */
    record Finding(
            String metric,
            String name,
            String unit,
            MetricVerdict verdict,
            Double canary,
            Double baseline,
            Double effect,
            Double lower,
            Double upper,
            Double limit,
            String test,
            Double p,
            Double e,
            Double samples,
            String reason) {}

    /** The rollout waits. */
    record Held(HoldCause cause, String reason) implements Event {}

    /** The reason to wait is gone. */
    record Released(HoldCause cause) implements Event {}

    /** A person acted, or the build in its place; {@code phase} is the index of the one that was meant, null for whichever is under way. */
    record Operated(OperatorCommand command, String by, String reason, Integer phase) implements Event {
        /** Who speaks where nobody does: Release Guard itself. */
        public static final String MACHINE = "release-guard";

        public Operated(OperatorCommand command, String by, String reason) {
            this(command, by, reason, null);
        }
    }

    /** The Pipeline body of a phase (or of the whole, phase -1) ended; {@code error} is null where it succeeded. */
    record BodyEnded(int phase, int attempt, String error) implements Event {}

    record PhaseEnded(int phase, PhaseVerdict verdict, double seconds, String reason) implements Event {}

    /** All phases passed: the new version has all traffic, rollback still armed. */
    record CanaryEnded() implements Event {}

    /**
     * The sample that completes a trigger's condition, or whatever else leads back. {@code value} and {@code limit} as text with
     * units; {@code sampleAt} when the sample was true.
     */
    record Breached(
            BreachCause cause, String entry, String metric, String value, String limit, String reason, Instant sampleAt)
            implements Event {
        /** Without a sample or a number: an order, or a failure of the release's own machinery. */
        public static Breached of(BreachCause cause, String reason) {
            return new Breached(cause, null, null, null, null, reason, null);
        }
    }

    /** The decision to go back. {@code observed}: only noted, since the release runs in observe mode. */
    record RollbackStarted(String trigger, double detectSeconds, double decideSeconds, boolean observed)
            implements Event {}

    /** All actions that move traffic are done. */
    record RollbackActed(double actSeconds) implements Event {}

    /** Weight 0 read back, the canary's counter still, the old version serving. Wall-clock seconds since the breach's sample. */
    record RollbackConfirmed(double confirmSeconds, double totalSeconds, boolean withinObjective) implements Event {}

    /** Not confirmed in time: people are called with everything known. */
    record RollbackUnconfirmed(String reason, double totalSeconds) implements Event {}

    /** The triggers are quiet on later data. */
    record Recovered(double seconds) implements Event {}

    /** A post-deploy validation spoke. */
    record Validated(String entry, String title, EvidenceStatus status, String value, String limit, String reason)
            implements Event {}

    /** Something worth telling: an issue met, a default taken, a follow-up. */
    record Noted(NoteKind kind, String text) implements Event {}

    /** The runner took the release up again after {@code downSeconds} without one. */
    record Resumed(double downSeconds, String why) implements Event {}

    /** Events that could not be written at their time ({@code lost} of them), and why. */
    record Gap(int lost, String reason) implements Event {}

    /** The end; {@code confirmed} whether what it says was read back. */
    record Ended(ReleaseOutcome verdict, boolean confirmed, String reason) implements Event {}

    /** An event of a later version, kept as it stands so that the chain stays whole; {@code fields} without its type. */
    record Unknown(@JsonIgnore String type, @JsonAnyGetter Map<String, Object> fields) implements Event {}
}
