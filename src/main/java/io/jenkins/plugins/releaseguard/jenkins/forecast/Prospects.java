// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.jenkins.forecast;

import io.jenkins.plugins.releaseguard.jenkins.scope.ReleaseScope;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
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
        this(as, Prospect::longest);
    }

    /** @param longest what is computed for longer keeps nobody waiting */
    Prospects(UnaryOperator<ExecutorService> as, Supplier<Duration> longest) {
        lane = new ForecastLane(as, longest);
    }

    /** Computes what to expect; may take seconds. */
    interface Question {
        /** Empty where nothing can be said, or nobody wants to know any more. */
        Optional<Expected> answer() throws IOException;
    }

    /** Hears what to expect, on the thread of forecasts: it must return at once. */
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
        begin(release.id(), new Prospect(), wanted, question(release, wanted), listener);
    }

    /**
     * The same of a release that is taken up again after a restart.
     *
     * @param said the line that its record has; empty where it has none, and only then the listener is told
     */
    public void takeUp(ReleaseScope release, String said, BooleanSupplier wanted, Listener listener) {
        begin(release.id(), Prospect.takenUp(said), wanted, question(release, wanted), listener);
    }

    private static Question question(ReleaseScope release, BooleanSupplier wanted) {
        return () -> Expectation.of(release.build().run(), release.contract(), release.environment(), wanted);
    }

    void begin(String id, Prospect prospect, BooleanSupplier wanted, Question question, Listener listener) {
        open.put(id, prospect);
        if (!wanted.getAsBoolean()) {
            // it has ended before: whoever ends it now comes after this
            open.remove(id);
        }
        ForecastLane.Turn turn = lane.submit(new Asking(id, prospect, question, listener));
        if (turn == ForecastLane.Turn.NEVER) {
            prospect.settle(Optional.empty());
        } else if (turn == ForecastLane.Turn.LATER) {
            prospect.hurry();
        }
    }

    private final class Asking implements ForecastLane.Work {
        private final String id;
        private final Prospect prospect;
        private final Question question;
        private final Listener listener;

        Asking(String id, Prospect prospect, Question question, Listener listener) {
            this.id = id;
            this.prospect = prospect;
            this.question = question;
            this.listener = listener;
        }

        @Override
        public void run() {
            try {
                // of one that has ended meanwhile nobody asks
                Optional<Expected> expected = open.get(id) == prospect ? question.answer() : Optional.empty();
                boolean late = prospect.settle(expected);
                if (!prospect.isRecorded()) {
                    expected.ifPresent(known -> listener.known(known.sentence(), late));
                }
            } catch (IOException e) {
                dropped();
                // reading that is interrupted at the end is no news
                LOGGER.log(closed ? Level.FINE : Level.WARNING, e, () -> "No forecast for " + id);
            }
        }

        @Override
        public void dropped() {
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
