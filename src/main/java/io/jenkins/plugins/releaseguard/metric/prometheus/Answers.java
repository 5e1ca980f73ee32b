// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one look has been told: each question is asked once, whatever the number of metrics that need it. Whoever reads what isn't
 * there yet leaves the question behind and is asked to read again later, so that all questions of a round go out side by side.
 */
final class Answers {
    private final Map<Question, List<Series>> told = new HashMap<>();
    private final Set<Question> open = new LinkedHashSet<>();

    /**
     * An expression at a time.
     *
     * @param back the raw points of so long before are asked for, both ends included; zero for what the expression is at that time
     * @param alone never together with others
     */
    record Question(String expression, Duration back, Instant at, boolean alone) {
        Question(String expression, Duration back, Instant at) {
            this(expression, back, at, false);
        }

        String text() {
            return back.isZero() ? expression : expression + '[' + Expression.millis(back) + ']';
        }
    }

    /** The answer is not there yet. */
    static final class Pending extends Exception {
        private static final long serialVersionUID = 1L;

        Pending() {
            super("not asked yet", null, false, false);
        }
    }

    /** Sees to it that a question is answered in the next round at the latest. */
    void want(Question question) {
        if (!told.containsKey(question)) {
            open.add(question);
        }
    }

    List<Series> get(Question question) throws Pending {
        want(question);
        List<Series> answer = told.get(question);
        if (answer == null) {
            throw new Pending();
        }
        return answer;
    }

    /** What is to be asked now. */
    List<Question> open() {
        return List.copyOf(open);
    }

    void tell(Question question, List<Series> answer) {
        told.put(question, answer);
        open.remove(question);
    }
}
