// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which questions are asked as one. Selectors that differ by the value of one label, such as the track's or the name, are one with both
 * values; what another selects already isn't asked for again. No series is asked for that nobody wants, and no question's range is
 * made more than twice as long. What Prometheus evaluates is asked together as it is.
 */
final class Batches {
    private Batches() {}

    static List<Batch> of(List<Question> open, BatchTrust trust) {
        List<Batch> batches = new ArrayList<>();
        Map<Object, List<Question>> alike = new LinkedHashMap<>();
        for (Question question : open) {
            alike.computeIfAbsent(List.of(question.at(), question.back().isZero()), k -> new ArrayList<>())
                    .add(question);
        }
        for (List<Question> some : alike.values()) {
            List<Question> left = new ArrayList<>(some);
            left.sort(Comparator.comparing(Question::back).reversed());
            while (!left.isEmpty()) {
                Question longest = left.get(0);
                List<Question> near = left.stream()
                        .filter(q -> q.back().multipliedBy(2).compareTo(longest.back()) >= 0)
                        .toList();
                left.removeAll(near);
                join(near, trust, batches);
            }
        }
        return batches;
    }

    private static void join(List<Question> questions, BatchTrust trust, List<Batch> batches) {
        Map<Question, Selector> selectors = new LinkedHashMap<>();
        List<Question> expressions = new ArrayList<>();
        for (Question question : questions) {
            Selector selector = Selector.parse(question.expression());
            if (selector != null) {
                selectors.put(question, selector);
            } else if (ExpressionBatch.takes(question)) {
                expressions.add(question);
            } else {
                batches.add(Batch.alone(question));
            }
        }
        ExpressionBatch.of(expressions).forEach(batch -> add(batch, trust, batches));
        Map<Selector, List<Question>> parts = new LinkedHashMap<>();
        List<Selector> wide = wide(selectors.values().stream().distinct().toList(), trust.joinsNames());
        selectors.forEach((question, selector) -> parts.computeIfAbsent(
                        wide.stream()
                                .filter(w -> w.covers(selector))
                                .findFirst()
                                .orElse(selector),
                        w -> new ArrayList<>())
                .add(question));
        parts.forEach((selector, some) ->
                add(some.size() == 1 ? Batch.alone(some.get(0)) : new SelectorBatch(selector, some), trust, batches));
    }

    private static void add(Batch batch, BatchTrust trust, List<Batch> batches) {
        if (batch.isAlone() || !trust.isResting(batch)) {
            batches.add(batch);
        } else {
            batch.parts().forEach(question -> batches.add(Batch.alone(question)));
        }
    }

    /** As few selectors as can be, of the same series. */
    private static List<Selector> wide(List<Selector> selectors, boolean names) {
        List<Selector> wide = new ArrayList<>(selectors);
        for (int i = 0; i < wide.size(); i++) {
            for (int j = i + 1; j < wide.size(); j++) {
                Selector both = wide.get(i).with(wide.get(j), names);
                if (both != null) {
                    wide.set(i, both);
                    wide.remove(j);
                    // what was passed may join the wider one
                    i = -1;
                    break;
                }
            }
        }
        for (Selector selector : List.copyOf(wide)) {
            if (wide.stream().anyMatch(w -> !w.equals(selector) && w.covers(selector))) {
                wide.remove(selector);
            }
        }
        return wide;
    }
}
