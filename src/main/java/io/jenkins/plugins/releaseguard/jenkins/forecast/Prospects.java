// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.forecast;

import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What is expected of the releases that are open, by their ids. */
@Restricted(NoExternalUse.class)
public final class Prospects implements AutoCloseable {
    private static final Logger LOGGER = Logger.getLogger(Prospects.class.getName());

    private final Map<String, Prospect> open = new ConcurrentHashMap<>();
    private final ForecastLane lane;
    private volatile boolean closed;

    /** @param as what the place needs around work: as whom it is done, for one */
    public Prospects(UnaryOperator<ExecutorService> as) {
        lane = new ForecastLane(as);
    }

    /** Computes what to expect; may take seconds. */
    interface Question {
        /** Empty where nothing can be said, or nobody wants to know any more. */
        Optional<Expected> answer() throws IOException;
    }

    /** Hears what to expect, on the thread of forecasts. */
    public interface Listener {
        /** @param late whether the release has begun without */
        void known(String sentence, boolean late);
    }

    /**
     * A release is open: what to expect of it is computed when its turn comes.
     *
     * @param wanted asked on the way: false gives it up
     */
    public void begin(ReleaseScope release, BooleanSupplier wanted, Listener listener) {
        begin(
                release.id(),
                () -> Expectation.of(release.build().run(), release.contract(), release.environment(), wanted),
                listener);
    }

    void begin(String id, Question question, Listener listener) {
        Prospect prospect = new Prospect();
        open.put(id, prospect);
        boolean accepted = lane.submit(() -> {
            Optional<Expected> expected = Optional.empty();
            try {
                // of one that has ended meanwhile nobody asks
                expected = open.get(id) == prospect ? question.answer() : expected;
            } catch (IOException e) {
                // reading that is interrupted at the end is no news
                LOGGER.log(closed ? Level.FINE : Level.WARNING, e, () -> "No forecast for " + id);
            } finally {
                boolean late = prospect.settle(expected);
                expected.ifPresent(known -> listener.known(known.sentence(), late));
            }
        });
        if (!accepted) {
            prospect.settle(Optional.empty());
        }
    }

    /** What is expected of an open release; nothing of any other. */
    public Prospect of(String id) {
        return open.getOrDefault(id, Prospect.NONE);
    }

    /** The release has ended, and nobody wants to know any more. */
    public void end(String id) {
        open.remove(id);
    }

    @Override
    public void close() {
        closed = true;
        lane.close();
    }
}
