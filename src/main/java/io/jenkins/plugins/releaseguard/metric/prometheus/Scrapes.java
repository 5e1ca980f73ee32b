// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.metric.SourceException;
import io.jenkins.plugins.releaseguard.metric.prometheus.Marks.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The raw scrapes of one look, by selector. Each selector is asked for once, whatever the number of metrics that need it. The range
 * reaches back behind the look's beginning, since a scrape is stored under the time it began at but only once it has ended.
 */
final class Scrapes {
    private static final Duration LATE = Duration.ofSeconds(15);
    private static final int ASKED_TARGETS = 20;

    private final QueryApi api;
    private final Instant from;
    private final Instant to;
    private final Instant deadline;
    private final Marks before;
    private final Map<String, Map<String, Mark>> started = new HashMap<>();
    private final Map<String, List<Series>> fetched = new LinkedHashMap<>();
    private final Map<String, Boolean> known = new HashMap<>();

    Scrapes(QueryApi api, Instant from, Instant to, Marks before, Duration limit) {
        this.api = api;
        this.from = from;
        this.to = to;
        this.before = before;
        this.deadline = Instant.now().plus(limit);
    }

    /** What one selector said. */
    record Raw(Map<String, Mark> before, List<Series> series, Instant from) {
        /** When the newest scrape known before this look was. */
        Instant since() {
            return Instant.ofEpochMilli(
                    before.values().stream().mapToLong(Mark::time).max().orElse(from.toEpochMilli()));
        }
    }

    Raw fetch(String selector) throws SourceException, InterruptedException {
        if (!fetched.containsKey(selector)) {
            Map<String, Mark> marks = start(selector);
            long back = Math.min(
                    from.minus(LATE).toEpochMilli(),
                    marks.values().stream().mapToLong(Mark::time).max().orElse(Long.MAX_VALUE));
            Duration range = Duration.ofMillis(to.toEpochMilli() - back);
            fetched.put(selector, ask(selector + '[' + Expression.millis(range) + ']', to));
        }
        return new Raw(started.get(selector), fetched.get(selector), from);
    }

    List<Series> ask(String expression, Instant at) throws SourceException, InterruptedException {
        if (Instant.now().isAfter(deadline)) {
            throw new SourceException(api.who() + " is too slow for a look: it ran out of time before the query "
                    + QueryApi.shorten(expression));
        }
        return api.query(expression, at);
    }

    private Map<String, Mark> start(String selector) throws SourceException, InterruptedException {
        Map<String, Mark> marks = before.bySelector().get(selector);
        if (marks == null) {
            marks = new HashMap<>();
            for (Series series : ask(selector, from)) {
                marks.put(series.key(), new Mark(from.toEpochMilli(), series.last(), series.target()));
            }
        }
        started.put(selector, marks);
        return marks;
    }

    /**
     * Whether the target was scraped at the look's beginning already, so that a series it has since is a counter born at zero. A
     * target that came later may have counted long before: its first scrape is only where counting begins.
     */
    boolean wasScraped(Series series) throws SourceException, InterruptedException {
        String target = series.target();
        if (!known.containsKey(target)) {
            Set<String> targets = new HashSet<>(new Marks(started).targets());
            targets.addAll(before.targets());
            known.put(target, targets.contains(target) || wasUp(series));
        }
        return known.get(target);
    }

    private boolean wasUp(Series series) throws SourceException, InterruptedException {
        String instance = series.labels().get("instance");
        if (instance == null || known.size() >= ASKED_TARGETS) {
            return false;
        }
        String up = "up{job=" + quoted(series.labels().getOrDefault("job", "")) + ",instance=" + quoted(instance) + '}';
        return isUp(ask(up, from));
    }

    /** Whether a target with these label matchers is being scraped with success. */
    boolean isScraped(String matchers) throws SourceException, InterruptedException {
        return !matchers.isEmpty() && isUp(ask("up{" + matchers + '}', to));
    }

    private static boolean isUp(List<Series> up) {
        return up.stream().anyMatch(s -> s.last() == 1);
    }

    private static String quoted(String label) {
        return '"' + label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    Marks start() {
        return new Marks(Map.copyOf(started));
    }

    Marks end() {
        Map<String, Map<String, Mark>> after = new HashMap<>();
        fetched.forEach((selector, series) ->
                after.put(selector, Marks.advanced(started.get(selector), series, to.toEpochMilli())));
        return new Marks(after);
    }
}
