// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.service;

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
 * Who the authors of releases are, for pages: they are asked for often, and a user directory is slow and far away. It is asked off the
 * reader's thread, by one at a time for each author, and its answer is kept for a while.
 */
final class Authors {
    private static final Logger LOGGER = Logger.getLogger(Authors.class.getName());
    private static final int MOST = 500;
    private static final Duration KNOWN = Duration.ofMinutes(10);
    private static final Duration UNKNOWN = Duration.ofMinutes(1);

    private final Function<String, Optional<String>> directory;
    private final Executor threads;
    private final InstantSource clock;
    private final Map<String, Answer> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
            return size() > MOST;
        }
    };

    /** @param until when it is asked again; the farthest while it is being asked */
    private record Answer(Optional<String> user, Instant until) {}

    /** @param directory the user id of an author, empty where nobody knows; may take a while */
    Authors(Function<String, Optional<String>> directory, Executor threads, InstantSource clock) {
        this.directory = directory;
        this.threads = threads;
        this.clock = clock;
    }

    /** What was last heard, at once; nothing before the first answer. */
    Optional<String> lately(String author) {
        Optional<String> known;
        synchronized (answers) {
            Answer answer = answers.get(author);
            known = answer == null ? Optional.empty() : answer.user();
            if (answer != null && clock.instant().isBefore(answer.until())) {
                return known;
            }
            answers.put(author, new Answer(known, Instant.MAX));
        }
        try {
            threads.execute(() -> ask(author));
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "Nobody can be asked about " + author);
            note(author, known);
        }
        return known;
    }

    /** Asks now, for who is about to sign: what was last heard may be too old. */
    Optional<String> ask(String author) {
        Optional<String> user = Optional.empty();
        try {
            user = directory.apply(author);
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "The user directory gave no answer about " + author);
        } finally {
            note(author, user);
        }
        return user;
    }

    private void note(String author, Optional<String> user) {
        synchronized (answers) {
            answers.put(author, new Answer(user, clock.instant().plus(user.isPresent() ? KNOWN : UNKNOWN)));
        }
    }
}
