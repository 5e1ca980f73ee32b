// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;

/** Where events go. Written in order by one writer. */
public interface JournalWriter extends Closeable {
    /**
     * Adds an event. Whether it is on the disk then is the writer's own affair; after {@link #force} it is.
     *
     * @throws OversizedEventException it is larger than any event may be; everything else may work another time
     */
    Stamped append(Instant at, Instant wall, Event event) throws IOException;

    /**
     * Has all that was added on the disk.
     *
     * @throws IOException nothing that was added since the last time may be there
     */
    default void force() throws IOException {}

    /** What it hangs with: equal for writers to the same disk. Each is on its own unless it says so. */
    default Object disk() {
        return this;
    }
}
