// SPDX-License-Identifier: MIT
/**
 * The release in motion. {@link io.jenkins.plugins.releaseguard.rollout.Fold} makes the state from the journal's events,
 * {@link io.jenkins.plugins.releaseguard.rollout.Rollout} decides from the state and the time what happened and what to do next;
 * both are pure. The runner in {@code rollout.runner} does it through ports.
 */
package io.jenkins.plugins.releaseguard.rollout;
