// SPDX-License-Identifier: MIT
package io.jenkins.plugins.releaseguard.contract;

/** A feature flag the release brings, its state at deployment and when it goes. */
public record FeatureFlag(String id, String initial, String owner, String remove, Position at) {}
