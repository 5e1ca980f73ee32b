// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.rollout;

import io.jenkins.plugins.releaseguard.journal.Event;
import java.time.Duration;
import java.util.List;

/**
 * What follows from a state at a moment. While there are events they are journalled and folded and the question is asked again;
 * only a reaction without events has effects. {@code wake}: when to ask again though nothing happens, in the wall's time.
 */
public record Reaction(List<Event> events, List<Effect> effects, Duration wake) {}
