// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.judge.sequential;

import io.jenkins.plugins.releaseguard.judge.LookVerdict;

/** A look's outcome: what to remember and what it says. */
public record WatchStep(WatchState state, LookVerdict verdict) {}
