// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.contract.Metric;
import io.jenkins.plugins.releaseguard.contract.promql.QueryExplanation;
import io.jenkins.plugins.releaseguard.journal.Event;
import io.jenkins.plugins.releaseguard.journal.NoteKind;
import io.jenkins.plugins.releaseguard.journal.ReleaseOutcome;
import io.jenkins.plugins.releaseguard.metric.SourceExamination.Finding;
import io.jenkins.plugins.releaseguard.text.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the sources say before anything is watched or moved: a metric that can't be had, or would not mean what the contract takes it
 * for, keeps the release from beginning. What a source doesn't say is unknown, and meets the limit of its silence later.
 */
public final class ArmingRules {
    /** So many times the router and the metrics are held against each other before a metric that sees too little is one. */
    private static final int MOST_COMPARISONS = 3;

    private static final int LONGEST_LINE = 300;

    private ArmingRules() {}

    /** How much of what the router counts the metrics count, up to now. */
    public enum Agreement {
        /** At least half, or nothing that can be told. */
        ENOUGH,
        /** Less than half, which may be a scrape that is late. */
        OPEN,
        /** Less than half, as often as it was looked at. */
        TOO_LITTLE
    }

    /**
     * @param samples of the time in which the router has sent {@code routed} requests to the last good version; NaN where it doesn't count
     * @param comparisons how often this has been asked, with this time
     */
    public static Agreement agreement(Plan plan, List<Event.Sample> samples, double routed, int comparisons) {
        double counted = Seen.baseline(plan, samples);
        if (!(routed >= Seen.TELLING) || !Seen.countsRequests(plan) || counted >= routed / 2) {
            return Agreement.ENOUGH;
        }
        // without a scrape there is nothing that could see too little: that is silence
        return comparisons < MOST_COMPARISONS
                ? Agreement.OPEN
                : Double.isNaN(counted) ? Agreement.ENOUGH : Agreement.TOO_LITTLE;
    }

    /** For people, of {@link Agreement#TOO_LITTLE}. */
    public static Finding tooLittle(Plan plan, List<Event.Sample> samples, double routed) {
        String metrics = samples.stream()
                .filter(s -> s.baselineTotal() != null)
                .map(Event.Sample::metric)
                .collect(Collectors.joining(", "));
        return new Finding(
                metrics,
                true,
                "the router has sent " + Math.round(routed)
                        + " requests to the last good version, and the metrics count "
                        + Math.round(Seen.baseline(plan, samples)) + ": less than half isn't believed",
                "have the queries count all requests of the version: see whether all of its targets are scraped, and whether a"
                        + " label leaves some out");
    }

    /** Of a fault in the arming itself: what it would have found is unknown, and that is never green. */
    public static Finding unarmed(Plan plan, Throwable fault) {
        return new Finding(
                plan.metrics().stream().map(Metric::id).collect(Collectors.joining(", ")),
                true,
                "whether the metrics count what the router counts is unknown, since asking failed here: "
                        + Lines.bounded(String.valueOf(fault), LONGEST_LINE),
                "begin the release again; if it fails so again, the log of this service has the whole of it");
    }

    /**
     * @param armed the baseline before the deployment
     * @param findings of all sources
     */
    public static List<Event> events(Plan plan, Event.Armed armed, List<Finding> findings) {
        List<Event> events = new ArrayList<>();
        for (Finding finding : findings) {
            events.add(new Event.Noted(NoteKind.ISSUE, "Before any traffic moves: " + finding));
        }
        String failed =
                findings.stream().filter(Finding::fails).map(Finding::toString).collect(Collectors.joining(". "));
        events.add(
                failed.isEmpty() || plan.observe()
                        ? new Event.Armed(
                                armed.baseline(), armed.observe(), armed.totals(), armed.named(), queries(plan))
                        : notBegun(failed));
        return events;
    }

    /** @param failed what speaks against the metrics */
    public static Event.Ended notBegun(String failed) {
        return new Event.Ended(
                ReleaseOutcome.HALTED,
                true,
                "the release was not begun, since its metrics can't be believed: " + failed);
    }

    /** Of what each metric's queries are, as lint explains them. */
    private static Map<String, List<String>> queries(Plan plan) {
        Map<String, List<String>> queries = new TreeMap<>();
        for (Metric metric : plan.metrics()) {
            queries.put(
                    metric.id(),
                    QueryExplanation.of(metric).stream()
                            .map(line -> Lines.bounded(line, LONGEST_LINE))
                            .toList());
        }
        return queries;
    }
}
