// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.gate;

import java.time.Duration;
import java.time.Instant;

/** How long the gate waits for people: since when, and how long where an approval names no deadline of its own. */
public record SignOffWait(Instant since, Duration usual) {}
