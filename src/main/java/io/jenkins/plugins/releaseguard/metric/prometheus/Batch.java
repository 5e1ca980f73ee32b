// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.metric.prometheus;

import io.jenkins.plugins.releaseguard.metric.prometheus.Answers.Question;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Questions of one time that are asked as one, whose answer holds what each would have been told alone, number for number. */
interface Batch {
    /** What is asked. */
    Question question();

    List<Question> parts();

    /** What it is called in what is known of it; the same in the next look. */
    String key();

    /** What is told for each part. */
    Map<Question, List<Series>> split(List<Series> answer) throws Unsplittable;

    /** How long it may take, of the time that a question has. */
    Duration patience(Duration timeout);

    default boolean isAlone() {
        return parts().size() == 1;
    }

    static Batch alone(Question question) {
        return new Alone(question);
    }

    /** The answer isn't one to what was asked: labels are missing, or it can't be told whose a series is. */
    final class Unsplittable extends Exception {
        private static final long serialVersionUID = 1L;

        Unsplittable(Series whose) {
            super("nobody has asked for " + whose.name() + whose.labels());
        }
    }

    /** A question as it is. */
    record Alone(Question question) implements Batch {
        @Override
        public List<Question> parts() {
            return List.of(question);
        }

        @Override
        public String key() {
            return question.expression();
        }

        @Override
        public Duration patience(Duration timeout) {
            return timeout;
        }

        @Override
        public Map<Question, List<Series>> split(List<Series> answer) {
            return Map.of(question, answer);
        }
    }
}
