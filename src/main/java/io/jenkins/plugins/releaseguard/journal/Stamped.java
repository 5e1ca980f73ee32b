// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.journal;

import java.time.Instant;

/**
 * An event with its place in the journal. {@code at} is the release's time, {@code wall} the clock on the wall; the two differ
 * only in a rehearsal that runs faster than life. {@code seq} counts from 1.
 */
public record Stamped(long seq, Instant at, Instant wall, Event event) {}
