// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import io.jenkins.plugins.releaseguard.Beta;
import java.time.Duration;
import java.time.Instant;

/**
 * A rollback that was carried out, as a rehearsal or in earnest: when it ended, how long from breach to confirmation (null where
 * nobody knows), whether it was confirmed, the record that tells of it, and whether that record's seal holds.
 */
@Beta
public record Drill(String environment, Instant at, Duration took, boolean confirmed, String record, boolean intact) {}
