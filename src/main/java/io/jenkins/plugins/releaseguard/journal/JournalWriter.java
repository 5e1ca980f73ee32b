// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;

/** Where events go. Written in order by one writer; an event is on disk when {@code append} returns. */
public interface JournalWriter extends Closeable {
    Stamped append(Instant at, Instant wall, Event event) throws IOException;
}
