// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Question;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Expressions that Prometheus evaluates, one {@code or} the other. Each has its number as a label of its own, so that {@code or}, which
 * leaves out what has the same labels, leaves out nothing. Prometheus evaluates one after the other, and refuses the whole where one is no
 * vector.
 */
record ExpressionBatch(List<Question> parts) implements Batch {
    private static final String LABEL = "release_guard_part";
    private static final int LONGEST = 4000;
    private static final int MOST = 16;

    /** Whether an expression between brackets is what it is without: none of its own ends them, and no comment hides them. */
    static boolean takes(Question question) {
        String text = question.expression();
        if (question.alone() || !question.back().isZero() || text.isBlank() || text.length() > LONGEST) {
            return false;
        }
        Deque<Character> open = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            switch (sign) {
                case '#':
                    return false;
                case '"', '\'', '`':
                    i = end(text, i);
                    if (i == text.length()) {
                        return false;
                    }
                    break;
                case '(':
                    open.push(')');
                    break;
                case '[':
                    open.push(']');
                    break;
                case '{':
                    open.push('}');
                    break;
                case ')', ']', '}':
                    if (open.isEmpty() || open.pop() != sign) {
                        return false;
                    }
                    break;
                case ',':
                    // between brackets alone VictoriaMetrics takes it for a union
                    if (open.isEmpty()) {
                        return false;
                    }
                    break;
                default:
                    break;
            }
        }
        return open.isEmpty();
    }

    /** Where a string ends, the length of the text where it doesn't. */
    private static int end(String text, int start) {
        char quote = text.charAt(start);
        for (int i = start + 1; i < text.length(); i++) {
            if (text.charAt(i) == quote) {
                return i;
            }
            if (text.charAt(i) == '\\' && quote != '`') {
                i++;
            }
        }
        return text.length();
    }

    /** As few as hold them all. */
    static List<Batch> of(List<Question> questions) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < questions.size(); i += MOST) {
            List<Question> some = questions.subList(i, Math.min(questions.size(), i + MOST));
            batches.add(some.size() == 1 ? Batch.alone(some.get(0)) : new ExpressionBatch(List.copyOf(some)));
        }
        return batches;
    }

    @Override
    public Question question() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            text.append(i == 0 ? "" : " or ")
                    .append("label_replace((")
                    .append(parts.get(i).expression())
                    .append("),\"" + LABEL + "\",\"")
                    .append(i)
                    .append("\",\"\",\"\")");
        }
        return new Question(text.toString(), parts.get(0).back(), parts.get(0).at());
    }

    /** One for all: what an expression is changes with the length of the look. */
    @Override
    public String key() {
        return "or";
    }

    /** Little: alone they would be evaluated side by side. */
    @Override
    public Duration patience(Duration timeout) {
        return timeout.dividedBy(4);
    }

    @Override
    public Map<Question, List<Series>> split(List<Series> answer) throws Unsplittable {
        Map<String, List<Series>> told = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            told.put(Integer.toString(i), new ArrayList<>());
        }
        for (Series series : answer) {
            List<Series> its = told.get(series.label(LABEL));
            if (its == null) {
                throw new Unsplittable(series);
            }
            Map<String, String> labels = new TreeMap<>(series.labels());
            labels.remove(LABEL);
            its.add(new Series(series.name(), labels, series.times(), series.values()));
        }
        Map<Question, List<Series>> byPart = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            byPart.put(parts.get(i), told.get(Integer.toString(i)));
        }
        return byPart;
    }
}
