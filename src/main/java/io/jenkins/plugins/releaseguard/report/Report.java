// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.jenkins.plugins.releaseguard.journal.ContractOrigin;
import io.jenkins.plugins.releaseguard.journal.EvidenceStatus;
import io.jenkins.plugins.releaseguard.journal.JournalReader;
import io.jenkins.plugins.releaseguard.journal.MetricVerdict;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.journal.Stamped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a journal says about a release; the shape of report.json. Durations are in seconds, weights in percent, numbers that
 * nobody measured are null. {@code verdict} is promoted, rolled-back, no-go, halted or running; {@code seconds} are the release's
 * own time (a rehearsal may run faster than life) and {@code downSeconds} of them passed without a controller.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Report(
        int format,
        Release release,
        String verdict,
        boolean confirmed,
        String reason,
        WhyNotGreen whyNotGreen,
        Instant startedAt,
        Instant endedAt,
        Instant asOf,
        double seconds,
        double downSeconds,
        Gate gate,
        List<Double> planned,
        List<Phase> phases,
        List<Health> health,
        Requests requests,
        @JsonInclude(JsonInclude.Include.ALWAYS) Rollback rollback,
        List<EntryResult> entries,
        List<Approval> approvals,
        List<Action> actions,
        List<Operation> operations,
        List<Issue> issues,
        List<String> followUps,
        List<Moment> timeline) {
    /**
     * Raised whenever the same journal gives other facts, see {@link SecondOpinion}, so that a later version doesn't take an old report's
     * for another journal's. Other words for the same facts are no other format.
     */
    public static final int FORMAT = 3;

    /** The report of a journal; the same events always give the same report. An empty journal is a release that just began. */
    public static Report of(List<Stamped> events) {
        return Projection.of(new JournalFacts(events));
    }

    /** The report of a journal's file, as far as it goes. */
    public static Report read(Path journal) throws IOException {
        try (JournalReader reader = JournalReader.open(journal)) {
            return read(reader);
        }
    }

    /** The same, of what the reader has left. */
    public static Report read(JournalReader journal) throws IOException {
        return Projection.of(JournalFacts.read(journal));
    }

    public boolean running() {
        return verdict.equals("running");
    }

    /** How the release ended; null while it runs. */
    public ReleaseOutcome outcome() {
        return running() ? null : ReleaseOutcome.of(verdict);
    }

    /**
     * {@code risk} is low, medium, high or none stated; {@code written} and {@code contractOrigin} are null for releases of versions that
     * didn't note them.
     */
    public record Release(
            String service,
            String version,
            String commit,
            String environment,
            String scope,
            String owner,
            String by,
            String build,
            String contractFile,
            String contract,
            Map<String, String> artifacts,
            Map<String, String> links,
            boolean observe,
            double objectiveSeconds,
            String risk,
            List<RiskLine> risks,
            List<WrittenLine> written,
            ContractOrigin contractOrigin) {}

    /** What the contract says to people: {@code what} of {@code about}, an entry's id or the like. */
    public record WrittenLine(String about, String what, String text) {}

    public record RiskLine(
            String id,
            String title,
            String likelihood,
            String impact,
            String status,
            String mitigation,
            String level) {}

    /** The first thing to know of a release that didn't go through: what failed, the number, the limit, what to do. */
    public record WhyNotGreen(String what, String value, String limit, String reason, String fix) {}

    public record Gate(String decision, List<String> reasons, String override, String overrideReason, Instant at) {}

    /**
     * One phase that began: {@code bakeSeconds} are those after its warm-up, null where its weight was never confirmed; {@code warmups} the
     * times in which it warmed up, null for none.
     */
    public record Phase(
            int index,
            String name,
            double weight,
            String audience,
            PhaseStatus verdict,
            double seconds,
            Double bakeSeconds,
            String reason,
            int looks,
            Instant startedAt,
            List<Warmup> warmups) {
        /** How long it warmed up; null where it didn't. */
        public Double warmupSeconds() {
            return warmups == null
                    ? null
                    : (Double) warmups.stream()
                            .mapToDouble(warm ->
                                    Duration.between(warm.from(), warm.to()).toMillis() / 1000.0)
                            .sum();
        }
    }

    /** A time in which nothing was bet on the new version. */
    public record Warmup(Instant from, Instant to) {}

    /**
     * One metric: {@code kind} says what the number is: rate (failures of requests), a quantile (p95) or level; levels of both
     * variants in {@code unit} (rates in %), its verdict, and the effect with its interval, relative to the baseline (0.2 is 20 %
     * more) unless the metric is a gauge. {@code limit} is the effect that would count as harm. {@code baselineFrom} is canary
     * (concurrent) or before (captured before the deployment). Of a level that is known by a histogram alone {@code canaryBucket} and
     * {@code baselineBucket} say between which bounds it lies: the number is about so much; null where single values are known.
     * {@code statistic} is median where a level is that of single values, {@code seconds} the time that it is of.
     * {@code queries} says of what the metric's queries are and what was asked; null in records of older versions.
     */
    public record Health(
            String metric,
            String name,
            String kind,
            String unit,
            Double canary,
            Double baseline,
            Bucket canaryBucket,
            Bucket baselineBucket,
            String baselineFrom,
            String statistic,
            Double seconds,
            MetricVerdict verdict,
            Double effect,
            Interval interval,
            Double limit,
            String test,
            Double p,
            Double e,
            Double samples,
            String reason,
            Series series,
            List<String> queries) {}

    /** {@code low} to {@code high} in the metric's unit; the last bucket has no {@code high}. */
    public record Bucket(double low, Double high) {}

    public record Interval(Double lower, Double upper) {}

    /** Both variants over time in the metric's unit, in equal steps; null where there was nothing. */
    public record Series(Instant from, Instant to, List<Double> canary, List<Double> baseline) {
        public Series {
            canary = nullForUnknown(canary);
            baseline = nullForUnknown(baseline);
        }

        /** A null in a list is read back as NaN. */
        private static List<Double> nullForUnknown(List<Double> values) {
            return values.stream()
                    .map(value -> value == null || value.isNaN() ? null : value)
                    .toList();
        }
    }

    /**
     * Requests during the canary as {@code metric} counted them. {@code lost} is what the canary failed beyond the baseline's
     * rate of failure, null when there was no baseline to tell.
     */
    public record Requests(
            String metric, double canary, double canaryFailed, double baseline, double baselineFailed, Double lost) {}

    /**
     * Wall-clock seconds from the sample that was the breach. {@code trigger} is the entry that watched for it, or the cause where none
     * did (trigger, judge, phase, validation, no-data, router, journal, abort, killed, operator); {@code observed}: only noted,
     * nothing was done.
     */
    public record Rollback(
            String trigger,
            String cause,
            String metric,
            String value,
            String limit,
            String reason,
            boolean confirmed,
            boolean observed,
            Double detectSeconds,
            Double decideSeconds,
            Double actSeconds,
            Double confirmSeconds,
            Double totalSeconds,
            Double recoveredSeconds,
            double objectiveSeconds,
            boolean withinObjective,
            double downSeconds,
            String unconfirmedReason,
            Instant breachedAt,
            List<Action> actions) {}

    /** An entry of the contract: the worst of its checks gives its {@code status} (fail, unknown, waived, pass). */
    public record EntryResult(
            String id,
            String type,
            String title,
            EvidenceStatus status,
            boolean blocker,
            String value,
            String limit,
            String reason,
            String fix,
            List<CheckResult> checks) {}

    public record CheckResult(
            String check,
            EvidenceStatus status,
            String value,
            String limit,
            String reason,
            String fix,
            String origin,
            String sha256,
            Instant takenAt,
            Double seconds) {}

    public record Approval(String entry, String by, boolean approved, String comment, String artifact, Instant at) {}

    /** A side effect: {@code error} null where it succeeded, {@code seconds} null while it has not ended. */
    public record Action(
            String key, String effect, String detail, String error, Double seconds, int attempts, Instant at) {}

    public record Operation(String command, String by, String reason, Instant at) {}

    public record Issue(String kind, String text, Instant at) {}

    /** A line of the timeline. */
    public record Moment(long seq, Instant at, Tone tone, String text) {}
}
