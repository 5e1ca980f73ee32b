// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.evidence;

import java.time.Duration;
import java.time.Instant;

/** A rehearsed rollback: when, how long from breach to confirmation, and whether it was confirmed. {@code record} names it. */
public record Drill(String environment, Instant at, Duration took, boolean confirmed, String record) {}
