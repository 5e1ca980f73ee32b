// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

import io.jenkins.plugins.releaseguard.Beta;

/** A feature flag the release brings, its state at deployment and when it goes. */
@Beta
public record FeatureFlag(String id, String initial, String owner, String remove, Position at) {}
