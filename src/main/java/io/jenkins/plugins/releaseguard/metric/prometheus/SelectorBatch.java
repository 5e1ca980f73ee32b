// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Selectors as one of exactly what they select, of which each takes its own. Nothing is computed, so the points are those that each
 * would have been told alone.
 *
 * @param parts all for points, or all for what is there at that time
 */
record SelectorBatch(Selector selector, List<Question> parts) implements Batch {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** For the longest of their ranges. */
    @Override
    public Question question() {
        Duration longest = parts.stream()
                .map(Question::back)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return new Question(selector.text(), longest, parts.get(0).at());
    }

    @Override
    public String key() {
        return selector.text();
    }

    /** As long as any: it is no more than its parts to find; but less than a look's 15 s, after which it isn't heard of any more. */
    @Override
    public Duration patience(Duration timeout) {
        return timeout.compareTo(LONGEST) < 0 ? timeout : LONGEST;
    }

    /** Whether more names are asked for than by one of the parts. */
    boolean joinsNames() {
        Condition names = selector.conditions().get(Series.NAME);
        return names != null
                && !parts.stream()
                        .allMatch(part -> names.equals(
                                Selector.parse(part.expression()).conditions().get(Series.NAME)));
    }

    /** Of its series, the points that its own range would have had. */
    @Override
    public Map<Question, List<Series>> split(List<Series> answer) throws Unsplittable {
        for (Series series : answer) {
            // a dot of a regular expression means a line break too since Prometheus 3
            if (!selector.hasAskedFor(series)
                    || series.labels().values().stream().anyMatch(v -> v.indexOf('\n') >= 0)) {
                throw new Unsplittable(series);
            }
        }
        Map<Question, List<Series>> told = new HashMap<>();
        for (Question part : parts) {
            Selector own = Selector.parse(part.expression());
            long since = part.at().minus(part.back()).toEpochMilli();
            List<Series> its = new ArrayList<>();
            for (Series series : answer) {
                Series points =
                        !own.selects(series, selector) ? null : part.back().isZero() ? series : series.since(since);
                if (points != null) {
                    its.add(points);
                }
            }
            told.put(part, its);
        }
        return told;
    }
}
