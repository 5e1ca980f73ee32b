// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.scope;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What a user directory says of names, for pages: they ask often, and it is slow and far away. It is asked off the reader's thread, by
 * one at a time for each name, and its answer is kept for a while.
 *
 * @param <T> what it answers
 */
final class RecentAnswers<T> {
    private static final Logger LOGGER = Logger.getLogger(RecentAnswers.class.getName());
    private static final int MOST = 500;
    private static final Duration KNOWN = Duration.ofMinutes(10);
    private static final Duration UNKNOWN = Duration.ofMinutes(1);

    private final Function<String, Optional<T>> directory;
    private final Executor threads;
    private final InstantSource clock;
    private final Map<String, Answer<T>> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer<T>> eldest) {
            return size() > MOST;
        }
    };

    /** @param until when it is asked again; the farthest while it is being asked */
    private record Answer<T>(Optional<T> said, Instant until) {}

    /** @param directory its answer, such as an author's user id, empty where nobody knows; may take a while */
    RecentAnswers(Function<String, Optional<T>> directory, Executor threads, InstantSource clock) {
        this.directory = directory;
        this.threads = threads;
        this.clock = clock;
    }

    /** What was last heard, at once; nothing before the first answer. */
    Optional<T> lately(String name) {
        Optional<T> known;
        synchronized (answers) {
            Answer<T> answer = answers.get(name);
            known = answer == null ? Optional.empty() : answer.said();
            if (answer != null && clock.instant().isBefore(answer.until())) {
                return known;
            }
            answers.put(name, new Answer<>(known, Instant.MAX));
        }
        try {
            threads.execute(() -> ask(name));
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Nobody can be asked about " + name);
            note(name, known);
        }
        return known;
    }

    /** Asks now, for who is about to sign: what was last heard may be too old. */
    Optional<T> ask(String name) {
        Optional<T> said = Optional.empty();
        try {
            said = directory.apply(name);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The user directory gave no answer about " + name);
        } finally {
            note(name, said);
        }
        return said;
    }

    private void note(String name, Optional<T> said) {
        synchronized (answers) {
            answers.put(name, new Answer<>(said, clock.instant().plus(said.isPresent() ? KNOWN : UNKNOWN)));
        }
    }
}
