// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Pending;
import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Question;
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
class Scrapes {
    private static final Duration LATE = Duration.ofSeconds(15);
    private static final int ASKED_TARGETS = 20;

    private final Answers answers;
    private final Instant from;
    private final Instant to;
    private final Marks before;
    private final Map<String, Map<String, Mark>> started = new HashMap<>();
    private final Map<String, List<Series>> fetched = new LinkedHashMap<>();
    private final Map<String, Boolean> known = new HashMap<>();

    Scrapes(Answers answers, Instant from, Instant to, Marks before) {
        this.answers = answers;
        this.from = from;
        this.to = to;
        this.before = before;
    }

    /** What one selector said. */
    record Raw(Map<String, Mark> before, List<Series> series, Instant from) {
        /** When the newest scrape known before this look was. */
        Instant since() {
            return Instant.ofEpochMilli(
                    before.values().stream().mapToLong(Mark::time).max().orElse(from.toEpochMilli()));
        }
    }

    Raw fetch(String selector) throws Pending {
        if (!fetched.containsKey(selector)) {
            prepare(selector);
            Map<String, Mark> marks = start(selector);
            fetched.put(selector, answers.get(range(selector)));
            started.put(selector, marks);
        }
        return new Raw(started.get(selector), fetched.get(selector), from);
    }

    /** Has all that {@link #fetch} needs asked in one round. */
    void prepare(String selector) {
        if (!before.bySelector().containsKey(selector)) {
            answers.want(now(selector, from));
        }
        answers.want(range(selector));
    }

    /** Marks that have yet to be asked for stand at the look's beginning, no further back than a late scrape. */
    private Question range(String selector) {
        long back = Math.min(
                from.minus(LATE).toEpochMilli(),
                before.bySelector().getOrDefault(selector, Map.of()).values().stream()
                        .mapToLong(Mark::time)
                        .max()
                        .orElse(Long.MAX_VALUE));
        return new Question(selector, Duration.ofMillis(to.toEpochMilli() - back), to);
    }

    final void want(Question question) {
        answers.want(question);
    }

    List<Series> ask(String expression, Instant at) throws Pending {
        return answers.get(now(expression, at));
    }

    /** The same of what may be a native histogram, which {@code label_replace} makes a zero of (Prometheus 2.42). */
    List<Series> askAlone(String expression, Instant at) throws Pending {
        return answers.get(new Question(expression, Duration.ZERO, at, true));
    }

    private static Question now(String expression, Instant at) {
        return new Question(expression, Duration.ZERO, at);
    }

    private Map<String, Mark> start(String selector) throws Pending {
        Map<String, Mark> marks = before.bySelector().get(selector);
        if (marks == null) {
            marks = new HashMap<>();
            for (Series series : ask(selector, from)) {
                marks.put(series.key(), new Mark(from.toEpochMilli(), series.last(), series.target()));
            }
        }
        return marks;
    }

    /**
     * Whether the target was scraped at the look's beginning already, so that a series it has since is a counter born at zero. A
     * target that came later may have counted long before: its first scrape is only where counting begins.
     */
    boolean wasScraped(Series series) throws Pending {
        String target = series.target();
        if (!known.containsKey(target)) {
            known.put(target, targets().contains(target) || wasUp(series));
        }
        return known.get(target);
    }

    /** Has all that {@link #wasScraped} needs for these asked in one round. */
    void prepareTargets(List<Series> some) {
        Set<String> targets = some.isEmpty() ? Set.of() : targets();
        Set<String> asked = new HashSet<>();
        for (Series series : some) {
            String target = series.target();
            if (series.labels().get("instance") != null
                    && !known.containsKey(target)
                    && !targets.contains(target)
                    && known.size() + asked.size() < ASKED_TARGETS
                    && asked.add(target)) {
                answers.want(now(up(series), from));
            }
        }
    }

    private Set<String> targets() {
        Set<String> targets = new HashSet<>(new Marks(started).targets());
        targets.addAll(before.targets());
        return targets;
    }

    private boolean wasUp(Series series) throws Pending {
        if (series.labels().get("instance") == null || known.size() >= ASKED_TARGETS) {
            return false;
        }
        return isUp(ask(up(series), from));
    }

    private static String up(Series series) {
        return "up{job=" + quoted(series.labels().getOrDefault("job", "")) + ",instance="
                + quoted(series.labels().get("instance")) + '}';
    }

    /** Whether a target with these label matchers is being scraped with success. */
    boolean isScraped(String matchers) throws Pending {
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
