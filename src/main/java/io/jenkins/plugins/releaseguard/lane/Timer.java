// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.lane;

import java.time.Duration;

/** Time that only goes forward, and calls later. A simulation brings its own. */
public interface Timer extends AutoCloseable {
    /** Takes back what was scheduled; nothing where it has been called already. */
    interface Scheduled {
        void cancel();
    }

    /** Nanoseconds since some instant; only differences mean something. */
    long nanos();

    /** Calls {@code work}, which must be quick, once and not sooner than {@code after} from now. Never throws: a closed timer forgets it. */
    Scheduled schedule(Duration after, Runnable work);

    /** Calls nothing any more; one without anything of its own has nothing to close. */
    @Override
    default void close() {}
}
